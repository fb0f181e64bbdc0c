import { Client } from 'pg'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { createConnector } from '@/lib/connectors/create-connector'
import { duplicateConnector } from '@/lib/imports/duplicate-connector'
import { installPreset } from '@/lib/imports/install-preset'
import { systemDb } from '@/lib/platform/db/client'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { connectorDetails } from '@/tests/support/connector-builders'
import { aConnector, anInstance } from '@/tests/support/endpoint-builders'

const database = await testDatabase()

let actor: PersonActor
let connectorId: string
beforeEach(async () => {
  actor = await anActor('manager')
  connectorId = valueOf(await installPreset(actor, { preset: 'salesforce' })).id
})

const duplicate = (versionLabel: string) => duplicateConnector(actor, { connectorId, versionLabel })

/** Everything that a connector consists of, without ids and times. */
async function definitionOf(id: string) {
  const unlike = { id: true, connectorId: true, methodId: true, endpointId: true } as const
  const asc = 'asc' as const
  const variables = { omit: unlike, orderBy: [{ position: asc }, { key: asc }] }
  const parameters = { omit: unlike, orderBy: [{ position: asc }, { key: asc }] }
  const stamps = { id: true, revision: true, createdAt: true, updatedAt: true } as const
  const own = { ...stamps, connectorId: true } as const
  return systemDb().connector.findUniqueOrThrow({
    where: { id },
    omit: { ...stamps, key: true, versionLabel: true, foldedVersion: true, generation: true },
    include: {
      variables: { ...variables, where: { level: 'connector' } },
      methods: {
        omit: own,
        orderBy: { position: 'asc' },
        include: {
          variables,
          parameters,
          phases: {
            omit: { id: true, connectorId: true, methodId: true },
            orderBy: [{ kind: 'asc' }, { step: 'asc' }],
          },
          uses: { select: { required: true, position: true, variable: { select: { key: true } } } },
        },
      },
      endpoints: {
        omit: own,
        orderBy: { key: 'asc' },
        include: {
          variables,
          parameters,
          enablements: { select: { method: { select: { name: true } } }, orderBy: { method: { name: 'asc' } } },
        },
      },
    },
  })
}

test('a copy has everything that the original consists of, under the new version label', async () => {
  const { id } = valueOf(await duplicate('v2'))
  const [original, copy] = [await definitionOf(connectorId), await definitionOf(id)]
  expect(original.methods.length).toBeGreaterThan(0)
  expect(original.endpoints.some(({ enablements }) => enablements.length > 0)).toBe(true)
  expect(copy).toEqual(original)
  const { versionLabel, revision } = await systemDb().connector.findUniqueOrThrow({ where: { id } })
  expect({ versionLabel, revision }).toEqual({ versionLabel: 'v2', revision: 1 })
  expect(await systemDb().auditLog.findMany({ where: { objectId: id, action: 'duplicate_connector' } })).toHaveLength(1)
})

test('a copy has no instances, and changing it leaves the original as it is', async () => {
  const method = await systemDb().authenticationMethod.findFirstOrThrow({ where: { connectorId } })
  await anInstance({ workspaceId: actor.workspaceId, connectorId }, method.id)
  const before = await definitionOf(connectorId)
  const { id } = valueOf(await duplicate('v2'))
  expect(await systemDb().instance.count({ where: { connectorId: id } })).toBe(0)
  await systemDb().endpoint.deleteMany({ where: { connectorId: id } })
  await systemDb().authenticationMethod.deleteMany({ where: { connectorId: id } })
  expect(await definitionOf(connectorId)).toEqual(before)
})

test('a version label that is in use is refused at its field, and nothing is left behind', async () => {
  valueOf(await duplicate('v2'))
  const before = await systemDb().connector.count({ where: { workspaceId: actor.workspaceId } })
  expect(await duplicate('V2')).toMatchObject({ ok: false, error: { code: 'name_taken', field: 'versionLabel' } })
  expect(await duplicate('  ')).toMatchObject({ ok: false, error: { field: 'versionLabel' } })
  expect(await systemDb().connector.count({ where: { workspaceId: actor.workspaceId } })).toBe(before)
})

test('a connector of another workspace is not found', async () => {
  const foreign = await aConnector((await anActor()).workspaceId)
  expect(await duplicateConnector(actor, { connectorId: foreign.connectorId, versionLabel: 'v2' })).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  })
})

describe('at the same moment', () => {
  /** Another process in the middle of a transaction. */
  const anotherProcess = async () => {
    const session = new Client({ connectionString: database.url })
    await session.connect()
    onTestFinished(() => session.end())
    await session.query('BEGIN')
    return session
  }
  const untilWaiting = (count: number) =>
    vi.waitFor(async () => {
      const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      expect((await database.sql(waiting)).length).toBe(count)
    }, 5_000)

  test('a copy waits for a change that has begun, and has it', async () => {
    const { id: endpointId, key } = await systemDb().endpoint.findFirstOrThrow({ where: { connectorId } })
    const other = await anotherProcess()
    await other.query('UPDATE "Endpoint" SET "url" = $2 WHERE "id" = $1', [endpointId, '/changed'])
    const copied = duplicate('v2')
    await untilWaiting(1)
    await other.query('COMMIT')
    const { id } = valueOf(await copied)
    expect(await systemDb().endpoint.findFirstOrThrow({ where: { connectorId: id, key } })).toMatchObject({
      url: '/changed',
    })
  })

  test('a change waits until the copy is complete', async () => {
    const before = await definitionOf(connectorId)
    const other = await anotherProcess()
    // The copy reads enablement last: it waits here, with everything else read and written.
    await other.query('LOCK TABLE "Enablement" IN SHARE ROW EXCLUSIVE MODE')
    const copied = duplicate('v2')
    await untilWaiting(1)
    const changed = systemDb().endpoint.updateMany({ where: { connectorId }, data: { url: '/changed' } })
    const first = await Promise.race([changed.then(() => 'changed'), untilWaiting(2).then(() => 'waits')])
    expect(first).toBe('waits')
    await other.query('COMMIT')
    const { id } = valueOf(await copied)
    await changed
    expect(await definitionOf(id)).toEqual(before)
    expect((await definitionOf(connectorId)).endpoints.every(({ url }) => url === '/changed')).toBe(true)
  })

  test('copies and a new connector of the same name each find a key', async () => {
    const { name } = await systemDb().connector.findUniqueOrThrow({ where: { id: connectorId } })
    const second = valueOf(await duplicate('v2')).id
    const results = await Promise.all([
      duplicate('v3'),
      duplicateConnector(actor, { connectorId: second, versionLabel: 'v4' }),
      createConnector(actor, connectorDetails({ name, versionLabel: 'v5' })),
      createConnector(actor, connectorDetails({ name, versionLabel: 'v6' })),
    ])
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true, true])
  })
})
