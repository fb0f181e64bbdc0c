import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as nextTick } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { RequestLimits } from '@/lib/domain/rate-limit'
import { refuse, succeed } from '@/lib/domain/result'
import type { RequestUnderWay } from '@/lib/platform/request-under-way'
import { takeTurn, type NoTurn, type Turn } from '@/lib/limits/take-turn'
import { acmeBasicValues, acmeConnector, acmeInstance, acmeMethod } from '../../support/acme-builders'
import { aWorkspace } from '../../support/builders'
import { testDatabase } from '../../support/database'

const { sql } = await testDatabase()

let instance: { workspaceId: string; instanceId: string; name: string }

beforeEach(async () => {
  const { id: workspaceId } = await aWorkspace()
  const acme = await acmeConnector(workspaceId, 'http://127.0.0.1:1')
  const { id, name } = await acmeInstance(acme, await acmeMethod(acme, 'basic'), acmeBasicValues)
  instance = { workspaceId, instanceId: id, name }
})

const none: RequestLimits = { rate: null, simultaneous: null }
const hourly: RequestLimits = { rate: { amount: 1, unit: 'hour' }, simultaneous: null }
const oneAtOnce: RequestLimits = { rate: null, simultaneous: 1 }

/** How often a request was prepared: once each time before it asks for its turn. */
let prepared = 0
beforeEach(() => (prepared = 0))

const take = (limits: RequestLimits, mostWaitMs?: number) =>
  takeTurn(
    async () => {
      prepared += 1
      return succeed({ instance: { ...instance, limits } })
    },
    mostWaitMs === undefined ? {} : { mostWaitMs },
  )

async function taken(limits: RequestLimits): Promise<Turn<unknown>> {
  const turn = await take(limits)
  if (!turn.ok) throw new Error((turn.error as NoTurn).refusal.message)
  return turn.value
}

const turns = async () => (await sql(`SELECT FROM "RequestTurn" WHERE "instanceId" = $1`, [instance.instanceId])).length
/** Waits until a request has asked for its turn and has to wait. */
const untilOneWaits = () =>
  expect
    .poll(() => sql(`SELECT FROM "RequestTurn" WHERE "instanceId" = $1 AND NOT "admitted"`, [instance.instanceId]), {
      interval: 10,
      timeout: 10_000,
    })
    .toHaveLength(1)
const rows = async () =>
  (await sql(`SELECT FROM "InstanceLimit" WHERE "instanceId" = $1`, [instance.instanceId])).length

describe('a request that would wait too long', () => {
  test('for the rate limit is refused immediately, with the waiting time, and nothing is sent', async () => {
    await (await taken(hourly)).end()
    prepared = 0
    const second = await take(hourly)
    expect(second).toMatchObject({
      ok: false,
      error: { step: 'waiting', refusal: { code: 'too_many_requests_waiting' } },
    })
    const { message } = (second as { error: NoTurn }).error.refusal
    expect(message).toContain(
      `“${instance.name}” is limited to 1 request per hour, and the next request would have to wait`,
    )
    expect(message).toContain('Nothing was sent.')
    // Immediately: it did not ask again.
    expect(prepared).toBe(1)
    expect(await turns()).toBe(0)
  })

  test('for a running request is refused when its time is over, and does not delay later ones', async () => {
    const first = await taken(oneAtOnce)
    const began = performance.now()
    const refused: number[] = []
    const refusedAfter = async (mostWaitMs: number) => {
      const turn = await take(oneAtOnce, mostWaitMs)
      expect(turn).toMatchObject({ ok: false, error: { refusal: { code: 'too_many_requests_waiting' } } })
      expect(performance.now() - began).toBeGreaterThan(mostWaitMs - 50)
      refused.push(mostWaitMs)
    }
    // Each ends after its own time, wherever it is in the queue.
    await Promise.all([1_200, 400, 800].map(refusedAfter))
    expect(refused).toEqual([400, 800, 1_200])
    expect(await turns()).toBe(1)
    await first.end()
    await (await taken(oneAtOnce)).end()
    expect(await turns()).toBe(0)
  })

  test('refused requests do not use up a limit', async () => {
    await (await taken({ rate: { amount: 4, unit: 'minute' }, simultaneous: null })).end()
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect(await take({ rate: { amount: 4, unit: 'minute' }, simultaneous: null }, 100)).toMatchObject({ ok: false })
    const [row] = await sql<{ ahead: number }>(
      `SELECT EXTRACT(EPOCH FROM "nextAt" - now())::float8 AS ahead FROM "InstanceLimit" WHERE "instanceId" = $1`,
      [instance.instanceId],
    )
    expect(row!.ahead).toBeLessThan(15.1)
  })
})

