import { firstFree } from '@/lib/domain/names'
import { hostOf } from './host-of'
import { definitionLimits, readingLimits } from './limits'
import { hasOwn, type ObjectNode } from './nodes'
import { listMember, objectOf, type Reader } from './reader'
import { readServer, type Server } from './read-server'
import { combinationsOf, templateOf } from './server-template'
import { serversOfVersion2 } from './servers-of-version-2'
import { lineOf, quote, quoteSome } from './texts'
import type { VariableInput } from './variables'

/** Base URL, its variables, and the hosts to which a URL variable may lead. */
export type ServersReading = {
  baseUrl: string
  variables: VariableInput[]
  allowedHosts: string[]
}

/**
 * Reads the servers of the document. Several of them become the choices of one variable, so that none is lost; a server
 * that only differs by http from another one with https is left out.
 */
export function readServers(reader: Reader, documentUrl: string, taken: Set<string>): ServersReading {
  const servers = serversOf(reader, reader.root, documentUrl)
  const usable = withoutPlainHttp(reader, servers)
  const [first, ...others] = usable
  if (!first) {
    if (reader.version !== '2.0' && !hasOwn(reader.root, 'servers'))
      reader.report.add('note', reader.root, 'The document names no server. Enter the base URL of the connector.')
    return { baseUrl: '', variables: [], allowedHosts: [] }
  }
  if (others.length === 0) return singleServer(reader, first, taken)
  const addresses = usable.map((server) => combinationsOf(server, readingLimits.serverChoices))
  const every = addresses.flatMap((list) => list ?? [])
  const distinct = [...new Map(every.map((choice) => [choice.url, choice])).values()]
  const fits = distinct.length <= readingLimits.serverChoices && distinct.every(({ url }) => hostOf(url) !== null)
  if (fits && addresses.every((list) => list !== null)) return chosenServer(distinct, taken)
  for (const { node, url } of others)
    reader.report.add(
      'not_imported',
      node,
      `The server ${quote(url)} was left out, because the first one is used. To use it, change the base URL of the connector.`,
    )
  return singleServer(reader, first, taken)
}

/** The servers of the document, a path or an operation, with absolute addresses. Relative ones are reported. */
function serversOf(reader: Reader, parent: ObjectNode, documentUrl: string): Server[] {
  if (reader.version === '2.0') return parent === reader.root ? serversOfVersion2(reader, documentUrl) : []
  return listMember(reader, parent, 'servers').flatMap((node) => {
    const server = objectOf(reader, node, 'A server')
    const read = server ? readServer(reader, server, documentUrl) : null
    return read ? [read] : []
  })
}

/** The server of a path or an operation: the first of several. Null if it has none that can be used. */
export function ownServer(reader: Reader, parent: ObjectNode, documentUrl: string): Server | null {
  const [first, ...others] = withoutPlainHttp(reader, serversOf(reader, parent, documentUrl))
  for (const { node, url } of others)
    reader.report.add('not_imported', node, `The server ${quote(url)} was left out: an endpoint has one URL.`)
  return first ?? null
}

function singleServer(reader: Reader, server: Server, taken: Set<string>): ServersReading {
  const { url, variables, allowedHosts } = templateOf(reader, server, taken)
  return { baseUrl: url, variables, allowedHosts }
}

function chosenServer(choices: readonly { url: string; description: string }[], taken: Set<string>): ServersReading {
  const key = firstFree('server', '_', (candidate) => taken.has(candidate))
  taken.add(key)
  const hosts = [...new Set(choices.map(({ url }) => hostOf(url) ?? ''))]
  const variable: VariableInput = {
    key,
    displayName: 'Server',
    helpText: 'The address to which requests are sent.',
    required: true,
    inputKind: 'select',
    defaultValue: choices[0]?.url ?? '',
    options: choices.map(({ url, description }) => ({
      value: url,
      label: lineOf(description === '' ? url : `${description} (${url})`, definitionLimits.optionLabel),
    })),
  }
  return { baseUrl: `{{ ${key} }}`, variables: [variable], allowedHosts: hosts }
}

function withoutPlainHttp({ report }: Reader, servers: readonly Server[]): Server[] {
  const secure = new Set(servers.map(({ url }) => url))
  const kept = servers.filter(({ url }, index) => {
    const isPlain = url.startsWith('http://') && secure.has(`https://${url.slice('http://'.length)}`)
    return !isPlain && servers.findIndex((other) => other.url === url) === index
  })
  const dropped = servers.filter((server) => !kept.includes(server) && server.url.startsWith('http://'))
  const [first] = dropped
  if (first) report.add('note', first.node, `Of ${quoteSome(dropped.map(({ url }) => url))} only https:// is used.`)
  return kept
}
