import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '@/lib/platform/db/new-id'
import { anActor } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import {
  aConnector,
  aFlowUsing,
  aMethod,
  anEnablement,
  anEndpoint,
  anInstance,
} from '@/tests/support/endpoint-builders'

/** Rule R4 in plain SQL: what the database itself refuses, independently of the code. */

let database: TestDatabase
let here: Awaited<ReturnType<typeof aSide>>
let sibling: Awaited<ReturnType<typeof aSide>>
let elsewhere: Awaited<ReturnType<typeof aSide>>

async function aSide(workspaceId: string) {
  const owner = await aConnector(workspaceId)
  const method = await aMethod(owner, 'basic auth')
  const endpoint = await anEndpoint(owner, 'List orders')
  await anEnablement(owner, endpoint.id, method.id)
  const instance = await anInstance(owner, method.id)
  const flow = await aFlowUsing(owner, {
    name: `Flow of ${owner.connectorId}`,
    instanceId: instance.id,
    endpointId: endpoint.id,
  })
  const [variable] = await database.sql<{ id: string }>(
    `INSERT INTO "Variable" ("id", "workspaceId", "connectorId", "level", "key", "displayName") VALUES ($1, $2, $3, 'connector', 'account', 'Account') RETURNING "id"`,
    [newId(), owner.workspaceId, owner.connectorId],
  )
  const [version] = await database.sql<{ id: string }>(`SELECT "id" FROM "FlowVersion" WHERE "flowId" = $1`, [
    flow.flowId,
  ])
  return {
    ...owner,
    methodId: method.id,
    endpointId: endpoint.id,
    instanceId: instance.id,
    ...flow,
    variableId: variable!.id,
    versionId: version!.id,
  }
}

beforeAll(async () => {
  database = await testDatabase()
  const { workspaceId } = await anActor()
  here = await aSide(workspaceId)
  sibling = await aSide(workspaceId)
  elsewhere = await aSide((await anActor()).workspaceId)
})

const foreignKeyViolation = { code: '23503' }

describe('an enablement links an endpoint and a method of one connector', () => {
  const enable = (row: { workspaceId: string; connectorId: string; endpointId: string; methodId: string }) =>
    database.sql(
      `INSERT INTO "Enablement" ("workspaceId", "connectorId", "endpointId", "methodId") VALUES ($1, $2, $3, $4)`,
      [row.workspaceId, row.connectorId, row.endpointId, row.methodId],
    )

  test('the same statement is accepted within one connector', async () => {
    await database.sql(`DELETE FROM "Enablement" WHERE "methodId" = $1`, [here.methodId])
    await expect(enable(here)).resolves.toEqual([])
  })

  test("another connector's method is refused, whichever connector the row claims", async () => {
    const crossed = { workspaceId: here.workspaceId, endpointId: here.endpointId, methodId: sibling.methodId }
    await expect(enable({ ...crossed, connectorId: here.connectorId })).rejects.toMatchObject(foreignKeyViolation)
    await expect(enable({ ...crossed, connectorId: sibling.connectorId })).rejects.toMatchObject(foreignKeyViolation)
  })

  test("another workspace's endpoint or method is refused, whichever workspace the row claims", async () => {
    for (const workspaceId of [here.workspaceId, elsewhere.workspaceId]) {
      for (const connectorId of [here.connectorId, elsewhere.connectorId]) {
        await expect(
          enable({ workspaceId, connectorId, endpointId: here.endpointId, methodId: elsewhere.methodId }),
        ).rejects.toMatchObject(foreignKeyViolation)
        await expect(
          enable({ workspaceId, connectorId, endpointId: elsewhere.endpointId, methodId: here.methodId }),
        ).rejects.toMatchObject(foreignKeyViolation)
      }
    }
  })

  test('an existing enablement cannot be moved to another connector', async () => {
    await expect(
      database.sql(`UPDATE "Enablement" SET "methodId" = $1 WHERE "endpointId" = $2`, [
        sibling.methodId,
        here.endpointId,
      ]),
    ).rejects.toMatchObject(foreignKeyViolation)
    await expect(
      database.sql(`UPDATE "Enablement" SET "connectorId" = $1 WHERE "endpointId" = $2`, [
        sibling.connectorId,
        here.endpointId,
      ]),
    ).rejects.toMatchObject(foreignKeyViolation)
  })
})

