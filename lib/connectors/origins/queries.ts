import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { readNamedOrigins } from './named-origins'
import type { PendingOrigin } from './views'

/** The origins that the connector's credentials may be sent to (rule R14), for the code that builds requests. */
export async function confirmedOrigins(workspaceId: string, connectorId: string): Promise<string[]> {
  const rows = await workspaceDb(workspaceId).connectorOrigin.findMany({
    where: { connectorId, confirmedAt: { not: null } },
    select: { origin: true },
  })
  return rows.map((row) => row.origin)
}

/** What waits for an administrator, with where the definition names it. */
export async function listPendingOrigins(actor: Actor, connectorId: string): Promise<Result<PendingOrigin[]>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(connectorId)) return succeed([])
  const db = workspaceDb(actor.workspaceId)
  const rows = await db.connectorOrigin.findMany({
    where: { connectorId, confirmedAt: null },
    orderBy: { createdAt: 'asc' },
  })
  if (rows.length === 0) return succeed([])
  const named = (await readNamedOrigins(db, connectorId)) ?? []
  return succeed(
    rows.map(({ origin, createdAt }) => ({
      origin,
      from: named.find((entry) => entry.origin === origin)?.from ?? [],
      since: createdAt.toISOString(),
    })),
  )
}
