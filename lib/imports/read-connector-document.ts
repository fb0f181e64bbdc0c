import 'server-only'
import { byText } from '@/lib/domain/by-text'
import { readPagination } from '@/lib/domain/pagination-schema'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import { ofConnector, parameterDefinition, variableDefinition } from '@/lib/platform/db/read-definition'
import { detailsInDocument, endpointInDocument, keyedMethodInDocument } from './connector-to-document'
import { byPosition, exported, methodParts, withoutOwner } from './plan-of-text'

type Db = WorkspaceDb | WorkspaceTransaction

type Pieces<Item> = AsyncIterable<Item[]> | Iterable<Item[]>

/** A connector as a document. Endpoints and schemas are read while they are iterated, a few at a time. */
export type ConnectorParts = {
  key: string
  name: string
  /** Everything but methods, endpoints and schemas. */
  details: object
  methods: object[]
  /** By key. */
  endpoints: Pieces<object>
  /** By name. */
  schemas: Pieces<[name: string, schema: unknown]>
}

const atOnce = 200
/** Of which only the names are read. */
const namesAtOnce = 2_000

/** The order does not depend on the database's collation. Null if there is no such connector. */
export async function readConnectorDocument(db: Db, connectorId: string): Promise<ConnectorParts | null> {
  const row = await db.connector.findFirst({
    where: { id: connectorId },
    omit: { icon: true },
    include: {
      variables: { where: { level: 'connector' }, ...byPosition },
      parameters: { where: ofConnector, ...byPosition },
      methods: { orderBy: [{ position: 'asc' }, { id: 'asc' }], include: methodParts },
    },
  })
  if (!row) return null
  const { name, versionLabel, description, systemType, baseUrl, allowedHosts, dateFormat, documentationUrl } = row
  const { rateLimitAmount, rateLimitUnit, colour } = row
  return {
    key: row.key,
    name,
    details: detailsInDocument({
      key: row.key,
      details: {
        ...{ name, versionLabel, description, systemType, baseUrl, allowedHosts, dateFormat, documentationUrl },
        ...{ rateLimitAmount, rateLimitUnit, colour },
      },
      variables: row.variables.map((variable) => withoutOwner(variableDefinition(variable))),
      parameters: row.parameters.map(parameterDefinition),
    }),
    methods: row.methods.map((method) => keyedMethodInDocument({ ...exported(method), key: method.key })),
    endpoints: endpointsOf(db, connectorId, row.methods),
    schemas: schemasOf(db, connectorId),
  }
}

type Method = { id: string; key: string }

async function* endpointsOf(db: Db, connectorId: string, methods: readonly Method[]): AsyncGenerator<object[]> {
  const found = await pagedRows(
    (after) =>
      db.endpoint.findMany({
        where: { connectorId, key: { gt: after } },
        orderBy: { key: 'asc' },
        take: namesAtOnce,
        select: { key: true },
      }),
    ({ key }) => key,
  )
  const keys = found.map(({ key }) => key).sort(byText((key) => key))
  for (let start = 0; start < keys.length; start += atOnce)
    yield readEndpoints(db, connectorId, methods, keys.slice(start, start + atOnce))
}

/**
 * Some endpoints of a connector as parts of its document, by key.
 * @param methods all of the connector, in their order
 */
export async function readEndpoints(
  db: Db,
  connectorId: string,
  methods: readonly Method[],
  keys: readonly string[],
): Promise<{ key: string }[]> {
  const rows = await db.endpoint.findMany({
    where: { connectorId, key: { in: [...keys] } },
    include: { variables: byPosition, parameters: byPosition, enablements: { select: { methodId: true } } },
  })
  const order = methods.map(({ key }) => key)
  const keyOf = new Map(methods.map(({ id, key }) => [id, key]))
  rows.sort(byText(({ key }) => key))
  return rows.map(({ enablements, variables, parameters, ...row }) =>
    endpointInDocument(
      {
        ...row,
        httpMethod: row.httpMethod as HttpMethod,
        pagination: readPagination(row.pagination),
        variables: variables.map((variable) => withoutOwner(variableDefinition(variable))),
        parameters: parameters.map(parameterDefinition),
        accepts: enablements.flatMap(({ methodId }) => keyOf.get(methodId) ?? []),
      },
      order,
    ),
  )
}

async function* schemasOf(db: Db, connectorId: string): AsyncGenerator<[string, unknown][]> {
  const names = await pagedRows(
    (after) =>
      db.connectorSchema.findMany({
        where: { connectorId, name: { gt: after } },
        orderBy: { name: 'asc' },
        take: namesAtOnce,
        select: { id: true, name: true },
      }),
    ({ name }) => name,
  )
  names.sort(byText(({ name }) => name))
  for (let start = 0; start < names.length; start += atOnce) {
    const ids = names.slice(start, start + atOnce).map(({ id }) => id)
    const rows = await db.connectorSchema.findMany({
      where: { id: { in: ids } },
      select: { name: true, schema: true },
    })
    rows.sort(byText(({ name }) => name))
    yield rows.map(({ name, schema }): [string, unknown] => [name, schema])
  }
}

/** All rows, some at a time, because thousands at once would block the process. */
async function pagedRows<Row>(read: (after: string) => Promise<Row[]>, nameOf: (row: Row) => string): Promise<Row[]> {
  const rows: Row[] = []
  for (let after = ''; ;) {
    const some = await read(after)
    rows.push(...some)
    if (some.length < namesAtOnce) return rows
    after = nameOf(some.at(-1)!)
  }
}
