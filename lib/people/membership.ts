import 'server-only'
import { systemActor } from '@/lib/domain/access/actor'
import type { FieldChange } from '@/lib/domain/history/field-change'
import type { Role } from '@/lib/domain/access/roles'
import { refuse, type Result } from '@/lib/domain/result'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'

/** Shared by all changes of people. They are made on the server's command line. */

/** The actor in the audit log, since no signed-in person makes the change. */
export const commandLine = (workspaceId: string) => systemActor(workspaceId, 'Command line')

export type Membership = { id: string; role: Role; name: string }

export function auditPerson(
  tx: WorkspaceTransaction,
  workspaceId: string,
  action: string,
  person: { id: string; name: string },
  changes: readonly FieldChange[] = [],
) {
  return recordAudit(tx, commandLine(workspaceId), {
    action,
    objectType: 'user',
    objectId: person.id,
    objectName: person.name,
    changes,
  })
}

/** Changes a member in one transaction. Returns an error if the workspace has no member with this email. */
export function changeMember(
  workspaceId: string,
  email: string,
  change: (tx: WorkspaceTransaction, member: Membership) => Promise<Result<null>>,
): Promise<Result<null>> {
  return workspaceDb(workspaceId).$transaction(async (tx) => {
    const member = await findMembership(tx, workspaceId, email)
    return member ? change(tx, member) : refuse('not_found', `${email} is not in this workspace.`, 'email')
  })
}

export async function findMembership(
  tx: WorkspaceTransaction,
  workspaceId: string,
  email: string,
): Promise<Membership | null> {
  const row = await tx.membership.findFirst({
    where: { workspaceId, user: { email } },
    select: { userId: true, role: true, user: { select: { name: true } } },
  })
  return row && { id: row.userId, role: row.role, name: row.user.name }
}

/** Without an administrator nobody could manage the workspace. The lock makes two such changes wait for each other. */
export async function isLastAdministrator(
  tx: WorkspaceTransaction,
  workspaceId: string,
  membership: Membership,
): Promise<boolean> {
  await tx.$queryRaw`SELECT "userId" FROM "Membership" WHERE "workspaceId" = ${workspaceId}::uuid AND "role" = 'administrator' ORDER BY "userId" FOR UPDATE`
  const others = await tx.membership.count({
    where: { workspaceId, role: 'administrator', userId: { not: membership.id } },
  })
  return membership.role === 'administrator' && others === 0
}

export function lastAdministrator({ name }: Membership) {
  return refuse(
    'in_use',
    `${name} is the only administrator of this workspace. Make someone else an administrator first.`,
  )
}