describe('an instance uses a method of its own connector', () => {
  const add = (workspaceId: string, connectorId: string, methodId: string) =>
    database.sql(
      `INSERT INTO "Instance" ("id", "workspaceId", "connectorId", "methodId", "key", "name", "foldedName") VALUES ($1, $2, $3, $4, $5, $5, $5)`,
      [newId(), workspaceId, connectorId, methodId, newId()],
    )

  test('its own connector is accepted; another connector or another workspace is refused', async () => {
    await expect(add(here.workspaceId, here.connectorId, here.methodId)).resolves.toEqual([])
    await expect(add(here.workspaceId, here.connectorId, sibling.methodId)).rejects.toMatchObject(foreignKeyViolation)
    await expect(add(here.workspaceId, elsewhere.connectorId, elsewhere.methodId)).rejects.toMatchObject(
      foreignKeyViolation,
    )
    await expect(add(elsewhere.workspaceId, elsewhere.connectorId, here.methodId)).rejects.toMatchObject(
      foreignKeyViolation,
    )
  })

  test('the method of an instance is fixed, even for a method of the same connector (rule R5)', async () => {
    const other = await aMethod({ workspaceId: here.workspaceId, connectorId: here.connectorId }, 'OAuth 2')
    await expect(
      database.sql(`UPDATE "Instance" SET "methodId" = $1 WHERE "id" = $2`, [other.id, here.instanceId]),
    ).rejects.toMatchObject({ code: '23514' })
  })
})

describe('a shape uses an instance and an endpoint of one connector and of its own workspace', () => {
  /** Behind the last shape of the version. */
  const add = (row: {
    workspaceId: string
    versionId: string
    connectorId: string | null
    instanceId: string | null
    endpointId: string | null
  }) =>
    database.sql(
      `INSERT INTO "Shape" ("id", "workspaceId", "flowVersionId", "name", "connectorId", "instanceId", "endpointId", "parentId")
       VALUES ($1, $2, $3, 'Shape', $4, $5, $6, (
         SELECT "id" FROM "Shape" s WHERE "flowVersionId" = $3 AND NOT EXISTS (SELECT 1 FROM "Shape" n WHERE n."parentId" = s."id")
       ))`,
      [newId(), row.workspaceId, row.versionId, row.connectorId, row.instanceId, row.endpointId],
    )

  test('accepted within one connector, also while nothing is chosen yet', async () => {
    await expect(add(here)).resolves.toEqual([])
    await expect(add({ ...here, connectorId: null, instanceId: null, endpointId: null })).resolves.toEqual([])
  })

  test("another connector's endpoint or instance is refused, and so is one without its connector", async () => {
    await expect(add({ ...here, endpointId: sibling.endpointId })).rejects.toMatchObject(foreignKeyViolation)
    await expect(add({ ...here, instanceId: sibling.instanceId })).rejects.toMatchObject(foreignKeyViolation)
    await expect(add({ ...here, connectorId: null })).rejects.toMatchObject({ code: '23514' })
  })

  test("another workspace's instance, endpoint or flow is refused", async () => {
    await expect(add({ ...elsewhere, workspaceId: here.workspaceId, versionId: here.versionId })).rejects.toMatchObject(
      foreignKeyViolation,
    )
    await expect(add({ ...here, versionId: elsewhere.versionId })).rejects.toMatchObject(foreignKeyViolation)
  })
})

