import { beforeEach, expect, test } from 'vitest'
import { askForTurn, openLimits } from '@/lib/limits/turn-rows'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { openToken } from '@/lib/tokens/token-lease'
import { aWorkspace } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { aConnector, aMethod, anInstance } from '@/tests/support/endpoint-builders'

/** What a request writes about its instance beside every transaction, while somebody deletes the instance. */

const { sql } = await testDatabase()

let place: { workspaceId: string; instanceId: string; name: string }

beforeEach(async () => {
  const { id: workspaceId } = await aWorkspace()
  const owner = await aConnector(workspaceId)
  const method = await aMethod(owner, 'basic')
  place = { workspaceId, instanceId: (await anInstance(owner, method.id)).id, name: 'default' }
})

const waiting = async () =>
  (await sql(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)).length

async function whileDeleted<Value>(write: () => Promise<Value>): Promise<Value> {
  const [deleted, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = systemDb().$transaction(
    async (tx) => {
      await tx.instance.delete({ where: { id: place.instanceId } })
      deleted.resolve()
      await commit.promise
    },
    { timeout: 30_000 },
  )
  await Promise.race([deleted.promise, holding])
  const writing = write()
  await expect.poll(waiting).toBe(1)
  commit.resolve()
  await holding
  return writing
}

const turn = { id: newId(), pace: { intervalMs: 0, aheadMs: 0 }, simultaneous: 1, asksAgain: false }

test('a request that asks for its turn is told that there is none to have', async () => {
  await openLimits(place)
  expect(await whileDeleted(() => askForTurn(place, turn))).toBeNull()
})

test('the row of its limits is not made', async () => {
  await whileDeleted(() => openLimits(place))
  expect(await sql(`SELECT FROM "InstanceLimit" WHERE "instanceId" = $1`, [place.instanceId])).toEqual([])
})

test('the row of its token is not made', async () => {
  await whileDeleted(() => openToken(place))
  expect(await sql(`SELECT FROM "InstanceToken" WHERE "instanceId" = $1`, [place.instanceId])).toEqual([])
})
