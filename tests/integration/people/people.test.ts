import { describe, expect, test } from 'vitest'
import type { Role } from '@/lib/domain/access/roles'
import { systemDb } from '@/lib/platform/db/client'
import { addPerson } from '@/lib/people/add-person'
import { changeRole as changeById } from '@/lib/people/change-role'
import { createWorkspace } from '@/lib/people/create-workspace'
import { listMembers } from '@/lib/people/list-members'
import { commandLine, memberNamed } from '@/lib/people/membership'
import { removePerson as removeById } from '@/lib/people/remove-person'
import { setPassword } from '@/lib/people/set-password'
import { unlockPerson } from '@/lib/people/unlock-person'
import type { SessionClaims } from '@/lib/platform/session/cookie'
import { verifyPassword } from '@/lib/platform/session/password'
import { findPerson } from '@/lib/platform/session/person'
import { signInWithPassword } from '@/lib/platform/session/sign-in'
import { anActor, aSession, next, noClient } from '@/tests/support/builders'
import { testDatabase } from '@/tests/support/database'

const { sql } = await testDatabase()

const password = 'correct horse battery'
async function aTeam() {
  const email = `admin-${next()}@example.com`
  const made = await createWorkspace(`Team ${next()}`, { email, name: 'Ada', password })
  if (!made.ok) throw new Error(made.error.message)
  return { id: made.value.workspaceId, email }
}

// As the command line does it.
async function changeRole(workspaceId: string, email: string, role: Role) {
  const member = await memberNamed(workspaceId, email)
  return member.ok ? changeById(commandLine(workspaceId), { userId: member.value.id, role }) : member
}
async function removePerson(workspaceId: string, email: string) {
  const member = await memberNamed(workspaceId, email)
  return member.ok ? removeById(commandLine(workspaceId), { userId: member.value.id }) : member
}

const person = (email: string) => systemDb().user.findUnique({ where: { email }, omit: { passwordHash: false } })

test('a new workspace has an administrator who can sign in, and both are audited', async () => {
  const team = await aTeam()
  expect(await verifyPassword(password, (await person(team.email))!.passwordHash!)).toBe(true)
  expect(await listMembers(team.id)).toMatchObject([{ email: team.email, role: 'administrator' }])
  const audit = await sql<{ action: string; actorName: string }>(
    `SELECT action, "actorName" FROM "AuditLog" WHERE "workspaceId" = $1 ORDER BY at, id`,
    [team.id],
  )
  expect(audit.map(({ action }) => action).sort()).toEqual(['add_person', 'create_workspace'])
  expect(audit[0]?.actorName).toBe('Command line')
})

test('a person of another workspace joins with their existing password', async () => {
  const [one, two] = [await aTeam(), await aTeam()]
  expect(await addPerson(two.id, { email: one.email, role: 'user' })).toEqual({ ok: true, value: null })
  expect(await verifyPassword(password, (await person(one.email))!.passwordHash!)).toBe(true)
  expect(await addPerson(two.id, { email: one.email, role: 'user' })).toMatchObject({
    ok: false,
    error: { code: 'name_taken' },
  })
})

describe('the open sessions of a person', () => {
  const isOpen = async (claims: SessionClaims) => (await findPerson(claims)) !== null

  /** Bo is in two workspaces, with a session in each. */
  async function boInTwo() {
    const [team, other] = [await aTeam(), await aTeam()]
    const email = `bo-${next()}@example.com`
    await addPerson(team.id, { email, name: 'Bo', password, role: 'user' })
    await addPerson(other.id, { email, role: 'user' })
    const { id: userId } = (await person(email))!
    const here = await aSession({ workspaceId: team.id, userId })
    const there = await aSession({ workspaceId: other.id, userId })
    const colleague = await anActor('user', team.id)
    const open = () => Promise.all([here, there, colleague].map(isOpen))
    expect(await open()).toEqual([true, true, true])
    return { team, other, email, open }
  }

  test('of the workspace end when the role there changes', async () => {
    const { team, email, open } = await boInTwo()
    await changeRole(team.id, email, 'manager')
    expect(await open()).toEqual([false, true, true])
  })

  test('of all workspaces end with a new password, which is valid for all', async () => {
    const { team, email, open } = await boInTwo()
    await setPassword(team.id, email, 'a new long password')
    expect(await open()).toEqual([false, false, true])
  })

  test('of the workspace end with a removal, and are not restored with the person', async () => {
    const { team, other, email, open } = await boInTwo()
    await removePerson(team.id, email)
    expect(await open()).toEqual([false, true, true])
    await addPerson(team.id, { email, role: 'user' })
    expect(await open()).toEqual([false, true, true])
    expect(await listMembers(other.id)).toHaveLength(2)
  })

  test('stay when the change is refused', async () => {
    const { team, email, open } = await boInTwo()
    await removePerson(team.id, `not-${email}`)
    await changeRole(team.id, `not-${email}`, 'manager')
    expect(await open()).toEqual([true, true, true])
  })
})

test('a person who has to wait is unlocked, which is in the audit log of each of their workspaces', async () => {
  const [team, other] = [await aTeam(), await aTeam()]
  const email = `bo-${next()}@example.com`
  await addPerson(team.id, { email, name: 'Bo', password, role: 'user' })
  await addPerson(other.id, { email, role: 'user' })
  const signIn = (typed: string) => signInWithPassword({ email, ...noClient }, typed)
  for (let count = 0; count < 5; count += 1) await signIn('wrong')
  await sql(`UPDATE "SignInThrottle" SET "blockedUntil" = now() + interval '1 minute'`)
  expect(await signIn(password)).toMatchObject({ ok: false, error: { code: 'too_many_attempts' } })
  expect(await unlockPerson(email)).toEqual({ ok: true, value: null })
  expect(await signIn(password)).toMatchObject({ ok: true })
  for (const { id } of [team, other]) {
    const audit = `SELECT "objectName", "actorName" FROM "AuditLog" WHERE "workspaceId" = $1 AND action = 'unlock_person'`
    expect(await sql(audit, [id])).toEqual([{ objectName: 'Bo', actorName: 'Command line' }])
  }
  expect(await unlockPerson('nobody@example.com')).toMatchObject({ ok: false, error: { code: 'not_found' } })
})

test('a person who leaves their last workspace is deleted', async () => {
  const team = await aTeam()
  const email = `bo-${next()}@example.com`
  await addPerson(team.id, { email, name: 'Bo', password, role: 'user' })
  await removePerson(team.id, email)
  expect(await person(email)).toBeNull()
})

test('the last administrator can be neither removed nor given another role, also by two people at the same time', async () => {
  const team = await aTeam()
  expect(await removePerson(team.id, team.email)).toMatchObject({ ok: false, error: { code: 'in_use' } })
  expect(await changeRole(team.id, team.email, 'user')).toMatchObject({ ok: false, error: { code: 'in_use' } })
  const email = `bo-${next()}@example.com`
  await addPerson(team.id, { email, name: 'Bo', password, role: 'administrator' })
  const results = await Promise.all([changeRole(team.id, team.email, 'user'), changeRole(team.id, email, 'user')])
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
})

test('a member of another workspace is not found', async () => {
  const [one, two] = [await aTeam(), await aTeam()]
  for (const result of [
    await removePerson(one.id, two.email),
    await changeRole(one.id, two.email, 'user'),
    await setPassword(one.id, two.email, password),
  ]) {
    expect(result).toMatchObject({ ok: false, error: { code: 'not_found' } })
  }
})
