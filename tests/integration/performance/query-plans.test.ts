import { beforeAll, describe, expect, test } from 'vitest'
import { getApiKey } from '@/lib/api-keys/get-api-key'
import { listImportItems } from '@/lib/imports/list-import-items'
import { listImportLines } from '@/lib/imports/list-import-lines'
import { listImports } from '@/lib/imports/list-imports'
import { listApiKeys } from '@/lib/api-keys/list-api-keys'
import { getFilterNames } from '@/lib/activity/get-filter-names'
import { getConnectorHistory } from '@/lib/activity/get-connector-history'
import { listChanges } from '@/lib/activity/list-changes'
import { listFilterChoices } from '@/lib/activity/list-filter-choices'
import { explainInstance } from '@/lib/activity/explain-instance'
import { filterKinds } from '@/lib/activity/views'
import { listTimeline } from '@/lib/activity/timeline/list-timeline'
import { getMethod } from '@/lib/authentication-methods/get-method'
import { listMethods } from '@/lib/authentication-methods/list-methods'
import { getShapeSettings } from '@/lib/flows/get-shape-settings'
import { listInstanceOptions } from '@/lib/flows/list-instance-options'
import { countFailingInstances } from '@/lib/connectors/count-failing-instances'
import { listConnectorInstances } from '@/lib/connectors/list-connector-instances'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { getConnector } from '@/lib/connectors/get-connector'
import { readConnectorFilter } from '@/lib/connectors/schema'
import type { Result } from '@/lib/domain/result'
import { findCallableInstance } from '@/lib/enablement/find-callable-instance'
import { getMatrix } from '@/lib/enablement/get-matrix'
import { listMethodSwitches } from '@/lib/enablement/list-method-switches'
import { listOfferedEndpoints } from '@/lib/enablement/list-offered-endpoints'
import { planMatrix } from '@/lib/enablement/plan-matrix'
import { listEntityTypes } from '@/lib/endpoints/list-entity-types'
import { listEndpoints } from '@/lib/endpoints/list-endpoints'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { getFlow } from '@/lib/flows/get-flow'
import { listFlows } from '@/lib/flows/list-flows'
import { listConnectorChoices } from '@/lib/instances/list-connector-choices'
import { getInstance } from '@/lib/instances/get-instance'
import { previewRevocation } from '@/lib/instances/preview-revocation'
import { listInvitations } from '@/lib/people/list-invitations'
import { listPeople } from '@/lib/people/list-people'
import { listSessions } from '@/lib/people/list-sessions'
import { countNewRequests } from '@/lib/request-log/count-new-requests'
import { listRequestGroups } from '@/lib/request-log/list-request-groups'
import { listLatestFailures } from '@/lib/request-log/list-latest-failures'
import { listRequests } from '@/lib/request-log/list-requests'
import { loadCredentials } from '@/lib/credentials/credentials'
import { loadEndpoint } from '@/lib/credentials/load-definitions'
import { listFound } from '@/lib/search/list-found'
import { listVariables } from '@/lib/variables/list-variables'
import { fullSize, seedWorkspace, type SeededWorkspace } from '@/tests/bench/seed'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { planOf, type Plan } from './plans'
import { recordStatements } from './recorded-statements'

/**
 * A large workspace and a small one in an installation so much larger that reading all of it would never be quicker.
 */
let database: TestDatabase
let large: SeededWorkspace
let small: SeededWorkspace
let largeTables: Set<string>