describe('every other reference stays inside its workspace and connector', () => {
  test("a method's or an endpoint's variable and parameter", async () => {
    const variable = (owner: { methodId?: string; endpointId?: string }) =>
      database.sql(
        `INSERT INTO "Variable" ("id", "workspaceId", "connectorId", "level", "methodId", "endpointId", "key", "displayName") VALUES ($1, $2, $3, $4, $5, $6, 'x', 'X')`,
        [
          newId(),
          here.workspaceId,
          here.connectorId,
          owner.methodId ? 'method' : 'endpoint',
          owner.methodId ?? null,
          owner.endpointId ?? null,
        ],
      )
    const parameter = (owner: { methodId?: string; endpointId?: string }) =>
      database.sql(
        `INSERT INTO "Parameter" ("id", "workspaceId", "connectorId", "methodId", "endpointId", "place", "key") VALUES ($1, $2, $3, $4, $5, 'url', 'x')`,
        [newId(), here.workspaceId, here.connectorId, owner.methodId ?? null, owner.endpointId ?? null],
      )
    for (const add of [variable, parameter]) {
      await expect(add({ endpointId: here.endpointId })).resolves.toEqual([])
      for (const side of [sibling, elsewhere]) {
        await expect(add({ methodId: side.methodId })).rejects.toMatchObject(foreignKeyViolation)
        await expect(add({ endpointId: side.endpointId })).rejects.toMatchObject(foreignKeyViolation)
      }
    }
  })

  test("*Use* of a variable, and an instance's value of one", async () => {
    const use = (variableId: string) =>
      database.sql(
        `INSERT INTO "VariableUse" ("workspaceId", "connectorId", "methodId", "variableId") VALUES ($1, $2, $3, $4)`,
        [here.workspaceId, here.connectorId, here.methodId, variableId],
      )
    const value = (variableId: string) =>
      database.sql(
        `INSERT INTO "InstanceValue" ("id", "workspaceId", "connectorId", "instanceId", "variableId", "value") VALUES ($1, $2, $3, $4, $5, 'x')`,
        [newId(), here.workspaceId, here.connectorId, here.instanceId, variableId],
      )
    for (const add of [use, value]) {
      await expect(add(here.variableId)).resolves.toEqual([])
      await expect(add(sibling.variableId)).rejects.toMatchObject(foreignKeyViolation)
      await expect(add(elsewhere.variableId)).rejects.toMatchObject(foreignKeyViolation)
    }
  })

  test('a connector, a token and a flow version of another workspace', async () => {
    await expect(
      database.sql(
        `INSERT INTO "Endpoint" ("id", "workspaceId", "connectorId", "key", "name", "foldedName") VALUES ($1, $2, $3, 'k', 'n', 'n')`,
        [newId(), here.workspaceId, elsewhere.connectorId],
      ),
    ).rejects.toMatchObject(foreignKeyViolation)
    await expect(
      database.sql(
        `INSERT INTO "InstanceToken" ("id", "workspaceId", "instanceId", "sealedAccessToken") VALUES ($1, $2, $3, 'v1.x')`,
        [newId(), here.workspaceId, elsewhere.instanceId],
      ),
    ).rejects.toMatchObject(foreignKeyViolation)
    await expect(
      database.sql(`INSERT INTO "FlowVersion" ("id", "workspaceId", "flowId", "number") VALUES ($1, $2, $3, 9)`, [
        newId(),
        here.workspaceId,
        elsewhere.flowId,
      ]),
    ).rejects.toMatchObject(foreignKeyViolation)
  })

  test('objects that an instance or a shape uses cannot be deleted (rule R11)', async () => {
    const restrictViolation = { code: '23001' }
    await expect(
      database.sql(`DELETE FROM "AuthenticationMethod" WHERE "id" = $1`, [here.methodId]),
    ).rejects.toMatchObject(restrictViolation)
    await expect(database.sql(`DELETE FROM "Instance" WHERE "id" = $1`, [here.instanceId])).rejects.toMatchObject(
      restrictViolation,
    )
    await expect(database.sql(`DELETE FROM "Endpoint" WHERE "id" = $1`, [here.endpointId])).rejects.toMatchObject(
      restrictViolation,
    )
  })
})
