import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import type { AuditLog, Prisma } from '@/lib/platform/db/generated/client'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import type { ListPage, ListParams } from '@/lib/platform/lists/list-page'
import { changeLines } from './change-lines'
import { activitySorts, type ActivityFilter } from './schema'
import type { AuditLine, PersonOption } from './views'

/** The audit trail, newest first. */
export async function listChanges(
  actor: Actor,
  filter: ActivityFilter,
  params: ListParams,
): Promise<Result<ListPage<AuditLine>>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  const db = workspaceDb(actor.workspaceId)
  const contains = { contains: likeLiteral(params.q), mode: 'insensitive' as const }
  const where: Prisma.AuditLogWhereInput = {
    ...(filter.userId && { userId: filter.userId }),
    ...(filter.objectType && { objectType: filter.objectType }),
    ...(filter.objectId && { objectId: filter.objectId }),
    ...(filter.from && { at: { gte: filter.from } }),
    ...(params.q !== '' && { OR: [{ objectName: contains }, { actorName: contains }] }),
  }
  const page = keyset<Prisma.AuditLogWhereInput, Prisma.AuditLogOrderByWithRelationInput>(params, activitySorts)
  const [rows, total] = await Promise.all([
    db.auditLog.findMany({ where: { AND: [where, page.where] }, orderBy: page.orderBy, take: page.take }),
    db.auditLog.count({ where }),
  ])
  const { items, ...rest } = toPage(rows, total, params, activitySorts)
  return succeed({ ...rest, items: items.map(auditLine) })
}

function auditLine({ id, at, actorName, action, objectType, objectId, objectName, changes }: AuditLog): AuditLine {
  const lines = changeLines((changes ?? {}) as Record<string, unknown>)
  return {
    id,
    at: at.toISOString(),
    person: actorName,
    action,
    objectType,
    objectId,
    objectName,
    href: hrefOf(objectType, objectId),
    changes: lines,
  }
}

function hrefOf(objectType: string, objectId: string | null): string | null {
  if (objectId === null) return null
  const places: Record<string, string> = { connector: '/connectors', instance: '/instances', flow: '/flows' }
  const place = places[objectType]
  return place === undefined ? null : `${place}/${objectId}`
}

/** The workspace's people, for the filter. */
export async function listPeople(actor: Actor): Promise<Result<PersonOption[]>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  const members = await workspaceDb(actor.workspaceId).membership.findMany({
    select: { user: { select: { id: true, name: true } } },
    orderBy: { user: { name: 'asc' } },
    take: 500,
  })
  return succeed(members.map(({ user }) => user))
}
