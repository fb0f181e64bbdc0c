import 'server-only'
import { userIdOf, type PermittedActor } from '@/lib/domain/access/actor'
import type { WorkspaceDb } from '@/lib/platform/db/client'

/** The email of the person who acts, or who owns the key; null for Patchbay itself. */
export async function ownEmail(actor: PermittedActor, db: WorkspaceDb): Promise<string | null> {
  const userId = userIdOf(actor)
  if (userId === null) return null
  const member = await db.membership.findFirst({ where: { userId }, select: { user: { select: { email: true } } } })
  return member?.user.email ?? null
}
