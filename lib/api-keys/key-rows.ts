import 'server-only'
import { keyStateOf, lowerRole } from '@/lib/domain/access/api-keys'
import type { Role } from '@/lib/domain/access/roles'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import type { ApiKey } from '@/lib/platform/db/generated/client'
import type { ApiKeySummary } from './views'

export type KeyRow = Omit<ApiKey, 'keyHash'>

/** The keys as their views, with their owners and the numbers of their limits: two queries for all of them. */
export async function summariesOf(db: WorkspaceDb, rows: readonly KeyRow[], now: Date): Promise<ApiKeySummary[]> {
  const owners = rows.flatMap(({ ownerId }) => ownerId ?? [])
  const [members, counts] = await Promise.all([
    db.membership.findMany({
      where: { userId: { in: owners } },
      select: { userId: true, role: true, user: { select: { name: true } } },
    }),
    db.apiKeyLimit.groupBy({
      where: { keyId: { in: rows.map(({ id }) => id) } },
      by: ['keyId'],
      _count: { connectorId: true, instanceId: true },
    }),
  ])
  return rows.map((row) => {
    const member = members.find(({ userId }) => userId === row.ownerId)
    const { connectorId = 0, instanceId = 0 } = counts.find(({ keyId }) => keyId === row.id)?._count ?? {}
    return summaryOf(row, now, {
      owner: member ? { id: member.userId, name: member.user.name, role: member.role } : null,
      limitedTo: row.restricted ? { connectors: connectorId, instances: instanceId } : null,
    })
  })
}

type Around = { owner: { id: string; name: string; role: Role } | null; limitedTo: ApiKeySummary['limitedTo'] }

function summaryOf(row: KeyRow, now: Date, { owner, limitedTo }: Around): ApiKeySummary {
  const { id, name, prefix, role, callOnly, lastUsedAddress } = row
  return {
    ...{ id, name, prefix, role, callOnly, lastUsedAddress, owner, limitedTo },
    state: keyStateOf(row, now),
    currentRole: owner && lowerRole(role, owner.role),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }
}
