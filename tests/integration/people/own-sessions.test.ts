import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor, PersonActor } from '@/lib/domain/access/actor'
import { roles } from '@/lib/domain/access/roles'
import { endOtherSessions } from '@/lib/people/end-other-sessions'
import { endSession } from '@/lib/people/end-session'
import { listSessions } from '@/lib/people/list-sessions'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import type { SessionClaims } from '@/lib/platform/session/cookie'
import { findPerson } from '@/lib/platform/session/person'
import { anActor, aSession, aWorkspace } from '@/tests/support/builders'
import { valueOf } from '@/tests/support/definition-builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'

/** A person sees and ends their own sessions in their profile, but nobody else's. */

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
let database: TestDatabase
let dana: PersonActor

beforeAll(async () => {
  database = await testDatabase()
})

beforeEach(async () => {
  dana = await anActor('read_only')
})

const isOpen = async (claims: SessionClaims) => (await findPerson(claims)) !== null
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
const unknown = { ok: false, error: { code: 'not_found', message: expect.stringContaining('not one of your open') } }

async function aSessionElsewhere(): Promise<SessionClaims & { workspaceName: string }> {
  const workspace = await aWorkspace()
  await systemDb().membership.create({ data: { workspaceId: workspace.id, userId: dana.userId, role: 'user' } })
  const session = await aSession({ workspaceId: workspace.id, userId: dana.userId }, { createdAt: daysAgo(1) })
  return { ...session, workspaceName: workspace.name }
}

describe('the list', () => {
  test('has the open sessions of the person, newest first, and marks the current one', async () => {
    const signedIn = daysAgo(2)
    const given = { createdAt: signedIn, userAgent: firefox, address: '203.0.113.7' }
    const { sessionId } = await aSession(dana, given)
    await anActor('administrator', dana.workspaceId)
    const { items, total } = valueOf(await listSessions(dana, {}))
    expect(total).toBe(2)
    expect(items[0]).toMatchObject({ id: dana.sessionId, isCurrent: true, device: 'Unknown device', address: null })
    expect(items[1]).toMatchObject({
      id: sessionId,
      isCurrent: false,
      device: 'Firefox on Windows',
      address: '203.0.113.7',
      signedInAt: signedIn.toISOString(),
      otherWorkspace: null,
    })
  })

  test('leaves out sessions that were ended, have expired, or were not used for three days', async () => {
    await aSession(dana, { endedAt: new Date() })
    await aSession(dana, { endsAt: daysAgo(0) })
    await aSession(dana, { lastSeenAt: daysAgo(3) })
    expect(valueOf(await listSessions(dana, {})).items.map(({ id }) => id)).toEqual([dana.sessionId])
  })

  test('names the workspace of a session elsewhere', async () => {
    const { sessionId, workspaceName } = await aSessionElsewhere()
    const { items } = valueOf(await listSessions(dana, {}))
    expect(items.map(({ id, otherWorkspace }) => [id, otherWorkspace])).toEqual([
      [dana.sessionId, null],
      [sessionId, workspaceName],
    ])
  })

  test('has pages that contain each session once', async () => {
    for (let hour = 0; hour < 60; hour += 1) await aSession(dana, { createdAt: daysAgo(1 + hour / 24) })
    const first = valueOf(await listSessions(dana, {}))
    const second = valueOf(await listSessions(dana, { after: first.nextCursor! }))
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([50, 11, null])
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(61)
  })
})

describe('ending a session', () => {
  test('takes effect immediately, for every role, and is in the audit log', async () => {
    for (const role of roles) {
      const person = await anActor(role)
      const other = await aSession(person, { userAgent: firefox })
      expect(await endSession(person, { sessionId: other.sessionId })).toEqual({ ok: true, value: null })
      expect([await isOpen(other), await isOpen(person)]).toEqual([false, true])
      expect(
        await database.sql(
          `SELECT "action", "objectType", "objectId", "objectName" FROM "AuditLog" WHERE "userId" = $1`,
          [person.userId],
        ),
      ).toEqual([
        { action: 'end_session', objectType: 'session', objectId: other.sessionId, objectName: 'Firefox on Windows' },
      ])
    }
  })

  test('of someone else is refused as unknown, also for an administrator, and the session stays open', async () => {
    const admin = await anActor('administrator', dana.workspaceId)
    expect(await endSession(admin, { sessionId: dana.sessionId })).toMatchObject(unknown)
    expect(await endSession(admin, { sessionId: newId() })).toMatchObject(unknown)
    expect(await endSession(admin, { sessionId: 'no-id' })).toMatchObject(unknown)
    expect(await isOpen(dana)).toBe(true)
    expect(await database.sql(`SELECT 1 FROM "AuditLog" WHERE "userId" = $1`, [admin.userId])).toEqual([])
  })

  test('in two tabs at the same time ends it once', async () => {
    const { sessionId } = await aSession(dana)
    const results = await Promise.all([endSession(dana, { sessionId }), endSession(dana, { sessionId })])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await database.sql(`SELECT 1 FROM "AuditLog" WHERE "objectId" = $1`, [sessionId])).toHaveLength(1)
  })

  test('also ends the person’s sessions in other workspaces', async () => {
    const elsewhere = await aSessionElsewhere()
    expect(await endSession(dana, { sessionId: elsewhere.sessionId })).toMatchObject({ ok: true })
    expect(await isOpen(elsewhere)).toBe(false)
  })
})

describe('ending all others', () => {
  test('does not end the current session or those of other people', async () => {
    const colleague = await anActor('user', dana.workspaceId)
    const [one, elsewhere] = [await aSession(dana), await aSessionElsewhere()]
    expect(await endOtherSessions(dana, {})).toEqual({ ok: true, value: { ended: 2 } })
    expect(await Promise.all([one, elsewhere, dana, colleague].map(isOpen))).toEqual([false, false, true, true])
    expect(await database.sql(`SELECT "action", "changes" FROM "AuditLog" WHERE "userId" = $1`, [dana.userId])).toEqual(
      [{ action: 'end_other_sessions', changes: { fields: [{ field: 'ended', to: 2 }] } }],
    )
  })

  test('writes nothing if there are none', async () => {
    expect(await endOtherSessions(dana, {})).toEqual({ ok: true, value: { ended: 0 } })
    expect(await database.sql(`SELECT 1 FROM "AuditLog" WHERE "userId" = $1`, [dana.userId])).toEqual([])
  })
})

test('an API key of the person can neither see nor end sessions', async () => {
  const { workspaceId, userId: ownerId, sessionId } = dana
  const key: Actor = {
    ...{ kind: 'api_key', callOnly: false, workspaceId, label: 'Nightly', keyId: newId(), ownerId },
    ...{ role: 'administrator', limits: null },
  }
  const refused = { ok: false, error: { code: 'not_allowed' } }
  expect(await listSessions(key, {})).toMatchObject(refused)
  expect(await endSession(key, { sessionId })).toMatchObject(refused)
  expect(await endOtherSessions(key, {})).toMatchObject(refused)
  expect(await isOpen(dana)).toBe(true)
})
