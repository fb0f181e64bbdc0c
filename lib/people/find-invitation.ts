import 'server-only'
import type { Role } from '@/lib/domain/access/roles'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { hashOfToken, isToken } from '@/lib/platform/crypto/one-way-token'
import { systemDb } from '@/lib/platform/db/client'
import { databaseNow } from '@/lib/platform/db/database-now'

/** An invitation, as its link shows it to the person who has it. */
export type OpenInvitation = {
  id: string
  workspaceId: string
  workspaceName: string
  email: string
  role: Role
  invitedBy: string
  /** Whether a person with this email is already in another workspace of this installation, and so has an account. */
  hasAccount: boolean
}

export const unknownInvitation = () =>
  refuse(
    'link_unknown',
    'This invitation was accepted, withdrawn, or replaced by a newer link. Ask the administrator who invited you for a new link, or sign in if you already have an account.',
  )

/** Finds an invitation by the token of its link. No workspace is known before. */
export async function findInvitation(token: string): Promise<Result<OpenInvitation>> {
  if (!isToken(token)) return unknownInvitation()
  const row = await systemDb().invitation.findUnique({
    where: { tokenHash: hashOfToken(token) },
    include: { workspace: { select: { name: true } } },
  })
  if (!row) return unknownInvitation()
  if (row.expiresAt <= (await databaseNow()))
    return refuse(
      'link_expired',
      `This invitation has expired. Ask ${row.createdByName} or another administrator of ${row.workspace.name} for a new link.`,
    )
  const { id, workspaceId, email, role, createdByName } = row
  const account = await systemDb().user.findUnique({ where: { email }, select: { id: true } })
  return succeed({
    id,
    workspaceId,
    workspaceName: row.workspace.name,
    email,
    role,
    invitedBy: createdByName,
    hasAccount: account !== null,
  })
}
