import { connectionDocument } from '../connection-format'
import { keysOfDocument, type KeyedEndpoint, type KeyedMethod } from '../document-keys'
import { connectorDocumentSchema, type ConnectorDocument } from '../document-schema'
import { definitionLimits } from '../openapi/limits'
import { mapOpenApi } from '../openapi/map-open-api'
import type { ObjectNode } from '../openapi/nodes'
import type { ResolveExternal } from '../openapi/references'
import type { ReportLine } from '../openapi/report'
import { checkDocument } from '../parse-document'
import { planConnector } from '../plan-connector'
import { planDocument } from '../plan-document'
import { isOpenApi, openApiFormat } from '../recognise-open-api'
import { isCollection, isEnvironment } from '../recognise-postman'
import { neither, onlyEnvironment } from '../unrecognised'
import { addSound } from './add-sound'
import { checkIsText, decodeText, isZip } from './decode'
import { readZip } from './files-of-zip'
import { FilesOfAddress } from './files-of-address'
import { ItemBatches } from './item-batches'
import { headOf } from './head-of'
import { parseText } from './parse-text'
import { readPostman } from './read-postman'
import type { ReadHead, ReadingHost, ReadOutcome } from './read-result'
import { Unreadable } from './unreadable'

type Source = {
  /** Where the document was loaded from, after redirects; empty for a file or pasted text. */
  url: string
}

const incomplete = 'This OpenAPI document cannot be imported. Check that it is complete.'

/**
 * Reads the source of an import: recognises what it is, and hands over its methods and endpoints while it reads. Runs in
 * a process of its own, with limits of memory and time, which end it without a result.
 */
export async function readDocument(source: Source, host: ReadingHost): Promise<ReadOutcome> {
  try {
    const { root, resolve, environments } = await parsedSource(source, host)
    if (isOpenApi(root)) return { head: readOpenApi(root, { host, resolve, documentUrl: source.url }) }
    if (isCollection(root)) return { head: readPostman(root, environments, host) }
    if (isEnvironment(root)) throw new Unreadable(onlyEnvironment)
    return { head: readConnectorDocument(root, host) }
  } catch (error) {
    if (error instanceof Unreadable) return { failure: error.message }
    throw error
  }
}

async function parsedSource(
  { url }: Source,
  host: ReadingHost,
): Promise<{ root: unknown; resolve: ResolveExternal | undefined; environments: readonly ObjectNode[] }> {
  const first = host.next()
  if (first === null) throw new Unreadable('The document is empty.')
  const start = Buffer.from(first)
  if (isZip(start)) return readZip(Buffer.concat([...piecesFrom(start, host)]))
  checkIsText(start)
  const root = parseText(decodeText(piecesFrom(start, host)), 'The document')
  const resolve = url === '' ? undefined : new FilesOfAddress(url, root, host.load).resolve
  return { root, resolve, environments: [] }
}

function* piecesFrom(first: Buffer, host: ReadingHost): Generator<Buffer> {
  yield first
  for (let piece = host.next(); piece !== null; piece = host.next()) yield Buffer.from(piece)
}

type Mapping = { host: ReadingHost; resolve: ResolveExternal | undefined; documentUrl: string }

function readOpenApi(root: Record<string, unknown>, { host, resolve, documentUrl }: Mapping): ReadHead {
  const refused: ReportLine[] = []
  const batches = new ItemBatches(host.store, countOperations(root))
  const { connector, methods, schemas, report } = mapOpenApi(root, {
    resolve,
    documentUrl,
    onEndpoint: (endpoint, { pointer, operationId }) => {
      const problem = addSound(batches, endpoint, { key: operationId, pointer })
      if (problem !== null) refused.push(problem)
    },
  })
  const document = connectorDocumentSchema.safeParse(connector)
  if (!document.success || !planConnector(document.data).ok) throw new Unreadable(incomplete)
  connector.methods?.forEach((method, index) =>
    batches.addMethod(method, { key: '', pointer: methods[index]?.pointer ?? '' }),
  )
  for (const schema of schemas()) batches.addSchema(schema)
  batches.finish()
  return headOf(connector, openApiFormat(root), [...refused, ...report()])
}

/** For the progress: operations that are left out count too. */
function countOperations(root: Record<string, unknown>): number {
  let count = 0
  for (const path of Object.values(root.paths ?? {}))
    for (const key of Object.keys(path ?? {})) if (/^(?:get|put|post|delete|options|head|patch)$/.test(key)) count += 1
  return Math.min(count, definitionLimits.endpoints)
}

function readConnectorDocument(root: unknown, host: ReadingHost): ReadHead {
  const document = checkDocument(root, neither)
  if (!document.ok) throw new Unreadable(document.error.message)
  if (document.value.kind !== 'connector')
    throw new Unreadable(
      'This document is an authentication method. Import it in the Authentication section of a connector.',
    )
  const plan = planDocument(document.value)
  if (!plan.ok) throw new Unreadable(plan.error.message)
  const { schemas } = document.value
  const { methods, endpoints } = acceptingByName(document.value)
  const planned = plan.value.endpoints
  const batches = new ItemBatches(host.store, methods.length + endpoints.length)
  endpoints.forEach((endpoint, index) =>
    batches.addEndpoint(endpoint, planned[index]!, { key: endpoint.key, pointer: `/endpoints/${index}` }),
  )
  methods.forEach((method, index) => batches.addMethod(method, { key: method.key, pointer: `/methods/${index}` }))
  for (const [name, schema] of Object.entries(schemas))
    batches.addSchema({ name, pointer: `/schemas/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, schema })
  batches.finish()
  return headOf(document.value, connectionDocument, [])
}

/** Items name what an endpoint accepts by the methods' names, which a person reads. */
function acceptingByName(document: ConnectorDocument): { methods: KeyedMethod[]; endpoints: KeyedEndpoint[] } {
  const keyed = keysOfDocument(document)
  if (!keyed.ok) throw new Unreadable(keyed.error.message)
  const nameOf = new Map(keyed.value.methods.map(({ key, name }) => [key, name]))
  const endpoints = keyed.value.endpoints.map((endpoint) => ({
    ...endpoint,
    accepts: endpoint.accepts.map((key) => nameOf.get(key)!),
  }))
  return { methods: keyed.value.methods, endpoints }
}
