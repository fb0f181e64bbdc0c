import { definitionLimits } from './limits'
import { childOf, hasOwn, type ObjectNode } from './nodes'
import { listMember, members, objectMember, objectOf, textMember, type Reader } from './reader'
import { scalarText } from './variables'
import { quote } from './texts'

export type ServerVariable = { name: string; usual: string; choices: string[]; description: string; node: ObjectNode }

/** An absolute address in which `{name}` stands for a variable. */
export type Server = {
  url: string
  description: string
  variables: ReadonlyMap<string, ServerVariable>
  node: ObjectNode
}

/** Null, with a line in the report, if the address is relative and the document's own is not known. */
export function readServer(reader: Reader, node: ObjectNode, documentUrl: string): Server | null {
  const given = textMember(reader, node, 'url').trim()
  if (!hasOwn(node, 'url')) {
    reader.report.add('invalid', node, 'This server has no URL, so it was left out.')
    return null
  }
  if (given.length > definitionLimits.url) {
    reader.report.add(
      'limit',
      childOf(node, 'url'),
      `A URL has at most ${definitionLimits.url} characters, so this server was left out.`,
    )
    return null
  }
  const url = absolute(given.replace(/\/+$/, ''), documentUrl)
  if (url === null) {
    reader.report.add(
      'not_imported',
      childOf(node, 'url'),
      given === ''
        ? 'The server has no host: its address is relative to the document. Enter the base URL of the connector.'
        : `The server ${quote(given)} has no host: it is relative to the document. Enter the base URL of the connector, such as https://api.example.com${given.startsWith('/') ? given.slice(0, 60) : ''}.`,
    )
    return null
  }
  return { url, description: textMember(reader, node, 'description'), variables: variablesOf(reader, node), node }
}

/** A server may also be `//host/path`, or begin with a variable for its scheme or its whole host. */
export function absolute(url: string, documentUrl: string): string | null {
  if (/^https?:\/\/[^/]/i.test(url) || url.startsWith('{')) return url
  if (/^\/\/[^/]/.test(url)) return `https:${url}`
  if (/^[a-z][a-z0-9+.-]*:/i.test(url) || !URL.canParse(documentUrl)) return null
  const braces = url.replace(/[{}]/g, (brace) => (brace === '{' ? '%7B' : '%7D'))
  const resolved = URL.canParse(braces, documentUrl) ? new URL(braces, documentUrl).href : null
  return resolved?.replaceAll('%7B', '{').replaceAll('%7D', '}').replace(/\/+$/, '') ?? null
}

function variablesOf(reader: Reader, server: ObjectNode): ReadonlyMap<string, ServerVariable> {
  const given = objectMember(reader, server, 'variables')
  return new Map(
    (given ? members(given) : []).flatMap(([name, child]): [string, ServerVariable][] => {
      const node = objectOf(reader, child, 'A server variable')
      if (node === null) return []
      const choices = listMember(reader, node, 'enum').flatMap(({ value }) => scalarText(value) ?? [])
      const usual = scalarText(node.value.default) ?? choices[0] ?? ''
      return [[name, { name, usual, choices, description: textMember(reader, node, 'description'), node }]]
    }),
  )
}
