import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '@/lib/platform/db/new-id'
import { acmeBasicValues, acmeConnector, acmeEndpoint, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

/** The two stamps under which a process remembers what calls are made from (DATA §13). */

const { sql } = await testDatabase()

type Ids = {
  workspace: string
  connector: string
  method: string
  endpoint: string
  instance: string
  variable: string
}

let ours: Ids
let others: Ids

async function aDefinition(workspaceId: string): Promise<Ids> {
  const acme = await acmeConnector(workspaceId, 'https://acme.test')
  const method = await acmeMethod(acme, 'basic')
  const endpoint = await acmeEndpoint(acme, null, '/orders')
  const instance = await acmeInstance(acme, method, acmeBasicValues)
  return {
    workspace: workspaceId,
    connector: acme.connectorId,
    method: method.id,
    endpoint: endpoint.id,
    instance: instance.id,
    variable: method.variables.username!,
  }
}

beforeEach(async () => {
  const { workspaceId } = await anActor()
  ours = await aDefinition(workspaceId)
  others = await aDefinition(workspaceId)
})

type Stamped = 'Connector' | 'Instance'

async function stampOf(table: Stamped, id: string): Promise<number> {
  const [row] = await sql<{ generation: string }>(`SELECT "generation" FROM "${table}" WHERE "id" = $1`, [id])
  return Number(row!.generation)
}

const stamps = async () => ({
  connector: await stampOf('Connector', ours.connector),
  instance: await stampOf('Instance', ours.instance),
  others: [await stampOf('Connector', others.connector), await stampOf('Instance', others.instance)],
})

/** How far the statement raises our stamps; others' stay in any case. */
async function raisedBy(text: string, values: unknown[]): Promise<{ connector: number; instance: number }> {
  const before = await stamps()
  await sql(text, values)
  const after = await stamps()
  expect(after.others).toEqual(before.others)
  return { connector: after.connector - before.connector, instance: after.instance - before.instance }
}

type Row = { table: string; id: string; columns: (ids: Ids) => Record<string, unknown>; change: string }

const owner = ({ workspace, connector }: Ids) => ({ workspaceId: workspace, connectorId: connector })

const definitionRows: Row[] = [
  {
    table: 'ConnectorOrigin',
    id: 'origin',
    columns: (ids) => ({ ...owner(ids), origin: 'https://new.test' }),
    change: `"confirmedAt" = now()`,
  },
  {
    table: 'Variable',
    id: 'id',
    columns: (ids) => ({ ...owner(ids), id: newId(), level: 'connector', key: 'account', displayName: 'Account' }),
    change: `"defaultValue" = 'acme'`,
  },
  {
    table: 'VariableUse',
    id: 'variableId',
    columns: (ids) => ({ ...owner(ids), methodId: ids.method, variableId: ids.variable }),
    change: `"required" = true`,
  },
  {
    table: 'Parameter',
    id: 'id',
    columns: (ids) => ({ ...owner(ids), id: newId(), endpointId: ids.endpoint, place: 'url', key: 'limit' }),
    change: `"value" = '50'`,
  },
  {
    table: 'AuthenticationMethod',
    id: 'id',
    columns: (ids) => ({ ...owner(ids), id: newId(), key: 'b', name: 'B', foldedName: 'b', type: 'none' }),
    change: `"timeoutSeconds" = 5`,
  },
  {
    table: 'AuthenticationPhase',
    id: 'id',
    columns: (ids) => ({ ...owner(ids), id: newId(), methodId: ids.method, kind: 'revoke' }),
    change: `"url" = '/revoke'`,
  },
  {
    table: 'MethodValue',
    id: 'id',
    columns: (ids) => ({
      ...owner(ids),
      id: newId(),
      methodId: ids.method,
      variableId: ids.variable,
      sealedValue: 'v1.a',
    }),
    change: `"sealedValue" = 'v1.b'`,
  },
  {
    table: 'Endpoint',
    id: 'id',
    columns: (ids) => ({ ...owner(ids), id: newId(), key: 'e', name: 'E', foldedName: 'e' }),
    change: `"url" = '/products'`,
  },
  {
    table: 'ConnectorSchema',
    id: 'id',
    columns: (ids) => ({ ...owner(ids), id: newId(), name: 'Order', schema: '{}' }),
    change: `"schema" = 'true'`,
  },
  {
    table: 'Enablement',
    id: 'endpointId',
    columns: (ids) => ({ ...owner(ids), endpointId: ids.endpoint, methodId: ids.method }),
    change: `"enabledAt" = now()`,
  },
]

const part = ({ workspace, instance }: Ids) => ({ id: newId(), workspaceId: workspace, instanceId: instance })

const credentialRows: Row[] = [
  {
    table: 'InstanceValue',
    id: 'id',
    columns: (ids) => ({ ...part(ids), connectorId: ids.connector, variableId: ids.variable, value: 'dana' }),
    change: `"value" = 'casey'`,
  },
  {
    table: 'KeptValue',
    id: 'id',
    columns: (ids) => ({ ...part(ids), key: 'realm', sealedValue: 'v1.a' }),
    change: `"sealedValue" = 'v1.b'`,
  },
  {
    table: 'InstanceToken',
    id: 'id',
    columns: (ids) => ({ ...part(ids), sealedAccessToken: 'v1.a' }),
    change: `"sealedAccessToken" = 'v1.b'`,
  },
  {
    table: 'Certificate',
    id: 'id',
    columns: (ids) => ({ ...part(ids), caPem: 'a' }),
    change: `"caPem" = 'b'`,
  },
]

async function insert({ table, columns }: Row): Promise<{ row: Record<string, unknown>; raised: object }> {
  const row = columns(ours)
  const names = Object.keys(row).map((name) => `"${name}"`)
  const places = names.map((_, index) => `$${index + 1}`)
  const text = `INSERT INTO "${table}" (${names.join(', ')}) VALUES (${places.join(', ')})`
  return { row, raised: await raisedBy(text, Object.values(row)) }
}

describe.each([
  ...definitionRows.map((row) => ({ ...row, raises: { connector: 1, instance: 0 } })),
  ...credentialRows.map((row) => ({ ...row, raises: { connector: 0, instance: 1 } })),
])('a row of $table', ({ raises, ...given }) => {
  test('raises the stamp of its owner, and no other, when it is added, changed and removed', async () => {
    if (given.table === 'InstanceValue')
      await sql(`DELETE FROM "InstanceValue" WHERE "instanceId" = $1`, [ours.instance])
    const { row, raised } = await insert(given)
    expect(raised).toEqual(raises)
    const where = `WHERE "${given.id}" = $1 AND "${'connectorId' in row ? 'connectorId' : 'instanceId'}" = $2`
    const values = [row[given.id], row.connectorId ?? row.instanceId]
    expect(await raisedBy(`UPDATE "${given.table}" SET ${given.change} ${where}`, values)).toEqual(raises)
    expect(await raisedBy(`DELETE FROM "${given.table}" ${where}`, values)).toEqual(raises)
  })
})

describe('the row itself', () => {
  test.each([`"baseUrl" = 'https://b.test'`, `"allowedHosts" = '{b.test}'`, `"rateLimitAmount" = 5`, `"name" = 'B'`])(
    'of a connector raises its stamp with %s',
    async (change) => {
      const text = `UPDATE "Connector" SET ${change} WHERE "id" = $1`
      expect(await raisedBy(text, [ours.connector])).toEqual({ connector: 1, instance: 0 })
    },
  )

  test.each([`"maxConcurrent" = 2`, `"rateLimitAmount" = 5`, `"status" = 'failing'`, `"revision" = "revision" + 1`])(
    'of an instance raises its stamp with %s',
    async (change) => {
      const text = `UPDATE "Instance" SET ${change} WHERE "id" = $1`
      expect(await raisedBy(text, [ours.instance])).toEqual({ connector: 0, instance: 1 })
    },
  )
})

describe('what calls and refreshes write raises no stamp', () => {
  const nothing = { connector: 0, instance: 0 }

  test('the lease of a token and its heartbeat', async () => {
    const { row } = await insert(credentialRows.find(({ table }) => table === 'InstanceToken')!)
    const text = `UPDATE "InstanceToken" SET "fence" = "fence" + 1, "leaseOwner" = 'me', "leaseUntil" = now() WHERE "id" = $1`
    expect(await raisedBy(text, [row.id])).toEqual(nothing)
  })

  test('the result of a verification, as long as the status is the same', async () => {
    const text = `UPDATE "Instance" SET "lastVerifiedAt" = now(), "lastVerification" = '{}' WHERE "id" = $1`
    expect(await raisedBy(text, [ours.instance])).toEqual(nothing)
  })

  test('turns under the limits', async () => {
    const values = [ours.workspace, ours.instance]
    const text = `INSERT INTO "InstanceLimit" ("workspaceId", "instanceId") VALUES ($1, $2)`
    expect(await raisedBy(text, values)).toEqual(nothing)
  })
})

test('a statement that changes many rows of several connectors raises each stamp once', async () => {
  for (const { connector, workspace, method } of [ours, others])
    await sql(
      `WITH made AS (INSERT INTO "Endpoint" ("id", "workspaceId", "connectorId", "key", "name", "foldedName")
         SELECT gen_random_uuid(), $1, $2, 'k' || n, 'E' || n, 'e' || n FROM generate_series(1, 2000) n RETURNING "id")
       INSERT INTO "Enablement" ("workspaceId", "connectorId", "endpointId", "methodId") SELECT $1, $2, "id", $3 FROM made`,
      [workspace, connector, method],
    )
  const before = await stamps()
  await sql(`DELETE FROM "Enablement" WHERE "methodId" = ANY($1)`, [[ours.method, others.method]])
  const after = await stamps()
  expect(after).toEqual({
    connector: before.connector + 1,
    instance: before.instance,
    others: [before.others[0]! + 1, before.others[1]],
  })
})

test('edits of one connector at the same time wait for each other and all count', async () => {
  const before = await stampOf('Connector', ours.connector)
  await Promise.all(
    Array.from({ length: 10 }, (_, number) =>
      sql(
        `INSERT INTO "Parameter" ("id", "workspaceId", "connectorId", "endpointId", "place", "key") VALUES ($1, $2, $3, $4, 'url', $5)`,
        [newId(), ours.workspace, ours.connector, ours.endpoint, `p${number}`],
      ),
    ),
  )
  expect(await stampOf('Connector', ours.connector)).toBe(before + 10)
})

test('a connector can be deleted with everything that belongs to it', async () => {
  await sql(`DELETE FROM "Instance" WHERE "connectorId" = $1`, [ours.connector])
  await sql(`DELETE FROM "Connector" WHERE "id" = $1`, [ours.connector])
  expect(await sql(`SELECT FROM "Endpoint" WHERE "connectorId" = $1`, [ours.connector])).toEqual([])
})
