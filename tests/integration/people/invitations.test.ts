import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { foldName } from '@/lib/domain/names'
import { acceptInvitation } from '@/lib/people/accept-invitation'
import { changePassword } from '@/lib/people/change-password'
import { createResetLink } from '@/lib/people/create-reset-link'
import { findInvitation } from '@/lib/people/find-invitation'
import { findReset } from '@/lib/people/find-reset'
import { invitePerson } from '@/lib/people/invite-person'
import { listInvitations } from '@/lib/people/list-invitations'
import { listPeople } from '@/lib/people/list-people'
import { removePerson } from '@/lib/people/remove-person'
import { renewInvitation } from '@/lib/people/renew-invitation'
import { resetPassword } from '@/lib/people/reset-password'
import { saveProfile } from '@/lib/people/save-profile'
import { switchWorkspace } from '@/lib/people/switch-workspace'
import { withdrawInvitation } from '@/lib/people/withdraw-invitation'
import { systemDb } from '@/lib/platform/db/client'
import { endSessions } from '@/lib/platform/session/end-sessions'
import { hashPassword } from '@/lib/platform/session/password'
import { findPerson } from '@/lib/platform/session/person'
import { signInWithPassword } from '@/lib/platform/session/sign-in'
import { anActor, aUser, noClient, next } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'

// Invitations, reset links, and what people change of their own account.

let database: TestDatabase
let admin: PersonActor

beforeAll(async () => {
  database = await testDatabase()
})
beforeEach(async () => {
  admin = await anActor('administrator')
})

const password = 'correct horse battery'
const typed = { name: 'Robin', password }
const tokenIn = ({ url }: { url: string }) => url.slice(url.lastIndexOf('/') + 1)
const newEmail = () => `robin-${next()}@example.com`

async function invited(email = newEmail(), by = admin) {
  return { email, token: tokenIn(valueOf(await invitePerson(by, { email, role: 'manager' }))) }
}

const userOf = (email: string) => systemDb().user.findUnique({ where: { email }, include: { memberships: true } })
const auditOf = (workspaceId: string) =>
  database.sql<{ action: string; actorName: string; objectName: string; changes: unknown }>(
    `SELECT "action", "actorName", "objectName", "changes" -> 'fields' AS "changes" FROM "AuditLog" WHERE "workspaceId" = $1 ORDER BY "at", "id"`,
    [workspaceId],
  )
const isOpen = async (claims: Parameters<typeof findPerson>[0]) => (await findPerson(claims)) !== null
const link = (code: string) => ({ ok: false, error: { code } })

