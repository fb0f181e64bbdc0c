import 'server-only'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { hashOfToken, isToken } from '@/lib/platform/crypto/one-way-token'
import { systemDb } from '@/lib/platform/db/client'
import { databaseNow } from '@/lib/platform/db/database-now'

/** A reset link, as it shows itself to the person who has it. */
export type OpenReset = { userId: string; workspaceId: string; name: string; email: string }

export const unknownReset = () =>
  refuse(
    'link_unknown',
    'This link was used or replaced by a newer one. Ask an administrator of your workspace for a new link.',
  )

/** Finds a reset by the token of its link. It works only while the person is in the workspace that it comes from. */
export async function findReset(token: string): Promise<Result<OpenReset>> {
  if (!isToken(token)) return unknownReset()
  const row = await systemDb().passwordReset.findUnique({
    where: { tokenHash: hashOfToken(token) },
    include: { user: { select: { name: true, email: true, memberships: { select: { workspaceId: true } } } } },
  })
  const isMember = row?.user.memberships.some(({ workspaceId }) => workspaceId === row.fromWorkspaceId)
  if (!row || !isMember) return unknownReset()
  if (row.expiresAt <= (await databaseNow()))
    return refuse('link_expired', 'This link has expired. Ask an administrator of your workspace for a new one.')
  return succeed({
    userId: row.userId,
    workspaceId: row.fromWorkspaceId,
    name: row.user.name,
    email: row.user.email,
  })
}
