import { expect, test } from 'vitest'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

await testDatabase()

const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

test('a second row of the same name names the index it ran into', async () => {
  const actor = await anActor()
  const flow = { workspaceId: actor.workspaceId, key: 'orders', name: 'Orders', foldedName: 'orders' }
  await workspaceDb(actor.workspaceId).flow.create({ data: flow })
  const sameName = await caught(workspaceDb(actor.workspaceId).flow.create({ data: { ...flow, key: 'orders-2' } }))
  const sameKey = await caught(workspaceDb(actor.workspaceId).flow.create({ data: { ...flow, foldedName: 'other' } }))
  expect(uniqueViolation(sameName)).toBe('Flow_workspaceId_foldedName_key')
  expect(uniqueViolation(sameKey)).toBe('Flow_workspaceId_key_key')
})

test('inside a transaction too', async () => {
  const actor = await anActor()
  const flow = { workspaceId: actor.workspaceId, key: 'orders', name: 'Orders', foldedName: 'orders' }
  const error = await caught(
    workspaceDb(actor.workspaceId).$transaction(async (tx) => {
      await tx.flow.create({ data: flow })
      await tx.flow.create({ data: flow })
    }),
  )
  expect(uniqueViolation(error)).toMatch(/^Flow_/)
})

test('other errors are not unique violations', async () => {
  const reference = await caught(
    systemDb().membership.create({
      data: { workspaceId: crypto.randomUUID(), userId: crypto.randomUUID(), role: 'user' },
    }),
  )
  expect(reference).toBeDefined()
  expect(uniqueViolation(reference)).toBeNull()
  expect(uniqueViolation(new Error('x'))).toBeNull()
})