describe('an invitation', () => {
  test('makes a new person with its role, who is signed in', async () => {
    const { email, token } = await invited()
    const claims = valueOf(await acceptInvitation(token, typed, null, noClient))
    expect(await findPerson(claims)).toMatchObject({
      email,
      actor: { role: 'manager', label: 'Robin', workspaceId: admin.workspaceId },
    })
    expect(await signInWithPassword({ email, ...noClient }, password)).toMatchObject({ ok: true })
  })

  test('is stored as a hash, and its token is in no row of any table', async () => {
    const { token } = await invited()
    await acceptInvitation(token, typed, null, noClient)
    const open = await invited()
    for (const text of [token, open.token])
      for (const table of ['Invitation', 'AuditLog', 'User'])
        expect(await database.sql(`SELECT 1 FROM "${table}" t WHERE t::text LIKE '%' || $1 || '%'`, [text])).toEqual([])
  })

  test('is accepted once, also when the link is opened ten times at once', async () => {
    const { email, token } = await invited()
    const results = await Promise.all(Array.from({ length: 10 }, () => acceptInvitation(token, typed, null, noClient)))
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await userOf(email))!.memberships).toHaveLength(1)
    for (const result of results.filter(({ ok }) => !ok))
      expect(['link_unknown', 'not_signed_in']).toContain(result.ok ? '' : result.error.code)
  })

  test('never gives access to an account that exists: its person must be signed in', async () => {
    const account = await aUser({ passwordHash: await hashPassword(password) })
    const other = await anActor('administrator')
    await systemDb().membership.create({
      data: { workspaceId: other.workspaceId, userId: account.id, role: 'user' },
    })
    const { token } = await invited(account.email)
    for (const signedIn of [null, other])
      expect(
        await acceptInvitation(token, { name: 'Mallory', password: 'a stolen passphrase' }, signedIn, noClient),
      ).toMatchObject(link('not_signed_in'))
    expect(await signInWithPassword({ email: account.email, ...noClient }, 'a stolen passphrase')).toMatchObject({
      ok: false,
    })

    const claims = valueOf(await signInWithPassword({ email: account.email, ...noClient }, password))
    const self = (await findPerson(claims))!.actor
    const joined = valueOf(await acceptInvitation(token, null, self, noClient))
    expect(joined).toEqual({ ...claims, workspaceId: admin.workspaceId })
    expect(await isOpen(joined)).toBe(true)
    expect(await isOpen(claims), 'a copy of the old cookie').toBe(false)
  })

  test('is unknown once withdrawn, renewed or accepted, and says so when it has expired', async () => {
    const withdrawn = await invited()
    const { items } = valueOf(await listInvitations(admin, {}))
    await withdrawInvitation(admin, { invitationId: items[0]!.id })
    const renewed = await invited()
    const listed = valueOf(await listInvitations(admin, {})).items[0]!
    const newer = tokenIn(valueOf(await renewInvitation(admin, { invitationId: listed.id })))
    for (const token of [withdrawn.token, renewed.token, '', 'x'.repeat(43), 'x\u0000'.repeat(20)]) {
      expect(await findInvitation(token)).toMatchObject(link('link_unknown'))
      expect(await acceptInvitation(token, typed, null, noClient)).toMatchObject(link('link_unknown'))
    }
    expect(await findInvitation(newer)).toMatchObject({ ok: true, value: { email: renewed.email } })
    await database.sql(`UPDATE "Invitation" SET "expiresAt" = now() WHERE "id" = $1`, [listed.id])
    expect(await acceptInvitation(newer, typed, null, noClient)).toMatchObject(link('link_expired'))
    expect(valueOf(await listInvitations(admin, {})).items[0]).toMatchObject({ expired: true })
  })

  test('is refused for members and for the invited, also in the same moment', async () => {
    const email = newEmail()
    const both = await Promise.all([
      invitePerson(admin, { email, role: 'user' }),
      invitePerson(admin, { email: email.toUpperCase(), role: 'user' }),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'name_taken', field: 'email' } })
    const member = await anActor('user', admin.workspaceId)
    const { email: taken } = (await systemDb().user.findUnique({ where: { id: member.userId } }))!
    expect(await invitePerson(admin, { email: taken, role: 'user' })).toMatchObject({ error: { field: 'email' } })
  })

  test('is in the audit log with who invited, who accepted and the role', async () => {
    const { email, token } = await invited()
    await acceptInvitation(token, typed, null, noClient)
    expect(await auditOf(admin.workspaceId)).toMatchObject([
      {
        action: 'invite_person',
        actorName: admin.label,
        objectName: email,
        changes: [{ field: 'role', to: 'manager' }],
      },
      { action: 'accept_invitation', actorName: 'Robin', objectName: 'Robin' },
    ])
  })
})

