import { isObject } from '@/lib/domain/is-object'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { keysOf } from '@/lib/domain/text-schema'
import { authenticationTypes } from '@/lib/domain/vocabulary'
import { isEnvironment } from '../recognise-postman'
import type { EndpointInput } from '../document-schema'
import { definitionLimits } from '../openapi/limits'
import type { ConnectorInput } from '../openapi/map-open-api'
import { EndpointNames } from '../openapi/name-operations'
import { childOf, Node, type ObjectNode } from '../openapi/nodes'
import { describesCaller, proposeTestRequests } from '../openapi/propose-test-request'
import { Report, type ReportLine } from '../openapi/report'
import { quote } from '../openapi/texts'
import { keysOfType } from '../openapi/variable-keys'
import { AuthFields, type Auth } from './auth-fields'
import { BaseUrl } from './base-url'
import { collectSecrets } from './collect-secrets'
import { detailsOf } from './details-of'
import { PostmanDraft } from './draft'
import { givenVariables } from './given-variables'
import { postmanLimits } from './limits'
import { methodInput, Methods } from './methods'
import { credentialAmong, readHeaders } from './read-headers'
import { endpointOf, httpMethodOf, idOf, type ReadRequest } from './read-request'
import { reportScripts } from './read-script'
import { readUrl } from './read-url'
import { namesIn } from './references'
import { reportRequest, reportSettings } from './report-unread'
import { Secrets } from './secrets'
import type { Sent } from './sent'
import { VariableSources } from './variable-sources'
import { findItems, type FoundRequest } from './walk-items'

/** Values that an instance would have. The only place where secrets of a collection are. */
export type InstanceValues = {
  /** The name of its method. */
  method: string
  /** The name of the environment; empty without one. */
  environment: string
  /** By the key of the variable, of the method or of the connector. */
  values: Record<string, string>
}

export type PostmanMapping = {
  connector: ConnectorInput
  /** In the order of the connector's methods. */
  methods: { pointer: string }[]
  instances: InstanceValues[]
  report: () => ReportLine[]
}

export type EndpointOrigin = { pointer: string; id: string }

export type PostmanOptions = {
  /** Environments that came with the collection, and globals. */
  environments?: readonly ObjectNode[]
  /** Gets each endpoint as soon as it is read. Then the mapping contains none, so that they are never all in memory. */
  onEndpoint?: (endpoint: EndpointInput, source: EndpointOrigin) => void
  /** Gets the number of requests, before the first endpoint. */
  onCount?: (requests: number) => void
}

/** Keys that variables of the methods have, beside those of their types. */
const keysOfMethods = ['username', 'password', 'access_key_id', 'secret_key', 'session_token', 'region', 'service']

/**
 * Maps a Postman collection (2.0 or 2.1) to a connector. What is malformed or cannot be represented is left out, with a
 * line in the report. It is refused only if a secret would become part of the definition.
 */
export function mapPostman(
  document: Record<string, unknown>,
  { environments = [], onEndpoint, onCount }: PostmanOptions = {},
): Result<PostmanMapping> {
  const report = new Report()
  const root = rootOf(document)
  const given = [...environments, ...environmentsBeside(document)]
  const secrets = new Secrets()
  const items = findItems(report, root)
  onCount?.(items.requests.length)
  const sources = new VariableSources(givenVariables(report, root, items, given), secrets)
  const taken = [...keysOf(authenticationTypes).flatMap(keysOfType), ...keysOfMethods]
  const draft = new PostmanDraft({ sources, secrets, report }, taken)
  const hosts = new Set<string>()
  const context = { report, sources, secrets, draft, hosts }
  const methods = new Methods(context)
  const baseUrl = new BaseUrl(context)
  const requests = items.requests.flatMap((found) => readRequest(found, { ...context, methods, baseUrl, root }) ?? [])
  if (secrets.hasTooMany)
    return refuse(
      'literal_secret',
      `A collection can have at most ${postmanLimits.secrets} different secrets. Replace them by variables in Postman, or import a part of it.`,
    )
  const base = baseUrl.choose(root)
  const names = new EndpointNames()
  const endpoints: EndpointInput[] = []
  const callers: EndpointInput[] = []
  for (const request of requests) {
    reportRequest(report, request)
    const endpoint = endpointOf(request, { ...context, baseUrl, names })
    if (endpoint === null) continue
    if (describesCaller(endpoint)) callers.push(endpoint)
    if (onEndpoint) onEndpoint(endpoint, { pointer: request.item.pointer, id: idOf(request) })
    else endpoints.push(endpoint)
  }
  for (const owner of items.owners) {
    reportScripts(report, owner, context)
    reportSettings(report, owner)
  }
  draft.settle()
  const noneName = methods.all.find(({ draft: { type } }) => type === 'none')?.name ?? null
  const tests = proposeTestRequests(callers, noneName)
  const uses = draft.connectorVariables.map(({ key, required = false }) => ({ key, required }))
  const connector: ConnectorInput = {
    ...{ patchbay: 1, kind: 'connector', ...detailsOf(report, root, secrets) },
    ...{
      baseUrl: base,
      allowedHosts: allowedHostsOf(report, root, { hosts, secrets }),
    },
    variables: draft.connectorVariables,
    methods: methods.all.map((method) => methodInput(method, { uses, testUrl: tests.get(method.name) ?? null })),
    endpoints,
  }
  if (secrets.hasTooMany || secrets.isIn({ ...connector, endpoints: [] }))
    return refuse(
      'literal_secret',
      'A secret of the collection would become part of the connector. Replace it by a variable in Postman.',
    )
  reportUnused(report, { sources, draft, methods })
  return succeed({
    ...{ connector, methods: methods.all.map(({ node }) => ({ pointer: node.pointer })) },
    instances: instancesOf(report, root, { methods, draft, sources }),
    report: () => report.lines().map((line) => ({ ...line, message: secrets.redacted(line.message) })),
  })
}

