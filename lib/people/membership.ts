import 'server-only'
import { systemActor } from '@/lib/domain/access/actor'
import type { Role } from '@/lib/domain/access/roles'
import { refuse, type Result } from '@/lib/domain/result'
import { workspaceDb, type WorkspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'

/** Shared by all changes of people. */

/** The actor of the server's command line. */
export const commandLine = (workspaceId: string) => systemActor(workspaceId, 'Command line')

export type Member = { id: string; role: Role; name: string; email: string }

/** @param db of the workspace */
export async function findMember(
  db: WorkspaceDb | WorkspaceTransaction,
  by: { userId: string } | { email: string },
): Promise<Member | null> {
  const row = await db.membership.findFirst({
    where: 'userId' in by ? { userId: by.userId } : { user: { email: by.email } },
    select: { userId: true, role: true, user: { select: { name: true, email: true } } },
  })
  return row && { id: row.userId, role: row.role, name: row.user.name, email: row.user.email }
}

/** The same for the command line, where people are named by their email. */
export async function memberNamed(workspaceId: string, email: string): Promise<Result<Member>> {
  const member = await findMember(workspaceDb(workspaceId), { email })
  return member ? { ok: true, value: member } : refuse('not_found', `${email} is not in this workspace.`, 'email')
}

/** The audit entry of a change of a person. */
export function ofPerson({ id, name }: { id: string; name: string }) {
  return { objectType: 'user' as const, objectId: id, objectName: name }
}

/** Without an administrator nobody could manage the workspace. The lock makes two such changes wait for each other. */
export async function isLastAdministrator(
  tx: WorkspaceTransaction,
  workspaceId: string,
  member: Pick<Member, 'id' | 'role'>,
): Promise<boolean> {
  await tx.$queryRaw`SELECT "userId" FROM "Membership" WHERE "workspaceId" = ${workspaceId}::uuid AND "role" = 'administrator' ORDER BY "userId" FOR UPDATE`
  const others = await tx.membership.count({ where: { role: 'administrator', userId: { not: member.id } } })
  return member.role === 'administrator' && others === 0
}

export function lastAdministrator({ name }: Pick<Member, 'name'>) {
  return refuse(
    'in_use',
    `${name} is the only administrator of this workspace. Make someone else an administrator first.`,
  )
}