describe('a reset link', () => {
  async function aMember() {
    const member = await anActor('user', admin.workspaceId)
    const { email } = await systemDb().user.update({
      where: { id: member.userId },
      data: { passwordHash: await hashPassword(password) },
    })
    return { member, email }
  }

  test('sets a new password once, ends all sessions and signs the person in', async () => {
    const { member, email } = await aMember()
    const token = tokenIn(valueOf(await createResetLink(admin, { userId: member.userId })))
    const [one, two] = await Promise.all([
      resetPassword(token, 'the first new passphrase', noClient),
      resetPassword(token, 'the second new passphrase', noClient),
    ])
    expect([one, two].filter(({ ok }) => ok)).toHaveLength(1)
    expect(await isOpen(member)).toBe(false)
    const claims = valueOf([one, two].find(({ ok }) => ok)!)
    expect(await isOpen(claims)).toBe(true)
    const works = one.ok ? 'the first new passphrase' : 'the second new passphrase'
    expect(await signInWithPassword({ email, ...noClient }, works)).toMatchObject({ ok: true })
    expect(await signInWithPassword({ email, ...noClient }, password)).toMatchObject({ ok: false })
    expect(await findReset(token)).toMatchObject(link('link_unknown'))
  })

  test('replaces an earlier one, expires, and ends with the membership', async () => {
    const { member } = await aMember()
    const first = tokenIn(valueOf(await createResetLink(admin, { userId: member.userId })))
    const second = tokenIn(valueOf(await createResetLink(admin, { userId: member.userId })))
    expect(await findReset(first)).toMatchObject(link('link_unknown'))
    expect(await findReset(second)).toMatchObject({ ok: true })
    await database.sql(`UPDATE "PasswordReset" SET "expiresAt" = now() WHERE "userId" = $1`, [member.userId])
    expect(await resetPassword(second, 'a new long passphrase', noClient)).toMatchObject(link('link_expired'))

    const third = tokenIn(valueOf(await createResetLink(admin, { userId: member.userId })))
    const elsewhere = await anActor('administrator')
    await systemDb().membership.create({
      data: { workspaceId: elsewhere.workspaceId, userId: member.userId, role: 'user' },
    })
    await removePerson(admin, { userId: member.userId })
    expect(await resetPassword(third, 'a new long passphrase', noClient)).toMatchObject(link('link_unknown'))
  })

  test('is refused where it would open a workspace that the administrator does not administer', async () => {
    const { member } = await aMember()
    const elsewhere = await anActor('administrator')
    await systemDb().membership.create({
      data: { workspaceId: elsewhere.workspaceId, userId: member.userId, role: 'user' },
    })
    expect(await createResetLink(admin, { userId: member.userId })).toMatchObject(link('not_allowed'))
    await systemDb().membership.create({
      data: { workspaceId: elsewhere.workspaceId, userId: admin.userId, role: 'manager' },
    })
    expect(await createResetLink(admin, { userId: member.userId })).toMatchObject(link('not_allowed'))
    await systemDb().membership.updateMany({
      where: { workspaceId: elsewhere.workspaceId, userId: admin.userId },
      data: { role: 'administrator' },
    })
    expect(await createResetLink(admin, { userId: member.userId })).toMatchObject({ ok: true })
    expect(await createResetLink(admin, { userId: admin.userId }), 'oneself').toMatchObject(link('not_allowed'))
  })

  test('and signing in at the same time never deadlock', async () => {
    const { member, email } = await aMember()
    for (let round = 0; round < 5; round += 1) {
      const token = tokenIn(valueOf(await createResetLink(admin, { userId: member.userId })))
      const passphrase = `passphrase number ${round}`
      const results = await Promise.all([
        resetPassword(token, passphrase, noClient),
        ...Array.from({ length: 4 }, () => signInWithPassword({ email, ...noClient }, passphrase)),
      ])
      expect(results[0]).toMatchObject({ ok: true })
    }
  })
})

describe('a person’s own account', () => {
  test('keeps this session when the password changes, and ends the others in all workspaces', async () => {
    const self = await anActor('read_only')
    await systemDb().user.update({
      where: { id: self.userId },
      data: { passwordHash: await hashPassword(password) },
    })
    const { email } = (await userOf((await systemDb().user.findUnique({ where: { id: self.userId } }))!.email))!
    const other = valueOf(await signInWithPassword({ email, ...noClient }, password))
    expect(await changePassword(self, { currentPassword: 'wrong', newPassword: 'a new passphrase' })).toMatchObject({
      error: { code: 'invalid_input', field: 'currentPassword' },
    })
    expect(await isOpen(other)).toBe(true)
    const changed = await changePassword(self, { currentPassword: password, newPassword: 'a new passphrase' })
    expect(changed).toMatchObject({ ok: true, value: { endedSessions: 1 } })
    expect(await isOpen(other)).toBe(false)
    expect(await isOpen(self)).toBe(true)
    expect(await auditOf(self.workspaceId)).toMatchObject([
      { action: 'change_password', changes: [{ field: 'password', how: 'replaced' }] },
    ])
  })

  test('shows a changed name in the lists of all workspaces, in its new order', async () => {
    const elsewhere = await anActor('administrator')
    await systemDb().membership.create({
      data: { workspaceId: elsewhere.workspaceId, userId: admin.userId, role: 'user', foldedName: 'zoe' },
    })
    await saveProfile(admin, { name: 'Aaron', timeZone: 'Asia/Kathmandu' })
    const listed = valueOf(await listPeople(elsewhere, {})).items.map(({ name }) => name)
    expect(listed[0]).toBe('Aaron')
    expect(await saveProfile(admin, { name: 'Aaron', timeZone: 'Mars/Olympus' })).toMatchObject({
      error: { code: 'invalid_input', field: 'timeZone' },
    })
  })
})

