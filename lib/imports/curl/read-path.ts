import { checkVariableKey } from '@/lib/domain/variables/variable-key'
import type { CurlDraft } from './draft'

/** `{id}`, `<id>` and `:id` stand for a value that has to be filled in. */
const placeholder =
  /^(?:\{{1,2}\s?([A-Za-z_][\w-]{0,60})\s?\}{1,2}|%7B([A-Za-z_][\w-]{0,60})%7D|<([A-Za-z_][\w -]{0,60})>|:([A-Za-z_]\w{0,60}))$/i

/** The path of an address as a template. */
export function pathTemplate(path: string, draft: CurlDraft): string {
  return path
    .split('/')
    .map((segment) => {
      const name = placeholder.exec(segment)?.slice(1).find(Boolean)?.replace(/\W+/g, '_')
      if (name !== undefined && checkVariableKey(name).ok) return draft.variable(name)
      return draft.withoutSecrets(segment.replaceAll('\\', '%5C'), '')
    })
    .join('/')
}

/** In a host: `{shop}`, `{{ host }}`, `<your-domain>`, `$HOST`, `${HOST}`. */
const inHost =
  /\{{1,2}\s*([A-Za-z_][\w-]{0,60})\s*\}{1,2}|<([A-Za-z_][\w -]{0,60})>|\$\{([A-Za-z_]\w{0,60})\}|\$([A-Za-z_]\w{0,60})/g

/** Whether the host is not known, because the command only says what belongs there. */
export function isOpenHost(host: string): boolean {
  return host.search(inHost) >= 0
}

/** Whether a host is only a placeholder, which then has the scheme too. */
export function isWholeOrigin(host: string): boolean {
  return host.replace(inHost, '') === ''
}

/** Scheme and host as a template. A host that is a placeholder as a whole is a variable with its scheme. */
export function originTemplate(scheme: string, host: string, draft: CurlDraft): string {
  if (isWholeOrigin(host))
    return host.replace(inHost, (_found, ...names: string[]) => draft.connectorVariable(nameIn(names), true))
  return `${scheme}://${host.replace(inHost, (_found, ...names: string[]) => draft.connectorVariable(nameIn(names), false))}`
}

function nameIn(names: readonly (string | undefined)[]): string {
  return names.slice(0, 4).find(Boolean) ?? 'host'
}

/** Takes the place of a variable. No command and no base URL has one. */
const anyText = '\0'

/**
 * The part of an address behind a base URL, if the address is below it. A variable of the base URL stands for any text
 * without a slash; at its beginning also for the scheme. Upper and lower case are the same.
 * @param address without its query
 */
export function behindBaseUrl(baseUrl: string, address: string): string | null {
  const base = baseUrl.trim().replace(/\{\{.*?\}\}/g, anyText)
  const wanted = segmentsOf(base.replace(/\/+$/, ''))
  const segments = segmentsOf(address)
  if (base === '' || wanted.length > segments.length) return null
  if (!wanted.every((segment, index) => matches(segment.toLowerCase(), segments[index]!.toLowerCase()))) return null
  return segments
    .slice(wanted.length)
    .map((segment) => `/${segment}`)
    .join('')
}

/** The first one is the scheme with the host. */
function segmentsOf(url: string): string[] {
  const [, origin = '', path = ''] = /^((?:[^/]*:\/\/)?[^/]*)(?:\/([\s\S]*))?$/.exec(url) ?? []
  return origin.length === url.length ? [origin] : [origin, ...path.split('/')]
}

/** Whether a text is the one of a pattern, in which every variable is at least one character. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split(anyText)
  const last = others.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const piece of others) {
    const found = text.indexOf(piece, at + 1)
    if (found <= at) return false
    at = found + piece.length
  }
  return text.length - last.length > at && text.endsWith(last)
}
