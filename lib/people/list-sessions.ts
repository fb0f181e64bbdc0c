import 'server-only'
import { deviceOf } from '@/lib/domain/access/device-of'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { systemDb } from '@/lib/platform/db/client'
import { databaseNow } from '@/lib/platform/db/database-now'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { openAt } from '@/lib/platform/session/open-sessions'
import { inOwnSession } from './own-session'
import { listSessionsSchema, sessionSorts } from './session-schema'
import { sessionView } from './session-views'

/**
 * One page of the person's own open sessions in all their workspaces, newest first. One password is valid for all
 * workspaces, and a person who has lost a computer looks for every session that it can still use.
 */
export const listSessions = operation({
  name: 'list_sessions',
  permission: 'see',
  input: listSessionsSchema,
  output: listPageOf(sessionView),
  run: async ({ actor }, { after }) => {
    const person = inOwnSession(actor)
    if (!person.ok) return person
    const { userId, workspaceId, sessionId } = person.value
    const params = { q: '', sort: '-created', after }
    const where = { userId, ...openAt(await databaseNow()) }
    const page = keyset<Prisma.SessionWhereInput, Prisma.SessionOrderByWithRelationInput>(params, sessionSorts)
    const [rows, total] = await Promise.all([
      systemDb().session.findMany({
        where: { AND: [where, page.where] },
        orderBy: page.orderBy,
        take: page.take,
        include: { membership: { select: { workspace: { select: { name: true } } } } },
      }),
      systemDb().session.count({ where }),
    ])
    const { items, ...rest } = toPage(rows, total, params, sessionSorts)
    return succeed({
      ...rest,
      items: items.map((row) => ({
        id: row.id,
        device: deviceOf(row.userAgent),
        address: row.address,
        signedInAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        otherWorkspace: row.workspaceId === workspaceId ? null : row.membership.workspace.name,
        isCurrent: row.id === sessionId,
      })),
    })
  },
})
