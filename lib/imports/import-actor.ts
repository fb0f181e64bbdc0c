import 'server-only'
import { userIdOf, type Actor } from '@/lib/domain/access/actor'
import { lowerRole } from '@/lib/domain/access/api-keys'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { databaseNow } from '@/lib/platform/db/database-now'
import { inState } from '@/lib/api-keys/usable-key'

/**
 * The actor who asked for an import, as it may act now: with its current role. Null if the person has left the workspace,
 * or the key cannot be used any more for the whole workspace: it was revoked, has expired, or was limited since.
 */
export async function importActor(db: WorkspaceDb, stored: unknown): Promise<Actor | null> {
  const actor = stored as Actor
  if (actor.kind !== 'person' && actor.kind !== 'api_key') return actor
  const membership = await db.membership.findFirst({ where: { userId: userIdOf(actor)! }, select: { role: true } })
  if (!membership) return null
  if (actor.kind === 'person') return { ...actor, role: membership.role }
  const usable = { ...inState('active', await databaseNow()), callOnly: false, restricted: false }
  const key = await db.apiKey.findFirst({ where: { id: actor.keyId, ...usable }, select: { role: true } })
  return key && { ...actor, limits: null, callOnly: false, role: lowerRole(key.role, membership.role) }
}
