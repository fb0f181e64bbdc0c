import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { callPlan } from '@/lib/calls/call-plans'
import type { PersonActor } from '@/lib/domain/access/actor'
import { valueOf } from '@/tests/support/definition-builders'
import { systemDb } from '@/lib/platform/db/client'
import { acmeBasicValues, acmeConnector, acmeEndpoint, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { permitted } from '@/tests/support/permitted'

/** How long the secrets of a call stay in memory (DATA §5, §13). */

await testDatabase()

let actor: PersonActor
let target: { instanceId: string; endpointId: string }

beforeAll(async () => {
  actor = await anActor('user')
  const acme = await acmeConnector(actor.workspaceId, 'https://api.acme.test')
  const method = await acmeMethod(acme, 'basic')
  const instance = await acmeInstance(acme, method, acmeBasicValues)
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  target = { instanceId: instance.id, endpointId: endpoint.id }
})
afterEach(() => vi.useRealTimers())

const plan = async (asOfNow = false) => valueOf(await callPlan(permitted(actor), target, asOfNow))

/** Lets time pass for the app's caches but not for the database. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}

describe('a call plan', () => {
  test('is cached for a minute after its last use', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'], shouldAdvanceTime: true })
    const first = await plan()
    await pass(40_000)
    expect(await plan()).toBe(first)
    await pass(40_000)
    expect(await plan()).toBe(first)
    await pass(61_000)
    expect(await plan()).not.toBe(first)
  })

  test('is dropped when a stamp differs', async () => {
    const before = await plan()
    await systemDb().instance.update({
      where: { id: target.instanceId },
      data: { rateLimitAmount: 5, rateLimitUnit: 'second' },
    })
    expect(await plan()).toBe(before)
    const after = await plan(true)
    expect(after).not.toBe(before)
    expect(await plan()).toBe(after)
  })

  test('of a deleted instance is not used', async () => {
    const other = await anActor('user')
    expect(await callPlan(permitted(other), target, false)).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })
})
