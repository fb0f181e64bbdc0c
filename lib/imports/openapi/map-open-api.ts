import type { z } from 'zod'
import { counted } from '@/lib/domain/counted'
import { isObject } from '@/lib/domain/is-object'
import type { connectorDocumentSchema, EndpointInput } from '@/lib/imports/document-schema'
import { SchemaConverter } from './convert-schema'
import { definitionLimits } from './limits'
import { EndpointNames } from './name-operations'
import { childOf, hasOwn, Node, placeOf, type ObjectNode } from './nodes'
import { OwnServers } from './own-servers'
import { describesCaller, proposeTestRequests } from './propose-test-request'
import { readDetails } from './read-details'
import { readOperation, type EndpointSource } from './read-operation'
import { findOperations, reportWebhooks } from './read-operations'
import { methodInput } from './method-input'
import { Security } from './read-security'
import { readServers } from './read-servers'
import type { Reader, Version } from './reader'
import { References, type ResolveExternal } from './references'
import { Report, type ReportLine } from './report'
import { SchemaNames } from './schema-names'
import { quote } from './texts'
import { scalarText } from './variables'

export type ConnectorInput = z.input<typeof connectorDocumentSchema>
type JsonSchema = NonNullable<ConnectorInput['schemas']>[string]

export type MappedSchema = { name: string; pointer: string; schema: unknown }

export type OpenApiMapping = {
  /** Without its schemas. */
  connector: ConnectorInput
  /** Where the connector's endpoints come from, in their order. */
  endpoints: EndpointSource[]
  /** In the order of the connector's methods: the security schemes that each combines. */
  methods: { schemes: readonly string[]; pointer: string }[]
  /** Each named schema once, converted while it is read, so that they are never all in memory. */
  schemas: () => Generator<MappedSchema>
  /** Complete once the schemas have been read. */
  report: () => ReportLine[]
}

export type MappingOptions = {
  resolve?: ResolveExternal
  /** Where the document comes from, for servers with a relative address. */
  documentUrl?: string
  /** Gets each endpoint as soon as it is read. Then the mapping contains none, so that they are never all in memory. */
  onEndpoint?: (endpoint: EndpointInput, source: EndpointSource) => void
}

/**
 * Maps an OpenAPI document (2.0, 3.0, 3.1 or 3.2) to a connector. It never throws and refuses nothing: what is malformed
 * or cannot be represented is left out, with a line in the report.
 */
export function mapOpenApi(
  document: unknown,
  { resolve, documentUrl = '', onEndpoint }: MappingOptions = {},
): OpenApiMapping {
  const report = new Report()
  const root: ObjectNode = new Node(isObject(document) ? document : {}, '')
  if (!isObject(document)) report.add('invalid', root, 'This is no OpenAPI document: it must be an object.')
  const reader: Reader = {
    version: versionOf(root, report),
    root,
    report,
    references: new References(root.value, report, resolve),
    schemas: new Map(),
  }
  const taken = new Set<string>()
  const servers = readServers(reader, documentUrl, taken)
  const security = new Security(reader, servers.baseUrl)
  const names = new SchemaNames(reader)
  const ownServers = new OwnServers(reader, documentUrl, servers, taken)
  const endpoints: Reading[] = []
  const callers: EndpointInput[] = []
  for (const reading of readEndpoints(reader, { security, taken, ownServers, names })) {
    if (describesCaller(reading.endpoint)) callers.push(reading.endpoint)
    if (onEndpoint) onEndpoint(reading.endpoint, reading.source)
    else endpoints.push(reading)
  }
  security.addUnused()
  reportWebhooks(reader)
  const inputs = endpoints.map(({ endpoint }) => endpoint)
  const none = security.methods.find(({ schemes }) => schemes.length === 0)?.name ?? null
  const tests = proposeTestRequests(callers, none)
  const methods = security.methods.map((method) => methodInput(reader, method, tests.get(method.name) ?? null))
  const connector: ConnectorInput = {
    ...{ patchbay: 1, kind: 'connector', ...readDetails(reader) },
    ...{ baseUrl: servers.baseUrl, allowedHosts: ownServers.allowedHosts, variables: ownServers.variables },
    ...{ methods, endpoints: inputs },
  }
  const converter = new SchemaConverter(reader, names)
  return {
    connector,
    endpoints: endpoints.map(({ source }) => source),
    methods: security.methods.map(({ schemes, node }) => ({ schemes, pointer: placeOf(node) })),
    *schemas() {
      // The list grows while a schema refers to one that had no name yet.
      for (const { name, node } of names.named) yield { name, pointer: placeOf(node), schema: converter.convert(node) }
    },
    report: () => report.lines(),
  }
}

/** The connector with all its schemas. */
export function withSchemas({ connector, schemas }: OpenApiMapping): ConnectorInput {
  return {
    ...connector,
    schemas: Object.fromEntries(schemas().map(({ name, schema }) => [name, schema as JsonSchema])),
  }
}

/** 3.2 is read as 3.1, with its additions. An unknown version is read as what the document looks like. */
function versionOf(root: ObjectNode, report: Report): Version {
  const { openapi, swagger } = root.value
  const given = scalarText(openapi) ?? scalarText(swagger) ?? ''
  if (/^2\.0/.test(given)) return '2.0'
  if (/^3\.0(?:\.|$)/.test(given)) return '3.0'
  if (/^3\.[12](?:\.|$)/.test(given)) return '3.1'
  const looksLike =
    hasOwn(root, 'definitions') || hasOwn(root, 'swagger') || hasOwn(root, 'securityDefinitions') ? '2.0' : '3.1'
  report.add(
    'invalid',
    root,
    `${given === '' ? 'The document names no version' : `The version ${quote(given)} is unknown`}. It was read as OpenAPI ${looksLike}.`,
  )
  return looksLike
}

type Reading = { endpoint: EndpointInput; source: EndpointSource }

function* readEndpoints(
  reader: Reader,
  {
    security,
    taken,
    ownServers,
    names,
  }: { security: Security; taken: Set<string>; ownServers: OwnServers; names: SchemaNames },
): Generator<Reading> {
  const endpointNames = new EndpointNames()
  let count = 0
  const keys = security.variableKeys()
  for (const found of findOperations(reader)) {
    if (count >= definitionLimits.endpoints) {
      reader.report.tally(
        'limit',
        childOf(reader.root, 'paths'),
        (left) =>
          `A connector has at most ${definitionLimits.endpoints.toLocaleString('en')} endpoints, so ${counted(left, 'operation was', 'operations were')} left out.`,
        'endpoints',
      )
      continue
    }
    const context = { security, names: endpointNames, taken: [...keys, ...taken], ownServers }
    const reading = readOperation(reader, found, context)
    if (reading === null) continue
    const { endpoint, source, request, response } = reading
    const schemaOf = (node: Node | null, what: string) =>
      node === null ? null : names.nameOf(node, `${endpoint.name} ${what}`)
    count += 1
    yield {
      endpoint: {
        ...endpoint,
        requestSchema: schemaOf(request, 'request'),
        responseSchema: schemaOf(response, 'response'),
      },
      source,
    }
  }
}
