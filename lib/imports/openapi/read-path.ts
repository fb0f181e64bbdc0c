import { checkUrl } from '@/lib/endpoints/check-endpoint'
import type { EndpointDraft } from './endpoint-draft'
import { definitionLimits } from './limits'
import type { ObjectNode } from './nodes'
import { pathOutput, type PathParameters } from './read-parameters'
import type { Reader } from './reader'
import { isPlainLine, literal, quote } from './texts'

/**
 * The path as a URL template: each `{name}` becomes an endpoint variable. Null, with a line in the report, if it cannot
 * be a URL.
 * @param server the beginning of the URL, if the path or operation has a server of its own
 */
export function readPath(
  reader: Reader,
  path: string,
  {
    operation,
    parameters,
    draft,
    server,
  }: { operation: ObjectNode; parameters: PathParameters; draft: EndpointDraft; server: string },
): string | null {
  // Some documents tell operations of one URL apart by a fragment, which is never sent.
  const [sent = ''] = path.split('#')
  const used = new Set<string>()
  const outputs = new Map<string, string>()
  const pieces = (sent.startsWith('/') || sent === '' ? sent : `/${sent}`).split(/\{([^{}]*)\}/)
  const written = pieces.map((piece, index) => {
    if (index % 2 === 0) return literal(piece).replaceAll('\\', '%5C')
    const name = nameIn(piece)
    used.add(name)
    const known = outputs.get(name)
    if (known !== undefined) return known
    const output = pathOutput(reader, draft, name, { parameters, operation }) ?? ''
    outputs.set(name, output)
    return output
  })
  for (const [name, { node }] of parameters)
    if (!used.has(name))
      reader.report.add('invalid', node, `The path has no {${name.slice(0, 80)}}, so this parameter was left out.`)
  const url = `${server.replace(/\/+$/, '')}${written.join('')}` || '/'
  const checked = url.length <= definitionLimits.url && isPlainLine(url, definitionLimits.url) ? checkUrl(url) : null
  if (checked?.ok) return url
  const why = checked === null ? 'it is too long or has control characters' : checked.error.message
  reader.report.add(
    'not_imported',
    operation,
    `The endpoint was left out, because ${quote(path)} cannot be its URL: ${why}`,
  )
  return null
}

/** `{+path}`, `{path*}` and `{;path}` (RFC 6570) name the variable `path`. */
function nameIn(placeholder: string): string {
  return placeholder.replace(/^[+#./;?&]/, '').replace(/\*$/, '') || placeholder
}
