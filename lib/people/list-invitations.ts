import 'server-only'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { databaseNow } from '@/lib/platform/db/database-now'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { keyset, toPage } from '@/lib/platform/lists/keyset'
import { listPageOf } from '@/lib/platform/lists/list-schema'
import { invitationColumns, invitationViewOf } from './invitation-rows'
import { invitationSorts, listInvitationsSchema } from './schema'
import { invitationView } from './views'

/** One page of the invitations that nobody has accepted yet, newest first. */
export const listInvitations = operation({
  name: 'list_invitations',
  permission: 'administer',
  input: listInvitationsSchema,
  output: listPageOf(invitationView),
  run: async ({ db }, { after }) => {
    const params = { q: '', sort: '-created', after }
    const page = keyset<Prisma.InvitationWhereInput, Prisma.InvitationOrderByWithRelationInput>(params, invitationSorts)
    const [rows, total, now] = await Promise.all([
      db.invitation.findMany({
        where: page.where,
        orderBy: page.orderBy,
        take: page.take,
        select: invitationColumns,
      }),
      db.invitation.count(),
      databaseNow(),
    ])
    const { items, ...rest } = toPage(rows, total, params, invitationSorts)
    return succeed({
      ...rest,
      items: items.map((row) => invitationViewOf(row, now)),
    })
  },
})