describe('a caller who goes away', () => {
  const holder = globalThis as { patchbayRequests?: AsyncLocalStorage<RequestUnderWay> }
  beforeEach(() => (holder.patchbayRequests = new AsyncLocalStorage()))
  afterEach(() => delete holder.patchbayRequests)

  test.each(['at the front', 'behind another'])(
    'stops waiting %s of the queue, and does not delay the others',
    async (where) => {
      const first = await taken(oneAtOnce)
      const other = where === 'at the front' ? null : take(oneAtOnce)
      if (other) await untilOneWaits()
      const tab = new AbortController()
      let asked = 0
      const prepare = async () => {
        asked += 1
        return succeed({ instance: { ...instance, limits: oneAtOnce } })
      }
      const waiting = holder.patchbayRequests!.run({ gone: tab.signal }, () => takeTurn(prepare))
      // It has been prepared once and is in the queue.
      await nextTick()
      await untilOneWaits()
      const askedBefore = asked
      tab.abort()
      expect(await waiting).toMatchObject({
        ok: false,
        error: { refusal: { message: expect.stringContaining('Nothing was sent.') } },
      })
      // Immediately: it did not wait for its next try.
      expect(asked).toBe(askedBefore)
      await first.end()
      if (other) await ((await other) as { value: Turn<unknown> }).value.end()
      await (await taken(oneAtOnce)).end()
      expect(await turns()).toBe(0)
    },
  )
})

describe('a prepared request', () => {
  test('is prepared again before each try, so that it is current when the turn comes', async () => {
    const first = await taken(oneAtOnce)
    let count = 0
    const waiting = takeTurn(async () =>
      succeed({ number: (count += 1), instance: { ...instance, limits: oneAtOnce } }),
    )
    await untilOneWaits()
    const sawItWait = performance.now()
    await expect.poll(() => count, { interval: 10 }).toBeGreaterThan(3)
    const waited = performance.now() - sawItWait
    await first.end()
    const turn = await waiting
    if (!turn.ok) throw new Error('no turn')
    expect(turn.value.prepared.number).toBe(count)
    expect(waited).toBeGreaterThan(400)
    expect(turn.value.waitedMs).toBeGreaterThan(waited - 10)
    await turn.value.end()
  })

  test('that becomes an error ends the waiting', async () => {
    const first = await taken(oneAtOnce)
    let available = true
    const waiting = takeTurn(async () =>
      available
        ? succeed({ instance: { ...instance, limits: oneAtOnce } })
        : refuse('endpoint_not_available', 'switched off'),
    )
    await untilOneWaits()
    available = false
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'endpoint_not_available' } })
    expect(await turns()).toBe(1)
    await first.end()
  })

  test.each([none, { rate: { amount: 5, unit: 'second' as const }, simultaneous: null }])(
    'is sent soon after its limits were raised to %j',
    async (raised) => {
      await (await taken(hourly)).end()
      let limits: RequestLimits = { rate: { amount: 8, unit: 'hour' }, simultaneous: null }
      let asked = 0
      const waiting = takeTurn(async () => {
        asked += 1
        return succeed({ instance: { ...instance, limits } })
      })
      await untilOneWaits()
      const askedBefore = asked
      limits = raised
      expect((await waiting).ok).toBe(true)
      // Its next try, or the one after if a try was running.
      expect(asked - askedBefore).toBeLessThanOrEqual(2)
    },
  )
})

test('an instance without limits costs the database nothing', async () => {
  const turn = await taken(none)
  expect(turn.waitedMs).toBe(0)
  await turn.end()
  expect([await turns(), await rows()]).toEqual([0, 0])
})

test('limits are deleted with their instance', async () => {
  const turn = await taken(oneAtOnce)
  expect([await turns(), await rows()]).toEqual([1, 1])
  await systemDb().instance.deleteMany({ where: { id: instance.instanceId } })
  expect([await turns(), await rows()]).toEqual([0, 0])
  await turn.end()
})
