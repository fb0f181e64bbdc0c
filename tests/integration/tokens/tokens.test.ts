import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { systemDb } from '@/lib/platform/db/client'
import type { RequestUnderWay } from '@/lib/platform/request-under-way'
import { acquireLease, readStoredToken, type TokenRef } from '@/lib/tokens/token-lease'
import type { TokenAttempt, TokenSource } from '@/lib/tokens/types'
import { usableToken } from '@/lib/tokens/usable-token'
import type { NewTokens } from '@/lib/tokens/new-tokens'
import { needsRefresh } from '@/lib/domain/oauth2/refresh-rule'
import { aWorkspace } from '../../support/builders'
import { testDatabase } from '../../support/database'
import { aConnector, aMethod, anInstance } from '../../support/endpoint-builders'
import { aToken } from '../../support/token-builders'

const { sql } = await testDatabase()

/** The same code as in another server process, with its own memory. */
async function anotherProcess(): Promise<typeof usableToken> {
  vi.resetModules()
  return (await import('@/lib/tokens/usable-token')).usableToken
}

const newTokens = (given: Partial<NewTokens> = {}): NewTokens => ({
  accessToken: 'new-access-token',
  refreshToken: 'new-refresh-token',
  tokenType: 'Bearer',
  scope: null,
  expiresAt: new Date(Date.now() + 3_600_000),
  stored: [],
  ...given,
})

type Obtain = TokenSource['obtain']

/** A person's grant, refreshed with its refresh token. */
function aSource(obtain: Obtain, given: Partial<TokenSource> = {}) {
  const isDue: TokenSource['isDue'] = (token, now) => needsRefresh(token, now, null)
  return {
    connector: 'Acme',
    settings: '1.1',
    obtainedFor: '',
    mostWaitMs: 70_000,
    isDue,
    canRenew: ({ hasRefreshToken }: { hasRefreshToken: boolean }) => hasRefreshToken,
    ...given,
    obtain: vi.fn<Obtain>(obtain),
  }
}

function aRefresher(given: { answersAfterMs?: number; tokens?: Partial<NewTokens> } = {}) {
  return aSource(async () => {
    await sleep(given.answersAfterMs ?? 0)
    return refreshed(given.tokens)
  })
}

const refreshed = (tokens?: Partial<NewTokens>): TokenAttempt => ({
  kind: 'obtained',
  tokens: newTokens(tokens),
  replacesEarlier: false,
  missed: [],
})
const dead = aSource(async () => ({
  kind: 'grant_dead',
  message: 'The third party refused the refresh token (invalid_grant).',
}))
const isDown: Obtain = async () => ({
  kind: 'failed',
  error: { code: 'could_not_tell', message: 'The token endpoint answered 503.' },
  outcomeUnknown: false,
})
const down = aSource(isDown)

/** Waits until the token request was sent, so that the lease is taken. */
const untilAsked = (source: ReturnType<typeof aSource>) => vi.waitUntil(() => source.obtain.mock.calls.length > 0)

let tokenRef: TokenRef

beforeEach(async () => {
  const { id } = await aWorkspace()
  const owner = await aConnector(id)
  const method = await aMethod(owner, 'OAuth 2', 'oauth2_authorization_code')
  const instance = await anInstance(owner, method.id)
  tokenRef = { workspaceId: id, instanceId: instance.id, name: 'default' }
})

const instanceRow = () => systemDb().instance.findFirstOrThrow({ where: { id: tokenRef.instanceId } })
const tokenRow = () => systemDb().instanceToken.findFirstOrThrow({ where: { instanceId: tokenRef.instanceId } })

