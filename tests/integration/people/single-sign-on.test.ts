import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/domain/access/actor'
import { invitePerson } from '@/lib/people/invite-person'
import { admitPerson, type ProvenPerson } from '@/lib/people/single-sign-on/admit-person'
import { systemDb } from '@/lib/platform/db/client'
import { endSessions } from '@/lib/platform/session/end-sessions'
import { findPerson } from '@/lib/platform/session/person'
import { anActor, noClient, next } from '@/tests/support/builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'

// Who gets in after the identity provider has proved who they are.

vi.hoisted(() => {
  process.env.PATCHBAY_OIDC_EMAIL_DOMAINS = 'acme.test'
  process.env.PATCHBAY_OIDC_ROLE = 'user'
})

let database: TestDatabase
let admin: PersonActor

beforeAll(async () => {
  database = await testDatabase()
})
beforeEach(async () => {
  admin = await anActor('administrator')
})

function someone(domain = 'elsewhere.test'): ProvenPerson {
  const number = next()
  return { issuer: 'https://login.acme.test', subject: `sub-${number}`, email: `kim-${number}@${domain}`, name: 'Kim' }
}
const signedIn = async (person: ProvenPerson) => {
  const result = await admitPerson(person, noClient)
  if (!result.ok) throw new Error(result.refusal)
  return (await findPerson(result.claims))!
}
const noAccount = { ok: false, refusal: 'no_account' }

test('an invited person gets an account without a password, once, also when they sign in twice at once', async () => {
  const person = someone()
  await invitePerson(admin, { email: person.email, role: 'manager' })
  const [one, two] = await Promise.all([signedIn(person), signedIn(person)])
  expect(one.actor).toMatchObject({ workspaceId: admin.workspaceId, role: 'manager', label: 'Kim' })
  expect(two.actor.userId).toBe(one.actor.userId)
  const users = await systemDb().user.findMany({ where: { email: person.email }, omit: { passwordHash: false } })
  expect(users).toMatchObject([{ passwordHash: null }])
  expect(await systemDb().invitation.count({ where: { email: person.email } })).toBe(0)
})

test('a person without an account and without an invitation is refused', async () => {
  expect(await admitPerson(someone(), noClient)).toEqual(noAccount)
})

test('an expired invitation does not count', async () => {
  const person = someone()
  await invitePerson(admin, { email: person.email, role: 'user' })
  await database.sql(`UPDATE "Invitation" SET "expiresAt" = now() WHERE "email" = $1`, [person.email])
  expect(await admitPerson(person, noClient)).toEqual(noAccount)
})

test('a person of an allowed domain needs an invitation where there are several workspaces', async () => {
  expect(await systemDb().workspace.count()).toBeGreaterThan(1)
  expect(await admitPerson(someone('acme.test'), noClient)).toEqual(noAccount)
})

test('a person is recognised by the account at the provider, whatever its email is later', async () => {
  const person = someone()
  await invitePerson(admin, { email: person.email, role: 'user' })
  const first = await signedIn(person)
  const victim = someone()
  await invitePerson(admin, { email: victim.email, role: 'administrator' })
  const renamed = await signedIn({ ...person, email: victim.email })
  expect(renamed.actor.userId).toBe(first.actor.userId)
  expect(renamed.actor.role).toBe('user')
})

test('an existing account is linked by its verified email, which is audited, and keeps its role', async () => {
  const member = await anActor('manager', admin.workspaceId)
  const { email } = (await systemDb().user.findUnique({ where: { id: member.userId } }))!
  const person = { ...someone(), email }
  expect((await signedIn(person)).actor).toMatchObject({ userId: member.userId, role: 'manager' })
  const audit = await database.sql<{ actorName: string; changes: string }>(
    `SELECT "actorName", "changes"::text FROM "AuditLog" WHERE "workspaceId" = $1 AND "action" = 'link_identity'`,
    [admin.workspaceId],
  )
  expect(audit).toMatchObject([{ actorName: member.label, changes: expect.stringContaining('login.acme.test') }])
})

test('a removed person is refused, and a removed identity opens nothing', async () => {
  const person = someone()
  await invitePerson(admin, { email: person.email, role: 'user' })
  const { actor } = await signedIn(person)
  await systemDb().membership.deleteMany({ where: { userId: actor.userId } })
  expect(await admitPerson(person, noClient)).toEqual(noAccount)
})

test('the sessions of single sign-on end like all others', async () => {
  const person = someone()
  await invitePerson(admin, { email: person.email, role: 'user' })
  const { actor } = await signedIn(person)
  await endSessions(systemDb(), { userId: actor.userId })
  expect(await findPerson(actor)).toBeNull()
})
