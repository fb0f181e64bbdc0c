import { Client } from 'pg'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { saveShape } from '@/lib/flows/save-shape'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { newId } from '@/lib/platform/db/new-id'
import type { PersonActor } from '@/lib/domain/access/actor'
import { applyInstanceSettings } from '@/lib/credentials/apply-instance-settings'
import { updateVariable } from '@/lib/variables/update-variable'
import {
  acmeBasicValues,
  acmeConnector,
  acmeEndpoint,
  acmeInstance,
  acmeMethod,
  typedSettings,
  type Acme,
  type AcmeMethod,
} from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { aFlowUsing } from '@/tests/support/endpoint-builders'
import { aVariableInput } from '@/tests/support/variable-builders'

const database = await testDatabase()

let actor: PersonActor
let acme: Acme
let method: AcmeMethod
let instance: { id: string; name: string }

beforeEach(async () => {
  actor = await anActor('administrator')
  acme = await acmeConnector(actor.workspaceId, 'https://api.acme.test')
  method = await acmeMethod(acme, 'basic')
  instance = await acmeInstance(acme, method, acmeBasicValues)
})

/** A change of the variable in another process that has its lock and has not committed. */
async function makingSecret(variableId: string) {
  const session = new Client({ connectionString: database.url })
  await session.connect()
  onTestFinished(() => session.end())
  await session.query('BEGIN')
  await session.query(`SELECT 1 FROM "Variable" WHERE "id" = $1 FOR UPDATE`, [variableId])
  await session.query(`UPDATE "Variable" SET "secret" = true WHERE "id" = $1`, [variableId])
  return { commit: () => session.query('COMMIT'), rollBack: () => session.query('ROLLBACK') }
}

/** Waits until a session waits for the lock. */
async function untilSomebodyWaits() {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const [row] = await database.sql<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (row!.waiting > 0) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('nobody waits')
}

const anInstanceVariable = () =>
  systemDb().variable.create({
    data: {
      workspaceId: acme.workspaceId,
      connectorId: acme.connectorId,
      level: 'connector',
      key: 'account',
      displayName: 'Account',
    },
    select: { id: true },
  })

function saveInstanceValue(variableId: string, value: string) {
  const settings = { ...typedSettings(method, 'Renamed', {}), values: [{ variableId, value }] }
  return commitUnlessRefused(workspaceDb(actor.workspaceId), (tx) =>
    applyInstanceSettings(tx, actor, { instanceId: instance.id, baseRevision: 1 }, settings),
  )
}

async function aShapeOfOrders() {
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  const { flowId, shapeId } = await aFlowUsing(acme, {
    name: 'Nightly orders',
    instanceId: instance.id,
    endpointId: endpoint.id,
  })
  const owner = {
    workspaceId: acme.workspaceId,
    connectorId: acme.connectorId,
    level: 'endpoint' as const,
    endpointId: endpoint.id,
  }
  const variable = await systemDb().variable.create({
    data: { ...owner, key: 'account', displayName: 'Account' },
    select: { id: true },
  })
  const save = (value: string) =>
    saveShape(actor, {
      ...{ flowId, shapeId, revision: 1, name: 'Get orders', instanceId: instance.id, endpointId: endpoint.id },
      ...{ timeoutSeconds: null, filters: [], values: [{ variableId: variable.id, value }] },
    })
  return { variableId: variable.id, save }
}

const everyValue = async () =>
  JSON.stringify([
    await database.sql(`SELECT v::text FROM "InstanceValue" v`),
    await database.sql(`SELECT v::text FROM "ShapeValue" v`),
  ])

describe('a variable that becomes secret while a value for it is saved', () => {
  test('refuses the plain value of an instance, and nothing is saved', async () => {
    const { id } = await anInstanceVariable()
    const change = await makingSecret(id)
    const saving = saveInstanceValue(id, 'planted-late-plain-value')
    await untilSomebodyWaits()
    await change.commit()
    expect(await saving).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', message: expect.stringContaining('made secret') },
    })
    expect(await everyValue()).not.toContain('planted-late-plain-value')
    expect(await systemDb().instance.findFirst({ where: { id: instance.id } })).toMatchObject({
      name: instance.name,
      revision: 1,
    })
  })

  test('accepts the value if the change was rolled back', async () => {
    const { id } = await anInstanceVariable()
    const change = await makingSecret(id)
    const saving = saveInstanceValue(id, 'acme-account')
    await untilSomebodyWaits()
    await change.rollBack()
    expect(await saving).toMatchObject({ ok: true })
    expect(await everyValue()).toContain('acme-account')
  })

  test('refuses the plain value of a shape', async () => {
    const { variableId, save } = await aShapeOfOrders()
    const change = await makingSecret(variableId)
    const saving = save('planted-late-shape-value')
    await untilSomebodyWaits()
    await change.commit()
    expect(await saving).toMatchObject({ ok: false, error: { code: 'changed_by_someone_else' } })
    expect(await everyValue()).not.toContain('planted-late-shape-value')
  })

  test('leaves no plain value of a secret variable, in any order, twenty times', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { id } = await systemDb().variable.create({
        data: {
          workspaceId: acme.workspaceId,
          connectorId: acme.connectorId,
          level: 'connector',
          key: `account_${round}`,
          displayName: 'Account',
        },
        select: { id: true },
      })
      const { revision } = await systemDb().connector.findFirstOrThrow({ where: { id: acme.connectorId } })
      const owner = { level: 'connector' as const, connectorId: acme.connectorId, ownerId: acme.connectorId }
      const variable = aVariableInput({ key: `account_${round}`, secret: true })
      const { revision: baseRevision, name } = await systemDb().instance.findFirstOrThrow({
        where: { id: instance.id },
      })
      const settings = {
        ...typedSettings(method, name, {}),
        values: [{ variableId: id, value: `planted-race-${round}` }],
      }
      await Promise.all([
        updateVariable(actor, { owner, revision, variableId: id, variable, confirmed: true }),
        commitUnlessRefused(workspaceDb(actor.workspaceId), (tx) =>
          applyInstanceSettings(tx, actor, { instanceId: instance.id, baseRevision }, settings),
        ),
      ])
      expect(await systemDb().variable.findFirst({ where: { id } })).toMatchObject({ secret: true })
    }
    expect(await everyValue()).not.toContain('planted-race')
  })
})

test('the database refuses a plain value for a secret variable, also in an update', async () => {
  const secretId = method.variables.password!
  const write = database.sql(
    `INSERT INTO "InstanceValue" ("id", "workspaceId", "connectorId", "instanceId", "variableId", "value") VALUES ($1, $2, $3, $4, $5, 'plain')`,
    [newId(), acme.workspaceId, acme.connectorId, (await acmeInstance(acme, method, {})).id, secretId],
  )
  await expect(write).rejects.toMatchObject({ code: '23514', hint: 'plain_secret' })
  await expect(
    database.sql(`UPDATE "InstanceValue" SET "value" = 'plain', "sealedValue" = NULL WHERE "variableId" = $1`, [
      secretId,
    ]),
  ).rejects.toMatchObject({ code: '23514' })
})