describe('when a token is refreshed', () => {
  test('a token that is valid for a while is used unchanged', async () => {
    await aToken(tokenRef, { expiresInSeconds: 600 })
    const refresher = aRefresher()
    expect(await usableToken(tokenRef, refresher)).toMatchObject({
      ok: true,
      value: { accessToken: 'old-access-token' },
    })
    expect(refresher.obtain).not.toHaveBeenCalled()
  })

  test('a token is refreshed before it expires', async () => {
    await aToken(tokenRef, { expiresInSeconds: 30 })
    expect(await usableToken(tokenRef, aRefresher())).toMatchObject({
      ok: true,
      value: { accessToken: 'new-access-token' },
    })
  })

  test('a short-lived token is used for most of its lifetime', async () => {
    await aToken(tokenRef, { expiresInSeconds: 8, livedSeconds: 10 })
    expect(await usableToken(tokenRef, aRefresher())).toMatchObject({
      ok: true,
      value: { accessToken: 'old-access-token' },
    })
  })

  test('a refused token is refreshed even if it has not expired', async () => {
    await aToken(tokenRef, { expiresInSeconds: null })
    const { sealedAccessToken } = await systemDb().instanceToken.findFirstOrThrow({
      where: { instanceId: tokenRef.instanceId },
      omit: { sealedAccessToken: false },
    })
    expect(await usableToken(tokenRef, aRefresher(), { refused: sealedAccessToken })).toMatchObject({
      ok: true,
      value: { accessToken: 'new-access-token' },
    })
    const later = aRefresher()
    expect(await usableToken(tokenRef, later, { refused: sealedAccessToken })).toMatchObject({
      ok: true,
      value: { accessToken: 'new-access-token' },
    })
    expect(later.obtain).not.toHaveBeenCalled()
  })

  test('an instance without a token is refused, and no token request is sent', async () => {
    const refresher = aRefresher()
    expect(await usableToken(tokenRef, refresher)).toMatchObject({ ok: false, error: { code: 'no_token' } })
    expect(refresher.obtain).not.toHaveBeenCalled()
  })
})

describe('what a refresh stores', () => {
  test('the rotated refresh token is stored, sealed, before the new access token is returned', async () => {
    await aToken(tokenRef)
    await usableToken(tokenRef, aRefresher())
    const seen = aSource(isDown)
    await sql(`UPDATE "InstanceToken" SET "expiresAt" = now() - interval '1 s'`)
    await usableToken(tokenRef, seen)
    expect(seen.obtain.mock.calls[0]![0].refreshToken).toBe('new-refresh-token')
    const [row] = await sql<{ dump: string }>(`SELECT t::text AS dump FROM "InstanceToken" t WHERE "instanceId" = $1`, [
      tokenRef.instanceId,
    ])
    expect(row!.dump).not.toContain('new-')
  })

  test('a refresh token that was not rotated stays', async () => {
    await aToken(tokenRef)
    await usableToken(tokenRef, aRefresher({ tokens: { refreshToken: null, expiresAt: new Date() } }))
    const seen = aRefresher()
    await usableToken(tokenRef, seen)
    expect(seen.obtain.mock.calls[0]![0].refreshToken).toBe('old-refresh-token')
  })

  test('a refresh does not raise the revision of the settings', async () => {
    await aToken(tokenRef)
    const before = await instanceRow()
    await usableToken(tokenRef, aRefresher())
    expect((await instanceRow()).revision).toBe(before.revision)
    expect(await tokenRow()).toMatchObject({ refreshCount: 1, leaseOwner: null, leaseUntil: null })
  })
})