beforeAll(async () => {
  database = await testDatabase()
  const requests = { requests: 30_000, changes: 5_000 }
  await seedWorkspace(
    database.url,
    { ...fullSize, ...requests, connectors: 6_000, instances: 25_000, flows: 1_500, keys: 20_000, people: 25_000 },
    'All others',
  )
  small = await seedWorkspace(
    database.url,
    {
      connectors: 10,
      instances: 20,
      endpoints: 20,
      methods: 3,
      flows: 5,
      requests: 60,
      changes: 60,
      sessions: 60,
      people: 60,
      keys: 60,
    },
    'Small',
  )
  large = await seedWorkspace(database.url, { ...fullSize, ...requests })
  const rows = await database.sql<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND reltuples > 1000`,
  )
  largeTables = new Set(rows.map(({ name }) => name))
}, 240_000)

type List = (of: SeededWorkspace, after: string) => Promise<Result<unknown>>

const params = (sort: string, after: string, q = '') => ({ q, sort, after })
const connectors = (search: Record<string, string>, after: string) => ({ ...readConnectorFilter(search), after })

type RequestFilter = Partial<Parameters<typeof listRequestGroups>[1]>

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
/** Of some days, with many lines before and after it. */
const aRange = () => ({ from: minutesAgo(60 * 24 * 5), to: minutesAgo(60 * 24) })

const requestPage = /"url".*FROM "RequestLog" line.*ORDER BY/

/** Each has an index in the order of the list. `common`: of so many lines that sorting them would be slow. */
const requestFilters: {
  name: string
  filter: (of: SeededWorkspace) => RequestFilter
  index: string
  common?: true
}[] = [
  { name: 'connector', filter: ({ connectorId }) => ({ connectorId }), index: '_connectorId_at_id_idx', common: true },
  { name: 'outcome', filter: () => ({ outcome: 'refused' }), index: '_outcome_at_id_idx', common: true },
  { name: 'status', filter: () => ({ status: '404' }), index: '_status_at_id_idx', common: true },
  { name: 'class of status', filter: () => ({ status: '4xx' }), index: '_outcome_at_id_idx', common: true },
  { name: 'endpoint', filter: ({ endpointIds }) => ({ endpointId: endpointIds[0]! }), index: '_endpointId_at_id_idx' },
  { name: 'flow', filter: ({ flowId }) => ({ flowId }), index: '_flowId_at_id_idx' },
  { name: 'API key', filter: ({ keyId }) => ({ keyId }), index: '_actorId_at_id_idx', common: true },
  { name: 'trace', filter: ({ connectorId }) => ({ correlationId: connectorId }), index: '_correlationId_at_id_idx' },
  { name: 'range of time', filter: () => aRange(), index: '_workspaceId_at_id_idx', common: true },
  { name: 'Patchbay itself', filter: () => ({ bySystem: true }), index: '_userId_at_id_idx' },
]

/** Any two filters at once: more only leave more lines out. */
const combinations = requestFilters.flatMap((one, index) =>
  requestFilters
    .slice(index + 1)
    .map((other): [string, (of: SeededWorkspace) => RequestFilter] => [
      `${one.name} and ${other.name}`,
      (of) => ({ ...one.filter(of), ...other.filter(of) }),
    ]),
)

const lists: { name: string; list: List; page: RegExp; index: string }[] = [
  {
    name: 'the endpoints that the picker offers',
    list: ({ actor, instanceId }, after) => listOfferedEndpoints(actor, { instanceId, after }),
    page: /FROM "Endpoint" e/,
    index: 'Endpoint_workspaceId_connectorId_entityType_foldedName_id_idx',
  },
  {
    name: 'the instances that the picker offers',
    list: ({ actor }) => listInstanceOptions(actor, { search: '' }),
    page: /FROM "public"."Instance".*ORDER BY/,
    index: 'Instance_workspaceId_foldedName_id_idx',
  },
  {
    name: 'Manage connectors, failing first',
    list: ({ actor }, after) => listConnectors(actor, connectors({}, after)),
    page: /FROM "public"."ConnectorRank".*ORDER BY/,
    index: 'ConnectorRank_workspaceId_rank_id_idx',
  },
  {
    name: 'Manage connectors by name',
    list: ({ actor }, after) => listConnectors(actor, connectors({ sort: 'name' }, after)),
    page: /FROM "public"."Connector".*ORDER BY/,
    index: 'Connector_workspaceId_foldedName_foldedVersion_key',
  },
  {
    name: 'Manage connectors, last changed first',
    list: ({ actor }, after) => listConnectors(actor, connectors({ sort: '-updated' }, after)),
    page: /FROM "public"."Connector".*ORDER BY/,
    index: 'Connector_workspaceId_updatedAt_id_idx',
  },
  {
    name: 'the connectors to add an instance to',
    list: ({ actor }, after) => listConnectorChoices(actor, params('name', after)),
    page: /FROM "public"."Connector".*ORDER BY/,
    index: 'Connector_workspaceId_foldedName_foldedVersion_key',
  },
  {
    name: 'endpoints by entity type',
    list: ({ actor, connectorId }, after) =>
      listEndpoints(actor, { connectorId, ...params('group', after), entityType: null }),
    page: /FROM "public"."Endpoint".*ORDER BY/,
    index: 'Endpoint_workspaceId_connectorId_entityType_foldedName_id_idx',
  },
  {
    name: 'endpoints by name',
    list: ({ actor, connectorId }, after) =>
      listEndpoints(actor, { connectorId, ...params('name', after), entityType: null }),
    page: /FROM "public"."Endpoint".*ORDER BY/,
    index: 'Id_foldedName_',
  },
  {
    name: 'endpoints, last changed first',
    list: ({ actor, connectorId }, after) =>
      listEndpoints(actor, { connectorId, ...params('-updated', after), entityType: null }),
    page: /FROM "public"."Endpoint".*ORDER BY/,
    index: 'Endpoint_workspaceId_connectorId_updatedAt_id_idx',
  },
  {
    name: 'flows, failing first',
    list: ({ actor }, after) => listFlows(actor, params('failing', after)),
    page: /FROM "public"."Flow".*ORDER BY/,
    index: 'Flow_workspaceId_rank_id_idx',
  },
  {
    name: 'flows by name',
    list: ({ actor }, after) => listFlows(actor, params('name', after)),
    page: /FROM "public"."Flow".*ORDER BY/,
    index: 'Flow_workspaceId_foldedName_key',
  },
  {
    name: 'flows, last changed first',
    list: ({ actor }, after) => listFlows(actor, params('-updated', after)),
    page: /FROM "public"."Flow".*ORDER BY/,
    index: 'Flow_workspaceId_updatedAt_id_idx',
  },
  {
    name: 'the audit trail',
    list: ({ actor }, after) => listChanges(actor, { ...params('-at', after) }),
    page: /FROM "public"."AuditLog".*ORDER BY/,
    index: 'AuditLog_workspaceId_at_id_idx',
  },
  {
    name: 'the audit trail of a range of time',
    list: ({ actor }, after) =>
      listChanges(actor, { from: minutesAgo(60 * 30), to: minutesAgo(60 * 10), ...params('-at', after) }),
    page: /FROM "public"."AuditLog".*ORDER BY/,
    index: 'AuditLog_workspaceId_at_id_idx',
  },
  {
    name: 'the audit trail of one person',
    list: ({ actor }, after) => listChanges(actor, { userId: actor.userId!, ...params('-at', after) }),
    page: /FROM "public"."AuditLog".*ORDER BY/,
    index: 'AuditLog_workspaceId_',
  },
  {
    name: 'people by name',
    list: ({ actor }, after) => listPeople(actor, params('name', after)),
    page: /FROM "public"."Membership".*ORDER BY/,
    index: 'Membership_workspaceId_foldedName_userId_idx',
  },
  {
    name: 'people, last added first',
    list: ({ actor }, after) => listPeople(actor, params('-added', after)),
    page: /FROM "public"."Membership".*ORDER BY/,
    index: 'Membership_workspaceId_createdAt_userId_idx',
  },
  {
    name: 'invitations',
    list: ({ actor }, after) => listInvitations(actor, { after }),
    page: /FROM "public"."Invitation".*ORDER BY/,
    index: 'Invitation_workspaceId_createdAt_id_idx',
  },
  {
    name: 'the audit trail of one API key',
    list: ({ actor, keyId }, after) => listChanges(actor, { keyId, ...params('-at', after) }),
    page: /FROM "public"."AuditLog".*ORDER BY/,
    index: 'AuditLog_workspaceId_actorId_at_id_idx',
  },
  {
    name: 'the report of an import',
    list: ({ actor, connectorId }, after) =>
      listImportLines(actor, { connectorId, q: '', sort: 'position', after, kind: null }),
    page: /FROM "public"."ImportLine".*ORDER BY/,
    index: 'ImportLine_importId_position_id_idx',
  },
  {
    name: 'unfinished imports',
    list: ({ actor }, after) => listImports(actor, params('-created', after)),
    page: /FROM "public"."Import".*ORDER BY/,
    index: 'Import_workspaceId_open_createdAt_id_idx',
  },
  {
    name: 'the endpoints of a document',
    list: ({ actor, importId }, after) => listImportItems(actor, { importId, ...params('position', after) }),
    page: /FROM "public"."ImportItem".*ORDER BY/,
    index: 'ImportItem_importId_kind_position_id_idx',
  },
  {
    name: 'the endpoints of an entity type of a document',
    list: ({ actor, importId }, after) =>
      listImportItems(actor, { importId, tag: 'Orders', ...params('position', after) }),
    page: /FROM "public"."ImportItem".*ORDER BY/,
    index: 'ImportItem_importId_kind_tag_position_id_idx',
  },
  {
    name: 'API keys by name',
    list: ({ actor }, after) => listApiKeys(actor, params('name', after)),
    page: /FROM "public"."ApiKey".*ORDER BY/,
    index: 'ApiKey_workspaceId_foldedName_id_idx',
  },
  {
    name: 'API keys, newest first',
    list: ({ actor }, after) => listApiKeys(actor, params('-created', after)),
    page: /FROM "public"."ApiKey".*ORDER BY/,
    index: 'ApiKey_workspaceId_createdAt_id_idx',
  },
  {
    name: 'the sessions of a person',
    list: ({ actor }, after) => listSessions(actor, { after }),
    page: /FROM "public"."Session".*ORDER BY/,
    index: 'Session_userId_createdAt_id_idx',
  },
  {
    name: 'the request log',
    list: ({ actor }, after) => listRequestGroups(actor, { ...params('-at', after) }),
    page: requestPage,
    index: '_workspaceId_at_id_idx',
  },
  {
    name: 'the request log line by line',
    list: ({ actor }, after) => listRequests(actor, { ...params('-at', after) }),
    page: requestPage,
    index: '_workspaceId_at_id_idx',
  },
  ...requestFilters
    .filter(({ common }) => common)
    .map(({ name, filter, index }) => ({
      name: `the request log by ${name}`,
      list: (of: SeededWorkspace, after: string) =>
        listRequestGroups(of.actor, { ...filter(of), ...params('-at', after) }),
      page: requestPage,
      index,
    })),
]

/** Without regard to line breaks. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ')

async function cursorOf(list: List, of: SeededWorkspace): Promise<string> {
  const page = await list(of, '')
  return page.ok ? ((page.value as { nextCursor?: string | null }).nextCursor ?? '') : ''
}

async function pagePlan(list: List, page: RegExp, after: string): Promise<Plan> {
  const statements = await recordStatements(() => list(large, after))
  const statement = statements.find(({ text }) => page.test(oneLine(text)))
  if (!statement)
    throw new Error(`No statement reads the page:\n${statements.map(({ text }) => oneLine(text)).join('\n')}`)
  return planOf(database, statement)
}

/** Large tables that any of the statements would read from end to end, with the statement. */
async function wholeScans(work: () => Promise<unknown>): Promise<string[]> {
  const statements = await recordStatements(work)
  expect(statements.length).toBeGreaterThan(0)
  const found = await Promise.all(
    statements.map(async (statement) => {
      const { scannedWhole } = await planOf(database, statement)
      return scannedWhole
        .filter((table) => largeTables.has(table))
        .map((table) => `${table}: ${oneLine(statement.text)}`)
    }),
  )
  return found.flat()
}

describe.each(lists)('$name', ({ list, page, index }) => {
  test('are read in the order of an index, on the first page and on a later one', async () => {
    for (const after of new Set(['', await cursorOf(list, large)])) {
      const plan = await pagePlan(list, page, after)
      expect(plan.indexes.join(' ')).toContain(index)
      expect(plan.sorts, 'sorts all rows to show the first').toBe(false)
    }
  })

  test('read no large table from end to end', async () => {
    expect(await wholeScans(() => list(large, ''))).toEqual([])
  })

  test('take as many queries in a large workspace as in a small one', async () => {
    const [inLarge, inSmall] = [
      await recordStatements(() => list(large, '')),
      await recordStatements(() => list(small, '')),
    ]
    expect(inLarge.length).toBe(inSmall.length)
  })
})

test.each(requestFilters)('requests by $name are found with their own index', async ({ filter, index }) => {
  const plan = await pagePlan(
    (of) => listRequestGroups(of.actor, { ...filter(of), ...params('-at', '') }),
    requestPage,
    '',
  )
  expect(plan.indexes.join(' ')).toContain(index)
})

describe('filters and searches', () => {
  test.each<[string, (of: SeededWorkspace) => Promise<unknown>]>([
    ['Manage connectors by status', ({ actor }) => listConnectors(actor, connectors({ status: 'failing' }, ''))],
    ['Manage connectors, disabled ones', ({ actor }) => listConnectors(actor, connectors({ status: 'disabled' }, ''))],
    ['the number of failing instances', ({ actor }) => countFailingInstances(actor, {})],
    [
      'what revoking all tokens of a connector will do',
      ({ actor, connectorId }) => previewRevocation(actor, { connectorId }),
    ],
    [
      'Manage connectors of one connector',
      ({ actor, connectorId }) => listConnectors(actor, connectors({ connector: connectorId }, '')),
    ],
    ['Manage connectors, searched', ({ actor }) => listConnectors(actor, connectors({ q: 'shop 00' }, ''))],
    ['the picker, searched', ({ actor, instanceId }) => listOfferedEndpoints(actor, { instanceId, search: '42' })],
    ['the picker’s instances, searched', ({ actor }) => listInstanceOptions(actor, { search: '77' })],
    ['flows, searched', ({ actor }) => listFlows(actor, params('name', '', '012'))],
    ['the palette', ({ actor }) => listFound(actor, { text: 'things 42' })],
    ['the palette, nothing found', ({ actor }) => listFound(actor, { text: 'zzz' })],
    ['the matrix', ({ actor, connectorId }) => getMatrix(actor, { connectorId })],
    [
      'requests of a rare outcome',
      ({ actor }) => listRequestGroups(actor, { outcome: 'failed', ...params('-at', '') }),
    ],
    [
      'requests of one person',
      ({ actor }) => listRequestGroups(actor, { userId: actor.userId!, ...params('-at', '') }),
    ],
    [
      'requests of somebody who sent none',
      ({ actor, connectorId }) => listRequestGroups(actor, { userId: connectorId, ...params('-at', '') }),
    ],
    [
      'requests of one instance',
      ({ actor, instanceId }) => listRequestGroups(actor, { instanceId, ...params('-at', '') }),
    ],
    ...combinations.map(([name, filter]): [string, (of: SeededWorkspace) => Promise<unknown>] => [
      `requests by ${name}`,
      (of) => listRequestGroups(of.actor, { ...filter(of), ...params('-at', '') }),
    ]),
    ['API keys, searched', ({ actor }) => listApiKeys(actor, params('name', '', '0042'))],
    ['API keys by state', ({ actor }) => listApiKeys(actor, { state: 'revoked', ...params('name', '') })],
    ['new requests', ({ actor }) => countNewRequests(actor, { since: minutesAgo(1) })],
    [
      'new requests of one instance',
      ({ actor, instanceId }) => countNewRequests(actor, { instanceId, since: minutesAgo(60) }),
    ],
    ...filterKinds.flatMap((kind): [string, (of: SeededWorkspace) => Promise<unknown>][] => [
      [`the choices of ${kind}`, ({ actor }) => listFilterChoices(actor, { kind, search: '' })],
      [`the choices of ${kind}, searched`, ({ actor }) => listFilterChoices(actor, { kind, search: '42' })],
    ]),
    [
      'the instances of one connector as choices',
      ({ actor, connectorId }) => listFilterChoices(actor, { kind: 'instance', search: '', connectorId }),
    ],
    [
      'the names of what is chosen',
      ({ actor, connectorId, instanceId, endpointIds, flowId, keyId }) =>
        getFilterNames(actor, {
          ...{ connector: connectorId, instance: instanceId, endpoint: endpointIds[0]!, flow: flowId },
          ...{ person: actor.userId, key: keyId },
        }),
    ],
    ['the timeline of an instance', ({ actor, instanceId }) => listTimeline(actor, { instanceId })],
    [
      'changes of one kind of object',
      ({ actor }) => listChanges(actor, { objectType: 'endpoint', ...params('-at', '') }),
    ],
  ])(
    '%s: no large table is read from end to end, and only the names of people may take a query more than in a small workspace',
    async (_, work) => {
      expect(await wholeScans(() => work(large))).toEqual([])
      const [inLarge, inSmall] = [await recordStatements(() => work(large)), await recordStatements(() => work(small))]
      expect(inLarge.length).toBeLessThanOrEqual(inSmall.length + 1)
    },
  )
})

describe('why an instance fails', () => {
  const someOf = ({ actor, connectorId }: SeededWorkspace, status: string) =>
    database.sql<{ id: string }>(
      `UPDATE "Instance" SET "lastSuccessAt" = now() - interval '3 days', "statusSince" = now() - interval '2 days',
         "disabledAt" = CASE WHEN $3 = 'failing' THEN now() END, "disabledById" = $4
       WHERE "id" = (SELECT "id" FROM "Instance" WHERE "workspaceId" = $1
         AND "status" = $3::"InstanceStatus" ORDER BY "connectorId" = $2 DESC LIMIT 1)
       RETURNING "id"`,
      [actor.workspaceId, connectorId, status, actor.userId],
    )

  // Only a failing one reads what people changed since its last success, and only a disabled one who disabled it.
  test.each(['connected', 'failing'])('%s: no large table is read from end to end', async (status) => {
    const [inLarge, inSmall] = [await someOf(large, status), await someOf(small, status)]
    const explain = (of: SeededWorkspace, [found]: { id: string }[]) =>
      explainInstance(of.actor, { instanceId: found!.id })
    const reads = async (of: SeededWorkspace, found: { id: string }[]) =>
      (await recordStatements(() => explain(of, found))).map(({ text }) => oneLine(text))
    expect(await explain(large, inLarge)).toMatchObject({ ok: true, value: { instanceId: inLarge[0]!.id } })
    expect(await wholeScans(() => explain(large, inLarge))).toEqual([])
    const statements = await reads(large, inLarge)
    expect(statements.length).toBeLessThanOrEqual((await reads(small, inSmall)).length + 1)
    expect(statements.some((text) => text.includes('FROM "AuditLog"'))).toBe(status === 'failing')
  })
})

test('new requests are looked for in the order of the log, whatever the filter', async () => {
  for (const filter of [{}, ...requestFilters.map((one) => one.filter(large))]) {
    const plan = await pagePlan(
      ({ actor }) => countNewRequests(actor, { ...filter, since: minutesAgo(60 * 24 * 30) }),
      /count.*FROM "RequestLog" line/,
      '',
    )
    expect(plan.indexes.join(' ')).toContain('_workspaceId_at_id_idx')
    expect(plan.sorts, 'sorts all rows to find the newest').toBe(false)
  }
})

describe('the latest failures of a connector', () => {
  const failures: List = ({ actor, connectorId }) => listLatestFailures(actor, { connectorId })

  test('come in the order of an index', async () => {
    const plan = await pagePlan(failures, /FROM "public"."RequestLog".*ORDER BY/, '')
    expect(plan.indexes.join(' ')).toContain('_connectorId_outcome_at_idx')
    expect(plan.sorts, 'sorts all rows to show the first').toBe(false)
  })
})

describe('one of thousands', () => {
  test.each<[string, (of: SeededWorkspace) => Promise<unknown>]>([
    ['a connector', ({ actor, connectorId }) => getConnector(actor, { connectorId })],
    ['its first instances', ({ actor, connectorId }) => listConnectorInstances(actor, { connectorId })],
    ['its latest failures', ({ actor, connectorId }) => listLatestFailures(actor, { connectorId })],
    ['its history', ({ actor, connectorId }) => getConnectorHistory(actor, { connectorId })],
    ['its authentication methods', ({ actor, connectorId }) => listMethods(actor, { connectorId })],
    [
      'an authentication method',
      ({ actor, connectorId, methodIds }) => getMethod(actor, { connectorId, methodId: methodIds[0]! }),
    ],
    [
      'its variables',
      ({ actor, connectorId, methodIds }) =>
        listVariables(actor, { level: 'method', connectorId, ownerId: methodIds[0]! }),
    ],
    [
      'an endpoint',
      ({ actor, connectorId, endpointIds }) => getEndpoint(actor, { connectorId, endpointId: endpointIds[0]! }),
    ],
    ['its entity types', ({ actor, connectorId }) => listEntityTypes(actor, { connectorId })],
    ['its switches', ({ actor, endpointIds }) => listMethodSwitches(actor, { endpointId: endpointIds[0]! })],
    ['its definition for a request', ({ actor, endpointIds }) => loadEndpoint(actor.workspaceId, endpointIds[0]!)],
    ['an instance', ({ actor, instanceId }) => getInstance(actor, { instanceId })],
    ['the first instance that may call something', ({ actor }) => findCallableInstance(actor, {})],
    ['its credentials for a request', ({ actor, instanceId }) => loadCredentials(actor.workspaceId, instanceId)],
    ['an API key', ({ actor, keyId }) => getApiKey(actor, { keyId })],
    ['a flow', ({ actor, flowId }) => getFlow(actor, { flowId })],
    ['a shape', ({ actor, flowId, shapeId }) => getShapeSettings(actor, { flowId, shapeId })],
    [
      'what a column of the matrix would do',
      ({ actor, connectorId, methodIds, endpointIds }) =>
        planMatrix(actor, { connectorId, changes: [{ methodId: methodIds[0]!, enable: [], disable: endpointIds }] }),
    ],
  ])('%s: no large table is read from end to end', async (_, work) => {
    expect(await wholeScans(() => work(large))).toEqual([])
  })
})
