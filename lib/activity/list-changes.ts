import 'server-only'
import { auditLine } from './views'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { succeed } from '@/lib/domain/result'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { likeLiteral } from '@/lib/platform/lists/like-literal'
import { auditLineOf } from './audit-line'
import { activitySorts } from './schema'
import { operation } from '@/lib/operations/operation'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { listChangesSchema } from './list-changes-schema'

/** The audit log, newest first. */
export const listChanges = operation({
  name: 'list_changes',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: listChangesSchema,
  output: listPageOf(auditLine),
  run: async ({ db }, { q, sort, after, ...filter }) => {
    const params = { q, sort, after }
    const contains = { contains: likeLiteral(params.q), mode: 'insensitive' as const }
    const where: Prisma.AuditLogWhereInput = {
      ...(filter.userId && { userId: filter.userId }),
      ...(filter.keyId && { actorId: filter.keyId }),
      ...(filter.objectType && { objectType: filter.objectType }),
      ...(filter.objectId && { objectId: filter.objectId }),
      ...((filter.from || filter.to) && { at: { gte: filter.from, lt: filter.to } }),
      ...(params.q !== '' && { OR: [{ objectName: contains }, { actorName: contains }] }),
    }
    const page = keyset<Prisma.AuditLogWhereInput, Prisma.AuditLogOrderByWithRelationInput>(params, activitySorts)
    const [rows, total] = await Promise.all([
      db.auditLog.findMany({ where: { AND: [where, page.where] }, orderBy: page.orderBy, take: page.take }),
      db.auditLog.count({ where }),
    ])
    const { items, ...rest } = toPage(rows, total, params, activitySorts)
    return succeed({ ...rest, items: items.map(auditLineOf) })
  },
})