describe('one refresh for all requests', () => {
  test('fifty users in two processes cause one token call, and all get the new token', async () => {
    await aToken(tokenRef)
    const refresher = aRefresher({ answersAfterMs: 1500 })
    const elsewhere = await anotherProcess()
    const users = Array.from({ length: 50 }, (_, user) => (user % 2 ? usableToken : elsewhere)(tokenRef, refresher))
    const results = await Promise.all(users)
    expect(results.every((result) => result.ok && result.value.accessToken === 'new-access-token')).toBe(true)
    expect(refresher.obtain).toHaveBeenCalledTimes(1)
  })

  test('a dead lease owner is replaced when its lease has expired', { timeout: 20_000 }, async () => {
    await aToken(tokenRef)
    await sql(
      `UPDATE "InstanceToken" SET "fence" = 7, "leaseOwner" = 'dead', "leaseUntil" = now() + interval '2 s' WHERE "instanceId" = $1`,
      [tokenRef.instanceId],
    )
    const started = Date.now()
    expect(await usableToken(tokenRef, aRefresher())).toMatchObject({ ok: true })
    expect(Date.now() - started).toBeGreaterThan(1_500)
    expect((await tokenRow()).fence).toBe(8n)
  })

  describe('a lease records the database session that extended it', () => {
    /** A lease that was last extended by that session and expires after so many seconds. */
    async function aLease(secondsLeft: number, session: number) {
      await aToken(tokenRef)
      await sql(
        `UPDATE "InstanceToken" SET "leaseOwner" = 'another', "leaseUntil" = clock_timestamp() + make_interval(secs => $2), "leaseSession" = $3 WHERE "instanceId" = $1`,
        [tokenRef.instanceId, secondsLeft, session],
      )
    }

    /** Whether other processes see it as leased, and whether they can take it. */
    async function taken() {
      const { id, sealedAccessToken, leased } = (await readStoredToken(tokenRef))!
      const lease = await acquireLease(tokenRef.workspaceId, id, sealedAccessToken)
      lease?.stopHeartbeat()
      return { leased, acquired: lease !== null }
    }

    async function aSession({ ended }: { ended: boolean }): Promise<number> {
      const client = new Client({ connectionString: process.env.DATABASE_URL })
      await client.connect()
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      const { pid } = rows[0]!
      if (!ended) onTestFinished(() => client.end())
      else {
        await client.end()
        const isThere = () => sql('SELECT FROM pg_stat_activity WHERE pid = $1', [pid])
        await vi.waitUntil(async () => (await isThere()).length === 0)
      }
      return pid
    }

    /** Less than the remaining time after two heartbeats, but longer than the test takes. */
    const soon = 2.9

    test('it is free before it expires when the session has ended and two heartbeats were missed', async () => {
      await aLease(soon, await aSession({ ended: true }))
      expect(await taken()).toEqual({ leased: false, acquired: true })
    })

    test('it stays with its owner while the session exists, even if the heartbeat is late', async () => {
      await aLease(soon, await aSession({ ended: false }))
      expect(await taken()).toEqual({ leased: true, acquired: false })
    })

    test('it stays with an owner that has just lost its session and may be connecting again', async () => {
      await aLease(30, await aSession({ ended: true }))
      expect(await taken()).toEqual({ leased: true, acquired: false })
    })
  })

  test('a process that lost the lease can neither overwrite nor release, and gets the token of the other one', async () => {
    await aToken(tokenRef)
    const late = aRefresher({ answersAfterMs: 1000, tokens: { accessToken: 'token-of-the-loser' } })
    const losing = usableToken(tokenRef, late)
    await untilAsked(late)
    await sql(`UPDATE "InstanceToken" SET "leaseUntil" = now() - interval '1 s' WHERE "instanceId" = $1`, [
      tokenRef.instanceId,
    ])
    const elsewhere = await anotherProcess()
    const winner = await elsewhere(tokenRef, aRefresher({ tokens: { accessToken: 'token-of-the-winner' } }))
    expect(winner).toMatchObject({ ok: true, value: { accessToken: 'token-of-the-winner' } })
    expect(await losing).toMatchObject({ ok: true, value: { accessToken: 'token-of-the-winner' } })
    expect(late.obtain).toHaveBeenCalledTimes(1)
    expect((await tokenRow()).refreshCount).toBe(1)
  })
})

describe('when a refresh fails', () => {
  test('a dead grant sets Needs authorising again with its reason, and later users send no token request', async () => {
    await aToken(tokenRef)
    expect(await usableToken(tokenRef, dead)).toMatchObject({ ok: false, error: { code: 'needs_authorising_again' } })
    expect(await instanceRow()).toMatchObject({
      status: 'needs_authorising_again',
      statusReason: expect.stringContaining('invalid_grant'),
    })
    const refresher = aRefresher()
    expect(await usableToken(tokenRef, refresher)).toMatchObject({
      ok: false,
      error: { code: 'needs_authorising_again' },
    })
    expect(refresher.obtain).not.toHaveBeenCalled()
  })

  test('Check now tries a dead grant again and corrects a wrong verdict', async () => {
    await aToken(tokenRef)
    await usableToken(tokenRef, dead)
    expect(await usableToken(tokenRef, aRefresher(), { evenIfDead: true })).toMatchObject({ ok: true })
    expect(await instanceRow()).toMatchObject({ status: 'connected', statusReason: '' })
  })

  test('a dead grant after an interrupted refresh names the interruption', async () => {
    await aToken(tokenRef)
    await sql(
      `UPDATE "InstanceToken" SET "leaseOwner" = 'dead', "leaseUntil" = now() - interval '1 s' WHERE "instanceId" = $1`,
      [tokenRef.instanceId],
    )
    await usableToken(tokenRef, dead)
    expect((await instanceRow()).statusReason).toContain('interrupted before its response could be stored')
  })

  test('the interruption is still known after a failed attempt', async () => {
    await aToken(tokenRef)
    await sql(
      `UPDATE "InstanceToken" SET "leaseOwner" = 'dead', "leaseUntil" = now() - interval '1 s' WHERE "instanceId" = $1`,
      [tokenRef.instanceId],
    )
    await usableToken(tokenRef, down)
    await usableToken(tokenRef, dead)
    expect((await instanceRow()).statusReason).toContain('interrupted before its response could be stored')
  })

  test('an unavailable token endpoint does not end the grant', async () => {
    await aToken(tokenRef)
    expect(await usableToken(tokenRef, down)).toMatchObject({ ok: false, error: { code: 'could_not_tell' } })
    expect((await instanceRow()).status).toBe('connected')
    expect(await usableToken(tokenRef, aRefresher())).toMatchObject({ ok: true })
  })

  test('a valid token is used while the token endpoint is unavailable', async () => {
    await aToken(tokenRef, { expiresInSeconds: 30 })
    expect(await usableToken(tokenRef, down)).toMatchObject({ ok: true, value: { accessToken: 'old-access-token' } })
  })

  test('an expired token without a refresh token needs authorising again', async () => {
    await aToken(tokenRef, { refreshToken: null })
    expect(await usableToken(tokenRef, aRefresher())).toMatchObject({
      ok: false,
      error: { code: 'needs_authorising_again' },
    })
    expect((await instanceRow()).statusReason).toContain('no refresh token')
  })

  test('a token of another workspace is not found', async () => {
    await aToken(tokenRef, { expiresInSeconds: 600 })
    const foreign = await aWorkspace()
    expect(await usableToken({ ...tokenRef, workspaceId: foreign.id }, aRefresher())).toMatchObject({
      ok: false,
      error: { code: 'no_token' },
    })
  })
})

