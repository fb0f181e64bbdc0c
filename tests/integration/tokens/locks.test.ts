import { Client } from 'pg'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { systemDb, workspaceDb } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import type { PersonActor } from '@/lib/domain/access/actor'
import { applyInstanceSettings } from '@/lib/credentials/apply-instance-settings'
import type { TokenAttempt } from '@/lib/tokens/types'
import { usableToken } from '@/lib/tokens/usable-token'
import {
  acmeConnector,
  acmeInstance,
  acmeMethod,
  acmeOAuthValues,
  typedSettings,
  type AcmeMethod,
} from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'
import { aToken } from '@/tests/support/token-builders'

const database = await testDatabase()

let actor: PersonActor
let method: AcmeMethod
let instanceId: string

beforeEach(async () => {
  actor = await anActor('manager')
  const acme = await acmeConnector(actor.workspaceId, 'https://api.acme.test')
  method = await acmeMethod(acme, 'oauth2_authorization_code')
  instanceId = (await acmeInstance(acme, method, acmeOAuthValues)).id
})

/** Another process in the middle of a transaction. */
async function anotherProcess() {
  const session = new Client({ connectionString: database.url })
  await session.connect()
  onTestFinished(() => session.end())
  await session.query('BEGIN')
  return session
}

async function untilSomebodyWaits() {
  const waiting = `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  await vi.waitFor(
    async () => expect((await database.sql<{ waiting: number }>(waiting))[0]!.waiting).toBeGreaterThan(0),
    5_000,
  )
}

const tokens = {
  accessToken: 'new',
  refreshToken: 'new-refresh',
  tokenType: 'Bearer',
  scope: null,
  expiresAt: null,
  stored: [{ key: 'region', value: 'eu', secret: false, expiresAt: null }],
}

const source = (attempt: TokenAttempt) => ({
  connector: 'Acme',
  settings: '1.1',
  obtainedFor: '',
  isDue: () => true,
  mostWaitMs: 70_000,
  canRenew: () => true,
  obtain: async () => attempt,
})

describe('an authorisation that completes while the earlier grant is refreshed', () => {
  test.each<[string, TokenAttempt]>([
    ['is no longer valid', { kind: 'grant_dead', message: 'The third party refused.' }],
    ['is renewed', { kind: 'obtained', tokens, replacesEarlier: false, missed: [] }],
  ])('succeeds when the earlier grant %s, because both take their locks in the same order', async (_how, attempt) => {
    const tokenId = await aToken({ workspaceId: actor.workspaceId, instanceId })
    const finishing = await anotherProcess()
    await finishing.query(`UPDATE "Instance" SET "name" = 'Renamed', "foldedName" = 'renamed' WHERE "id" = $1`, [
      instanceId,
    ])
    const refreshing = usableToken({ workspaceId: actor.workspaceId, instanceId, name: 'default' }, source(attempt))
    await untilSomebodyWaits()
    await finishing.query(
      `UPDATE "InstanceToken" SET "fence" = "fence" + 1, "leaseOwner" = NULL, "leaseUntil" = NULL, "sealedAccessToken" = 'v1.another' WHERE "id" = $1`,
      [tokenId],
    )
    await finishing.query('ROLLBACK')
    expect(await refreshing).toMatchObject(
      attempt.kind === 'obtained' ? { ok: true } : { ok: false, error: { code: 'needs_authorising_again' } },
    )
  })
})

test('many saves of an outdated form are all refused: none waits for a connection while it uses one', async () => {
  const settings = typedSettings(method, 'Renamed', {})
  const save = () =>
    commitUnlessRefused(workspaceDb(actor.workspaceId), (tx) =>
      applyInstanceSettings(tx, actor, { instanceId, baseRevision: 7 }, settings),
    )
  await systemDb().instance.updateMany({ where: { id: instanceId }, data: { updatedById: actor.userId } })
  const answers = await Promise.all(Array.from({ length: 30 }, save))
  for (const answer of answers)
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'changed_by_someone_else', message: expect.stringContaining(actor.label) },
    })
})

test('a transaction that the database ended because of a deadlock is repeated', async () => {
  const db = workspaceDb(actor.workspaceId)
  const [first, second] = [
    await systemDb().user.create({ data: { email: `${instanceId}@a.test`, name: 'A', passwordHash: '' } }),
    await systemDb().user.create({ data: { email: `${instanceId}@b.test`, name: 'B', passwordHash: '' } }),
  ]
  const other = await anotherProcess()
  await other.query(`SET LOCAL deadlock_timeout = '20s'`)
  await other.query(`UPDATE "User" SET "name" = 'B2' WHERE "id" = $1`, [second.id])
  let attempts = 0
  const committing = commitUnlessRefused(db, async (tx) => {
    attempts += 1
    await tx.user.update({ where: { id: first.id }, data: { name: 'A1' } })
    await tx.user.update({ where: { id: second.id }, data: { name: 'B1' } })
    return { ok: true, value: null }
  })
  await untilSomebodyWaits()
  const blocked = other.query(`UPDATE "User" SET "name" = 'A2' WHERE "id" = $1`, [first.id])
  await blocked
  await other.query('COMMIT')
  expect(await committing).toEqual({ ok: true, value: null })
  expect(attempts).toBe(2)
})

/** Connections that are running the slow statement. */
async function sleepers(): Promise<number> {
  const [row] = await database.sql<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`,
  )
  return row!.count
}

test('a change that arrives while every connection is busy waits for one', async () => {
  const db = workspaceDb(actor.workspaceId)
  const busy = Array.from({ length: 10 }, () => db.$transaction((tx) => tx.$executeRaw`SELECT pg_sleep(3)`))
  await expect.poll(sleepers, { interval: 10, timeout: 5_000 }).toBe(10)
  const saved = commitUnlessRefused(db, (tx) =>
    applyInstanceSettings(tx, actor, { instanceId, baseRevision: 1 }, typedSettings(method, 'Renamed', {})),
  )
  expect(await saved).toMatchObject({ ok: true })
  await Promise.all(busy)
})