/** The API of Postman responds with the collection inside an object. */
function rootOf(document: Record<string, unknown>): ObjectNode {
  const root: ObjectNode = new Node(document, '')
  return isObject(document.info) || !isObject(document.collection) ? root : (childOf(root, 'collection') as ObjectNode)
}

/** `{collection, environment}` and `{collection, environments}`, in one text. */
function environmentsBeside(document: Record<string, unknown>): ObjectNode[] {
  if (isObject(document.info) || !isObject(document.collection)) return []
  const node: ObjectNode = new Node(document, '')
  const listed = childOf(node, 'environments')
  const list = Array.isArray(listed.value)
    ? listed.value.map((_, index) => childOf(listed as Node<unknown[]>, index))
    : []
  return [childOf(node, 'environment'), ...list].filter((found): found is ObjectNode => isEnvironment(found.value))
}

type Reading = Parameters<typeof credentialOf>[2]

/** What has to be known of all requests before one is written: their credentials, which are secrets, and their hosts. */
function readRequest(
  found: FoundRequest,
  reading: Reading & { baseUrl: BaseUrl; sources: VariableSources; secrets: Secrets },
): ReadRequest | null {
  const { report, baseUrl } = reading
  const httpMethod = httpMethodOf(report, found.request)
  const url = httpMethod === null ? null : readUrl(report, found.request)
  if (httpMethod === null || url === null) return null
  baseUrl.add(url.base, url.path)
  const sent = {
    headers: readHeaders(report, found.request),
    query: url.query.map((parameter): Sent => ({ place: 'url', ...parameter })),
  }
  collectSecrets(found.request, { ...sent, url }, reading)
  return { ...found, url, httpMethod, ...credentialOf(found, sent, reading) }
}

function credentialOf(
  { auth }: FoundRequest,
  { headers, query }: { headers: Sent[]; query: Sent[] },
  { report, methods, root }: { report: Report; methods: Methods; root: ObjectNode },
): Pick<ReadRequest, 'headers' | 'query' | 'method'> {
  if (auth !== null && auth.type !== 'noauth') return { headers, query, method: methods.nameFor(auth) }
  const written = credentialAmong(report, [...headers, ...query])
  const method = written === null ? null : methods.nameFor(written.auth)
  if (written === null || method === null)
    return { headers, query, method: methods.nameFor(auth ?? noAuth(report, root)) }
  const others = (list: Sent[]) => list.filter((sent) => sent !== written.sent)
  return { headers: others(headers), query: others(query), method }
}

const noAuth = (report: Report, node: ObjectNode): Auth => ({
  type: 'noauth',
  node,
  fields: new AuthFields(report, new Map()),
})

/** A host that is a secret cannot be part of the connector. */
function allowedHostsOf(report: Report, root: Node, { hosts, secrets }: { hosts: Set<string>; secrets: Secrets }) {
  const all = [...hosts].filter((host) => host !== '')
  const shown = all.filter((host) => !secrets.isIn(host))
  if (shown.length < all.length)
    report.add(
      'changed',
      root,
      'The host is a secret variable. Add the hosts that it may name to the allowed hosts of the connector.',
    )
  return shown.slice(0, definitionLimits.allowedHosts)
}

type Used = { sources: VariableSources; draft: PostmanDraft; methods: Methods }

function reportUnused(report: Report, { sources, draft, methods }: Used): void {
  const used = new Set(methods.all.flatMap(({ draft: { given } }) => given.flatMap(({ text }) => namesIn(text))))
  for (const name of draft.usedNames) used.add(name)
  // The set grows while it is read: a value may name other variables.
  for (const name of used)
    for (const value of sources.valuesOf(name)) for (const inner of namesIn(value)) used.add(inner)
  for (const name of sources.names) {
    const variable = sources.first(name)
    if (variable !== undefined && !used.has(name))
      report.add('not_imported', variable.node, `No request uses the variable ${quote(name)}, so it was left out.`)
  }
}

function instancesOf(report: Report, root: Node, { methods, draft, sources }: Used): InstanceValues[] {
  const instances: InstanceValues[] = []
  let characters = 0
  for (const environment of sources.environments)
    for (const method of methods.all) {
      const given = [...draft.valuesOf(environment), ...methods.valuesOf(method, environment)]
      characters += given.reduce((sum, [, value]) => sum + value.length, 0)
      if (given.length === 0) continue
      if (instances.length === postmanLimits.instances || characters > postmanLimits.valueCharacters) {
        report.add(
          'limit',
          root,
          'There are too many values for instances. Some were left out: enter them in the instances.',
        )
        return instances
      }
      instances.push({ method: method.name, environment: environment.name, values: Object.fromEntries(given) })
    }
  return instances
}
