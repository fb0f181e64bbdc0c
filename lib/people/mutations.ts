import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import { systemActor } from '@/lib/domain/access/actor'
import { newId } from '@/lib/platform/db/new-id'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { roleLabels, type Role } from '@/lib/domain/access/roles'
import { hashPassword } from '@/lib/platform/session/password'
import type { AddMemberInput } from './schema'

/**
 * Changes of people by whoever runs the server, from the command line: no signed-in person does it, and the audit log
 * says so.
 */
const commandLine = (workspaceId: string) => systemActor(workspaceId, 'Command line')

type Membership = { userId: string; role: Role; name: string }

function audit(
  tx: WorkspaceTransaction,
  workspaceId: string,
  action: string,
  person: { id: string; name: string },
  changes = {},
) {
  return recordAudit(tx, commandLine(workspaceId), {
    action,
    objectType: 'user',
    objectId: person.id,
    objectName: person.name,
    changes,
  })
}

/** A new workspace with its first administrator, atomically: nobody could get into one without. */
export async function createWorkspace(
  name: string,
  administrator: Omit<AddMemberInput, 'role'>,
): Promise<Result<{ workspaceId: string }>> {
  const workspaceId = newId()
  const passwordHash = administrator.password === undefined ? null : await hashPassword(administrator.password)
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    await tx.workspace.create({ data: { id: workspaceId, name } })
    await recordAudit(tx, commandLine(workspaceId), {
      action: 'create_workspace',
      objectType: 'workspace',
      objectId: workspaceId,
      objectName: name,
    })
    await join(tx, workspaceId, { ...administrator, role: 'administrator' }, passwordHash)
    return succeed({ workspaceId })
  })
}

/** Adds a person to a workspace. One whom another workspace knows already keeps name and password. */
export async function addMember(workspaceId: string, input: AddMemberInput): Promise<Result<null>> {
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password)
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    if (await findMembership(tx, workspaceId, input.email))
      return refuse('name_taken', `${input.email} is in this workspace already.`, 'email')
    await join(tx, workspaceId, input, passwordHash)
    return succeed(null)
  })
}

async function join(
  tx: WorkspaceTransaction,
  workspaceId: string,
  input: AddMemberInput,
  passwordHash: string | null,
): Promise<void> {
  const known = await tx.user.findUnique({ where: { email: input.email }, select: { id: true, name: true } })
  const user = known ?? (await tx.user.create({ data: newUser(input, passwordHash), select: { id: true, name: true } }))
  await tx.membership.create({ data: { workspaceId, userId: user.id, role: input.role } })
  await audit(tx, workspaceId, 'add_member', user, { role: input.role })
}

function newUser({ email, name }: AddMemberInput, passwordHash: string | null) {
  if (passwordHash === null) throw new Error('a new person needs a password')
  return { email, name: name ?? email.split('@')[0]!, passwordHash }
}

async function findMembership(
  tx: WorkspaceTransaction,
  workspaceId: string,
  email: string,
): Promise<Membership | null> {
  const row = await tx.membership.findFirst({
    where: { workspaceId, user: { email } },
    select: { userId: true, role: true, user: { select: { name: true } } },
  })
  return row && { userId: row.userId, role: row.role, name: row.user.name }
}

/** A workspace without an administrator could never be looked after again. The lock lets two such changes follow each other. */
async function isLastAdministrator(
  tx: WorkspaceTransaction,
  workspaceId: string,
  membership: Membership,
): Promise<boolean> {
  await tx.$queryRaw`SELECT "userId" FROM "Membership" WHERE "workspaceId" = ${workspaceId}::uuid AND "role" = 'administrator' ORDER BY "userId" FOR UPDATE`
  const others = await tx.membership.count({
    where: { workspaceId, role: 'administrator', userId: { not: membership.userId } },
  })
  return membership.role === 'administrator' && others === 0
}

function unknownMember(email: string) {
  return refuse('not_found', `${email} is not in this workspace.`, 'email')
}

function lastAdministrator({ name }: Membership) {
  return refuse(
    'in_use',
    `${name} is the only administrator of this workspace. Make somebody else administrator first.`,
  )
}

/** Ends the person's sessions, so that the new role holds from the next request on. */
export async function changeRole(workspaceId: string, email: string, role: Role): Promise<Result<null>> {
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    const membership = await findMembership(tx, workspaceId, email)
    if (!membership) return unknownMember(email)
    if (role !== 'administrator' && (await isLastAdministrator(tx, workspaceId, membership)))
      return lastAdministrator(membership)
    await tx.membership.updateMany({ where: { workspaceId, userId: membership.userId }, data: { role } })
    await endSessions(tx, membership.userId)
    await audit(
      tx,
      workspaceId,
      'change_role',
      { id: membership.userId, name: membership.name },
      { role: { from: roleLabels[membership.role], to: roleLabels[role] } },
    )
    return succeed(null)
  })
}

/** Takes a person out of a workspace and ends their sessions. Whoever is in no workspace any more is forgotten. */
export async function removeMember(workspaceId: string, email: string): Promise<Result<null>> {
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    const membership = await findMembership(tx, workspaceId, email)
    if (!membership) return unknownMember(email)
    if (await isLastAdministrator(tx, workspaceId, membership)) return lastAdministrator(membership)
    await tx.membership.deleteMany({ where: { workspaceId, userId: membership.userId } })
    await endSessions(tx, membership.userId)
    await audit(tx, workspaceId, 'remove_member', { id: membership.userId, name: membership.name })
    await tx.user.deleteMany({ where: { id: membership.userId, memberships: { none: {} } } })
    return succeed(null)
  })
}

/** A new password ends every session that the old one began. */
export async function setPassword(workspaceId: string, email: string, password: string): Promise<Result<null>> {
  const passwordHash = await hashPassword(password)
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    const membership = await findMembership(tx, workspaceId, email)
    if (!membership) return unknownMember(email)
    await tx.user.updateMany({ where: { id: membership.userId }, data: { passwordHash } })
    await endSessions(tx, membership.userId)
    await audit(
      tx,
      workspaceId,
      'set_password',
      { id: membership.userId, name: membership.name },
      { password: 'replaced' },
    )
    return succeed(null)
  })
}

async function endSessions(tx: WorkspaceTransaction, userId: string): Promise<void> {
  await tx.user.updateMany({ where: { id: userId }, data: { sessionVersion: { increment: 1 } } })
}
