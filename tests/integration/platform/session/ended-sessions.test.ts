import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { idleForm } from '@/lib/platform/forms/form-state'
import { systemDb } from '@/lib/platform/db/client'
import { signInAction, signOutAction } from '@/lib/platform/session/actions'
import { currentActor } from '@/lib/platform/session/actor'
import { boundedUserAgent } from '@/lib/platform/session/client'
import { encodeSession, sessionCookieName, type SessionClaims } from '@/lib/platform/session/cookie'
import { handleNextAuth } from '@/lib/platform/session/next-auth-handler'
import { openSession } from '@/lib/platform/session/open-session'
import { hashPassword } from '@/lib/platform/session/password'
import { findPerson } from '@/lib/platform/session/person'
import { setPassword } from '@/lib/people/set-password'
import { anActor, aSession, aWorkspace, noClient } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { browser, redirectOf } from '@/tests/support/request-scope'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)
vi.mock('next/navigation', async () => (await import('@/tests/support/request-scope')).nextNavigation)

/** A session is open while its row says so, whatever its cookie says (DATA §1). */

const password = 'correct-horse-battery'
let database: TestDatabase
let dana: PersonActor
let email: string
let passwordHash: string

beforeAll(async () => {
  database = await testDatabase()
  passwordHash = await hashPassword(password)
})

beforeEach(async () => {
  browser.cookies.clear()
  browser.headers = new Headers()
  dana = await anActor('manager')
  const user = await systemDb().user.update({
    where: { id: dana.userId },
    data: { passwordHash },
    select: { email: true },
  })
  email = user.email
})

async function signIn(): Promise<string> {
  const data = new FormData()
  data.set('email', email)
  data.set('password', password)
  await redirectOf(signInAction(idleForm, data))
  return browser.cookies.get(sessionCookieName())!
}

const minute = 60_000
const day = 24 * 60 * minute
const ago = (ms: number) => new Date(Date.now() - ms)
const rowOf = ({ sessionId }: SessionClaims) => systemDb().session.findUniqueOrThrow({ where: { id: sessionId } })

describe('signing out', () => {
  test('ends the session: a cookie that was copied before opens nothing afterwards', async () => {
    const cookie = await signIn()
    expect((await currentActor())?.userId).toBe(dana.userId)
    await redirectOf(signOutAction())
    browser.cookies.set(sessionCookieName(), cookie)
    expect(await currentActor()).toBeNull()
  })

  test('leaves the other sessions of the person open', async () => {
    await signIn()
    await redirectOf(signOutAction())
    expect(await findPerson(dana)).not.toBeNull()
  })
})

describe('/api/auth/session', () => {
  async function ask(method = 'GET'): Promise<Response> {
    const request = new Request('http://localhost:3000/api/auth/session', { method })
    return handleNextAuth(request, { params: Promise.resolve({ nextauth: ['session'] }) })
  }

  test('sets no cookie and moves no end, however it is asked', async () => {
    await signIn()
    const [before] = await systemDb().session.findMany({ where: { userId: dana.userId, NOT: { id: dana.sessionId } } })
    for (const method of ['GET', 'POST']) {
      const response = await ask(method)
      expect(response.headers.getSetCookie()).toEqual([])
      expect(await response.json()).toEqual({ expires: before!.endsAt.toISOString() })
    }
    expect(await systemDb().session.findUnique({ where: { id: before!.id } })).toEqual(before)
  })

  test('does not count as use of the session', async () => {
    const idle = await aSession(dana, { lastSeenAt: ago(2 * day) })
    browser.cookies.set(sessionCookieName(), await encodeSession(idle))
    const before = await rowOf(idle)
    await ask()
    expect(await (await ask()).json()).not.toEqual({})
    expect((await rowOf(idle)).lastSeenAt).toEqual(before.lastSeenAt)
  })

  test('says nothing about a session that has ended', async () => {
    browser.cookies.set(sessionCookieName(), await encodeSession(await aSession(dana, { endedAt: new Date() })))
    expect(await (await ask()).json()).toEqual({})
  })
})

describe('a session expires', () => {
  test('14 days after signing in, although it was in use until then', async () => {
    const started = Date.now()
    await signIn()
    const [row] = await systemDb().session.findMany({ where: { userId: dana.userId, NOT: { id: dana.sessionId } } })
    expect(Math.abs(row!.endsAt.getTime() - started - 14 * day)).toBeLessThan(minute)
    await systemDb().session.update({ where: { id: row!.id }, data: { createdAt: ago(14 * day), endsAt: new Date() } })
    expect(await currentActor()).toBeNull()
  })

  test('three days after its last use', async () => {
    expect(await findPerson(await aSession(dana, { lastSeenAt: ago(3 * day - minute) }))).not.toBeNull()
    expect(await findPerson(await aSession(dana, { lastSeenAt: ago(3 * day) }))).toBeNull()
  })
})

describe('a cookie is valid only for its own row', () => {
  test('a session of somebody else opens nothing', async () => {
    const robin = await anActor('administrator', dana.workspaceId)
    expect(await findPerson({ ...dana, sessionId: robin.sessionId })).toBeNull()
    expect(await findPerson({ ...robin, sessionId: dana.sessionId })).toBeNull()
  })

  test('nor does a session of another workspace of the same person', async () => {
    const other = await aWorkspace()
    await systemDb().membership.create({ data: { workspaceId: other.id, userId: dana.userId, role: 'administrator' } })
    const elsewhere = await aSession({ workspaceId: other.id, userId: dana.userId })
    expect(await findPerson(elsewhere)).not.toBeNull()
    expect(await findPerson({ ...elsewhere, workspaceId: dana.workspaceId })).toBeNull()
    expect(await findPerson({ ...dana, workspaceId: other.id })).toBeNull()
  })

  test('a cookie of an earlier version, which contains no session, leads to the log-in', async () => {
    const { encode } = await import('next-auth/jwt')
    const token = { sub: dana.userId, workspaceId: dana.workspaceId, sessionVersion: 1 }
    const value = await encode({ token, secret: process.env.PATCHBAY_SESSION_SECRET! })
    browser.cookies.set(sessionCookieName(), value)
    expect(await currentActor()).toBeNull()
  })
})