describe('a request that waits for another process’s token', () => {
  const slowlyFailing = (attempt: TokenAttempt) =>
    aSource(async () => {
      await sleep(1_200)
      return attempt
    })
  const failures: [string, TokenAttempt, string][] = [
    [
      'got no response',
      { kind: 'failed', error: { code: 'timed_out', message: 'No answer.' }, outcomeUnknown: true },
      'timed_out',
    ],
    [
      'got a server error',
      { kind: 'failed', error: { code: 'could_not_tell', message: 'Status 503.' }, outcomeUnknown: false },
      'could_not_tell',
    ],
    [
      'was refused',
      { kind: 'rejected', status: 401, error: { code: 'token_refused', message: 'invalid_client' } },
      'token_refused',
    ],
    ['ended the grant', { kind: 'grant_dead', message: 'invalid_grant' }, 'needs_authorising_again'],
  ]

  test.each(failures)(
    'gets the error when that %s, and sends no token request itself',
    async (_what, attempt, code) => {
      await aToken(tokenRef)
      const holder = slowlyFailing(attempt)
      const first = usableToken(tokenRef, holder)
      await untilAsked(holder)
      const elsewhere = await anotherProcess()
      const waiting = aRefresher()
      const waited = await elsewhere(tokenRef, waiting)
      expect(waited).toMatchObject({ ok: false, error: { code } })
      expect(waited).toEqual(await first)
      expect(waiting.obtain).not.toHaveBeenCalled()
    },
  )

  test('sends a token request if it comes later', async () => {
    await aToken(tokenRef)
    await usableToken(tokenRef, down)
    expect(await usableToken(tokenRef, aRefresher())).toMatchObject({ ok: true })
  })

  test('waits for a limited time, and the error names what it waited for', async () => {
    await aToken(tokenRef)
    await sql(
      `UPDATE "InstanceToken" SET "leaseOwner" = 'alive', "leaseUntil" = now() + interval '1 min' WHERE "instanceId" = $1`,
      [tokenRef.instanceId],
    )
    const source = aSource(isDown, { mostWaitMs: 1_000 })
    expect(await usableToken(tokenRef, source)).toEqual({
      ok: false,
      error: {
        code: 'timed_out',
        message: `Waited 1 second for a new token that another request had requested from ${source.connector}. ${source.connector} has not responded yet. Nothing was sent. Try again later.`,
      },
    })
    expect(source.obtain).not.toHaveBeenCalled()
  })

  test('stops when its caller has gone, and the others get the token', async () => {
    await aToken(tokenRef)
    const refresher = aRefresher({ answersAfterMs: 1_200 })
    const holder = globalThis as { patchbayRequests?: AsyncLocalStorage<RequestUnderWay> }
    const callers = (holder.patchbayRequests = new AsyncLocalStorage())
    onTestFinished(() => void delete holder.patchbayRequests)
    const caller = new AbortController()
    const gone = callers.run({ gone: caller.signal }, () => usableToken(tokenRef, refresher))
    const other = usableToken(tokenRef, refresher)
    await untilAsked(refresher)
    caller.abort()
    expect(await gone).toMatchObject({
      ok: false,
      error: { code: 'timed_out', message: expect.stringContaining('waited for a new token') },
    })
    expect((await tokenRow()).refreshCount).toBe(0)
    expect(await other).toMatchObject({ ok: true, value: { accessToken: 'new-access-token' } })
  })
})

