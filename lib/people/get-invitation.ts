import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { databaseNow } from '@/lib/platform/db/database-now'
import { invitationColumns, invitationViewOf } from './invitation-rows'
import { invitationSchema } from './schema'
import { invitationView } from './views'

/** An invitation that nobody has accepted yet, without its link. */
export const getInvitation = operation({
  name: 'get_invitation',
  permission: 'administer',
  input: invitationSchema,
  output: invitationView,
  run: async ({ db }, { invitationId }) => {
    const row = await db.invitation.findFirst({ where: { id: invitationId }, select: invitationColumns })
    return row ? succeed(invitationViewOf(row, await databaseNow())) : notFound('invitation')
  },
})
