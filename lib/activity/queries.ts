import 'server-only'
import { workspaceDb } from '@/lib/db/client'
import type { AuditLog, Prisma } from '@/lib/db/generated/client'
import { permit, type Actor } from '@/lib/domain/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { keyset, toPage } from '@/lib/lists/keyset'
import { likeLiteral } from '@/lib/lists/like-literal'
import type { ListPage, ListParams } from '@/lib/lists/list-page'
import { auditSorts, type ActivityFilter } from './schema'
import type { AuditLine, PersonOption } from './views'

/** The audit trail, newest first. */
export async function listChanges(actor: Actor, filter: ActivityFilter, params: ListParams): Promise<Result<ListPage<AuditLine>>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  const db = workspaceDb(actor.workspaceId)
  const contains = { contains: likeLiteral(params.q), mode: 'insensitive' as const }
  const where: Prisma.AuditLogWhereInput = {
    ...(filter.userId && { userId: filter.userId }),
    ...(filter.objectType && { objectType: filter.objectType }),
    ...(filter.from && { at: { gte: filter.from } }),
    ...(params.q !== '' && { OR: [{ objectName: contains }, { actorName: contains }] }),
  }
  const page = keyset<Prisma.AuditLogWhereInput, Prisma.AuditLogOrderByWithRelationInput>(params, auditSorts)
  const [rows, total] = await Promise.all([
    db.auditLog.findMany({ where: { AND: [where, page.where] }, orderBy: page.orderBy, take: page.take }),
    db.auditLog.count({ where }),
  ])
  const { items, ...rest } = toPage(rows, total, params, auditSorts)
  return succeed({ ...rest, items: items.map(auditLine) })
}

function auditLine({ id, at, actorName, action, objectType, objectId, objectName, changes }: AuditLog): AuditLine {
  const lines = Object.entries((changes ?? {}) as Record<string, unknown>).map(([name, change]) => ({ name, text: changeText(change) }))
  return { id, at: at.toISOString(), person: actorName, action, objectType, objectId, objectName, href: hrefOf(objectType, objectId), changes: lines }
}

/** "from → to", a word, or a list: what mutations record. */
function changeText(change: unknown): string {
  if (typeof change !== 'object' || change === null) return String(change)
  if ('from' in change || 'to' in change) {
    const { from, to } = change as { from?: unknown; to?: unknown }
    return `${shown(from)} → ${shown(to)}`
  }
  return Array.isArray(change) ? change.map(shown).join(', ') : JSON.stringify(change)
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'empty'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
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