describe('switching the workspace', () => {
  async function inTwo() {
    const elsewhere = await anActor('administrator')
    await systemDb().membership.create({
      data: { workspaceId: elsewhere.workspaceId, userId: admin.userId, role: 'user' },
    })
    return elsewhere.workspaceId
  }
  const endsAt = async ({ sessionId }: { sessionId: string }) =>
    (await systemDb().session.findUnique({ where: { id: sessionId } }))?.endsAt

  test('moves the session, whose end stays, and applies the role there', async () => {
    const there = await inTwo()
    const before = await endsAt(admin)
    expect(await switchWorkspace(admin, { workspaceId: there })).toEqual({ ok: true, value: { workspaceId: there } })
    expect(await endsAt(admin)).toEqual(before)
    expect(await findPerson({ ...admin, workspaceId: there })).toMatchObject({ actor: { role: 'user' } })
    expect(await isOpen(admin), 'the old cookie').toBe(false)
  })

  test('is refused for a workspace of others, and for a session that has ended', async () => {
    const stranger = await anActor('administrator')
    expect(await switchWorkspace(admin, { workspaceId: stranger.workspaceId })).toMatchObject(link('not_found'))
    const there = await inTwo()
    await endSessions(systemDb(), { userId: admin.userId })
    expect(await switchWorkspace(admin, { workspaceId: there })).toMatchObject(link('not_found'))
  })

  test('does not let a session escape that is ended in the same moment', async () => {
    const there = await inTwo()
    for (let round = 0; round < 10; round += 1) {
      await systemDb().session.update({
        where: { id: admin.sessionId },
        data: { endedAt: null, workspaceId: admin.workspaceId },
      })
      await Promise.all([
        switchWorkspace(admin, { workspaceId: there }),
        endSessions(systemDb(), { userId: admin.userId }),
      ])
      const open = await systemDb().session.count({ where: { userId: admin.userId, endedAt: null } })
      expect(open).toBe(0)
    }
  })
})

describe('the keys of a removed person', () => {
  const aKey = (ownerId: string, name: string) =>
    systemDb().apiKey.create({
      data: {
        workspaceId: admin.workspaceId,
        ownerId,
        name,
        foldedName: foldName(name),
        role: 'user',
        keyHash: `hash-${next()}`,
        prefix: 'pb_test',
      },
    })

  test('are taken over if the administrator chose them, and revoked otherwise', async () => {
    const member = await anActor('manager', admin.workspaceId)
    const [taken, other] = [await aKey(member.userId, 'Nightly job'), await aKey(member.userId, 'Old script')]
    const foreign = await anActor('administrator')
    const theirs = await systemDb().apiKey.create({
      data: {
        workspaceId: foreign.workspaceId,
        ownerId: foreign.userId,
        name: 'Theirs',
        foldedName: 'theirs',
        role: 'user',
        keyHash: `hash-${next()}`,
        prefix: 'pb_x',
      },
    })
    expect(await removePerson(admin, { userId: member.userId, takeOver: [taken.id, theirs.id] })).toMatchObject({
      ok: true,
    })
    const keyOf = (id: string) => systemDb().apiKey.findUnique({ where: { id } })
    expect(await keyOf(taken.id)).toMatchObject({ ownerId: admin.userId, revokedAt: null })
    expect(await keyOf(other.id)).toMatchObject({ ownerId: null, revokedAt: expect.any(Date) })
    expect(await keyOf(theirs.id)).toMatchObject({ ownerId: foreign.userId, revokedAt: null })
    expect((await auditOf(admin.workspaceId)).map(({ action, objectName }) => `${action} ${objectName}`)).toEqual([
      'take_over_api_key Nightly job',
      'revoke_api_key Old script',
      `remove_person ${member.label}`,
    ])
  })

  test('never go to an administrator who is removed in the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      const other = await anActor('administrator', admin.workspaceId)
      const member = await anActor('manager', admin.workspaceId)
      const key = await aKey(member.userId, `Job ${round}`)
      await Promise.all([
        removePerson(other, { userId: member.userId, takeOver: [key.id] }),
        removePerson(admin, { userId: other.userId }),
      ])
      const { ownerId, revokedAt } = (await systemDb().apiKey.findUnique({ where: { id: key.id } }))!
      const isMember = await systemDb().membership.count({
        where: { workspaceId: admin.workspaceId, userId: ownerId ?? admin.userId },
      })
      expect(revokedAt !== null || isMember === 1).toBe(true)
    }
  })

  test('cannot be taken over by the person who leaves', async () => {
    const leaving = await anActor('administrator', admin.workspaceId)
    const key = await aKey(leaving.userId, 'Mine')
    expect(await removePerson(leaving, { userId: leaving.userId, takeOver: [key.id] })).toMatchObject(
      link('invalid_input'),
    )
    expect(await removePerson(leaving, { userId: leaving.userId })).toMatchObject({ ok: true })
  })
})
