import { beforeEach, expect, test } from 'vitest'
import { askForTurn, openLimits } from '@/lib/limits/turn-rows'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import { openToken } from '@/lib/tokens/token-lease'
import { checkInstance } from '@/lib/verification/check-instance'
import { acmeBasicValues, acmeConnector, acmeInstance } from '@/tests/support/acme-builders'
import { anActor, aWorkspace } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { aConnector, aMethod, anInstance } from '@/tests/support/endpoint-builders'
import { methodOf } from '@/tests/support/method-builders'
import { anHttpServer } from '@/tests/support/servers'

/** What a request writes about its instance outside any transaction, while somebody deletes the instance. */

const { sql } = await testDatabase()

let tokenRef: { workspaceId: string; instanceId: string; name: string }

beforeEach(async () => {
  const { id: workspaceId } = await aWorkspace()
  const owner = await aConnector(workspaceId)
  const method = await aMethod(owner, 'basic')
  tokenRef = { workspaceId, instanceId: (await anInstance(owner, method.id)).id, name: 'default' }
})

const waiting = async () =>
  (await sql(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)).length

async function whileDeleted<Value>(write: () => Promise<Value>): Promise<Value> {
  const [deleted, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = systemDb().$transaction(
    async (tx) => {
      await tx.instance.delete({ where: { id: tokenRef.instanceId } })
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

test('a request that asks for its turn is refused', async () => {
  await openLimits(tokenRef)
  expect(await whileDeleted(() => askForTurn(tokenRef, turn))).toBeNull()
})

test('the row of its limits is not created', async () => {
  await whileDeleted(() => openLimits(tokenRef))
  expect(await sql(`SELECT FROM "InstanceLimit" WHERE "instanceId" = $1`, [tokenRef.instanceId])).toEqual([])
})

test('the row of its token is not created', async () => {
  await whileDeleted(() => openToken(tokenRef))
  expect(await sql(`SELECT FROM "InstanceToken" WHERE "instanceId" = $1`, [tokenRef.instanceId])).toEqual([])
})

test('values of a lookup are not stored, and the check ends with a result', async () => {
  const actor = await anActor('manager')
  const thirdParty = await anHttpServer(async (request, response) => {
    if (request.url === '/account') await systemDb().instance.deleteMany({ where: { workspaceId: actor.workspaceId } })
    response.setHeader('content-type', 'application/json').end('{"id":"42"}')
  })
  const acme = await acmeConnector(actor.workspaceId, thirdParty.url)
  const method = await methodOf(acme, 'basic', {
    variables: ['account_id'],
    phases: [
      { kind: 'verify', url: '/whoami', httpMethod: 'GET' },
      {
        ...{ kind: 'after_connect', url: '/account', httpMethod: 'GET' },
        extract: [{ variable: 'account_id', path: '$.id', secret: false }],
      },
    ],
  })
  const instance = await acmeInstance(acme, method, acmeBasicValues)
  expect(await checkInstance(actor, { instanceId: instance.id })).toMatchObject({
    ok: true,
    value: { outcome: 'accepted' },
  })
  expect(await sql(`SELECT FROM "KeptValue" WHERE "instanceId" = $1`, [instance.id])).toEqual([])
})