describe('a token that can be obtained without a person', () => {
  const of = (obtainedFor: string, given: { answersAfterMs?: number; token?: string } = {}) =>
    aSource(
      async () => {
        await sleep(given.answersAfterMs ?? 0)
        return {
          kind: 'obtained',
          tokens: newTokens({ accessToken: given.token ?? `token-of-${obtainedFor}`, refreshToken: null, stored: [] }),
          replacesEarlier: true,
          missed: [],
        }
      },
      { obtainedFor, canRenew: () => true },
    )

  test('is obtained once by fifty users in two processes, even without a row', async () => {
    const source = of('1.1', { answersAfterMs: 1_500 })
    const elsewhere = await anotherProcess()
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, user) => (user % 2 ? usableToken : elsewhere)(tokenRef, source)),
    )
    expect(results.every((result) => result.ok && result.value.accessToken === 'token-of-1.1')).toBe(true)
    expect(source.obtain).toHaveBeenCalledTimes(1)
    expect(source.obtain.mock.calls[0]![0]).toMatchObject({ accessToken: null, refreshToken: null })
  })

  test('of earlier settings is neither used nor used to refresh; for later ones the caller reads the settings again', async () => {
    await usableToken(tokenRef, of('1.1'))
    const newer = of('1.2')
    expect(await usableToken(tokenRef, newer)).toMatchObject({
      ok: true,
      value: { accessToken: 'token-of-1.2', obtainedFor: '1.2' },
    })
    expect(newer.obtain.mock.calls[0]![0]).toMatchObject({ accessToken: null, refreshToken: null })
    const late = of('1.1')
    expect(await usableToken(tokenRef, late)).toMatchObject({ ok: false, error: { code: 'changed_by_someone_else' } })
    expect(late.obtain).not.toHaveBeenCalled()
  })

  test('of earlier settings that arrives late cannot overwrite the one of later settings', async () => {
    const late = of('1.1', { answersAfterMs: 1_200 })
    const slow = usableToken(tokenRef, late)
    await untilAsked(late)
    await sql(`UPDATE "InstanceToken" SET "leaseUntil" = now() - interval '1 s' WHERE "instanceId" = $1`, [
      tokenRef.instanceId,
    ])
    const elsewhere = await anotherProcess()
    expect(await elsewhere(tokenRef, of('1.2'))).toMatchObject({ ok: true, value: { accessToken: 'token-of-1.2' } })
    expect(await slow).toMatchObject({ ok: false, error: { code: 'changed_by_someone_else' } })
    expect(await tokenRow()).toMatchObject({ obtainedFor: '1.2', refreshCount: 0 })
  })

  test('replaces all values of the earlier one, except those that could not be looked up this time', async () => {
    const withKept = (keys: string[], missed: string[] = []) =>
      aSource(
        async () => ({
          kind: 'obtained',
          tokens: newTokens({ stored: keys.map((key) => ({ key, value: key, secret: false, expiresAt: null })) }),
          replacesEarlier: true,
          missed,
        }),
        { obtainedFor: '1.1', canRenew: () => true },
      )
    await usableToken(tokenRef, withKept(['session', 'region', 'shop']))
    await usableToken(tokenRef, withKept(['session'], ['shop']), { evenIfGood: true })
    const kept = await systemDb().keptValue.findMany({
      where: { instanceId: tokenRef.instanceId },
      orderBy: { key: 'asc' },
    })
    expect(kept.map(({ key }) => key)).toEqual(['session', 'shop'])
  })

  test('is not used once the method requires a person', async () => {
    await usableToken(tokenRef, of('1.1'))
    expect(await usableToken(tokenRef, aRefresher())).toMatchObject({ ok: false, error: { code: 'no_token' } })
  })

  test('is not requested for a deleted instance', async () => {
    const source = of('1.1')
    expect(await usableToken({ ...tokenRef, instanceId: tokenRef.workspaceId }, source)).toMatchObject({
      ok: false,
      error: { code: 'no_token' },
    })
    expect(source.obtain).not.toHaveBeenCalled()
  })
})