describe('the last use', () => {
  /** Every write of the row, counted by the database itself. */
  async function countWrites(): Promise<() => Promise<number>> {
    await database.sql(`CREATE TABLE "Writes" ("sessionId" uuid)`)
    await database.sql(`CREATE FUNCTION count_write() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO "Writes" VALUES (NEW."id"); RETURN NEW; END $$`)
    await database.sql(
      `CREATE TRIGGER count_writes BEFORE UPDATE ON "Session" FOR EACH ROW EXECUTE FUNCTION count_write()`,
    )
    onTestFinished(async () => {
      await database.sql(`DROP FUNCTION count_write CASCADE`)
      await database.sql(`DROP TABLE "Writes"`)
    })
    return async () => (await database.sql(`SELECT 1 FROM "Writes"`)).length
  }

  /** A copy of the modules, as another process has them. */
  async function findPersonElsewhere(): Promise<typeof findPerson> {
    vi.resetModules()
    return (await import('@/lib/platform/session/person')).findPerson
  }

  test('is written once by 50 requests at the same time in each of two processes', async () => {
    const session = await aSession(dana, { lastSeenAt: ago(2 * minute) })
    const elsewhere = await findPersonElsewhere()
    const writes = await countWrites()
    const requests = Array.from({ length: 50 }, () => [findPerson(session), elsewhere(session)]).flat()
    expect((await Promise.all(requests)).every((person) => person !== null)).toBe(true)
    await expect.poll(async () => (await rowOf(session)).lastSeenAt.getTime()).toBeGreaterThan(Date.now() - minute)
    await findPerson(session)
    expect(await writes()).toBe(1)
  })

  test('is not written within a minute', async () => {
    const session = await aSession(dana, { lastSeenAt: ago(minute / 2) })
    const older = await aSession(dana, { lastSeenAt: ago(2 * minute) })
    const before = await rowOf(session)
    await findPerson(session)
    await findPerson(older)
    await expect.poll(async () => (await rowOf(older)).lastSeenAt.getTime()).toBeGreaterThan(Date.now() - minute)
    expect((await rowOf(session)).lastSeenAt).toEqual(before.lastSeenAt)
  })

  test('does not fail a request if it cannot be written', async () => {
    const session = await aSession(dana, { lastSeenAt: ago(2 * minute) })
    await database.sql(`CREATE FUNCTION refuse_write() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'disk full'; END $$`)
    await database.sql(
      `CREATE TRIGGER refuse_writes BEFORE UPDATE ON "Session" FOR EACH ROW EXECUTE FUNCTION refuse_write()`,
    )
    onTestFinished(() => database.sql(`DROP FUNCTION refuse_write CASCADE`).then(() => {}))
    expect(await findPerson(session)).not.toBeNull()
  })

  test('delays no request: the response arrives while the row is locked', async () => {
    const session = await aSession(dana, { lastSeenAt: ago(2 * minute) })
    await systemDb().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Session" WHERE "id" = ${session.sessionId}::uuid FOR UPDATE`
      expect(await findPerson(session)).not.toBeNull()
    })
  })
})

describe('a sign-in that is overtaken', () => {
  test('by a new password opens no session', async () => {
    await setPassword(dana.workspaceId, email, 'another long password')
    expect(await openSession(systemDb(), { ...dana, passwordHash }, noClient)).toBeNull()
  })

  test('opens one that the new password ends, or none: never one that outlives it', { timeout: 30_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      await systemDb().user.update({ where: { id: dana.userId }, data: { passwordHash } })
      const [, ...opened] = await Promise.all([
        setPassword(dana.workspaceId, email, 'another long password'),
        ...Array.from({ length: 20 }, () => openSession(systemDb(), { ...dana, passwordHash }, noClient)),
      ])
      for (const claims of opened) if (claims) expect(await findPerson(claims)).toBeNull()
    }
  })
})

describe('what a session stores about the browser', () => {
  test('is a bounded, well-formed line, and the address of the nearest proxy', async () => {
    browser.headers = new Headers({
      'user-agent': `Mozilla/5.0\t${'x'.repeat(5_000)}`,
      'x-forwarded-for': '1.1.1.1, 203.0.113.7',
    })
    await signIn()
    const [row] = await systemDb().session.findMany({ where: { userId: dana.userId, NOT: { id: dana.sessionId } } })
    expect(row).toMatchObject({ address: '203.0.113.7' })
    expect(row!.userAgent).toMatch(/^Mozilla\/5\.0 x+$/)
    expect(row!.userAgent.length).toBeLessThanOrEqual(256)
  })

  test.each([
    ['a\u0000b\u2028c\u202ed', 'a b c d'],
    [`${'x'.repeat(255)}\u{1f600}`, `${'x'.repeat(255)}\ufffd`],
    [null, ''],
  ])('%j becomes %j', (header, kept) => {
    expect(boundedUserAgent(header)).toBe(kept)
  })
})
