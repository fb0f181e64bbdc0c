import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { newToken } from '@/lib/platform/crypto/one-way-token'
import { databaseNow } from '@/lib/platform/db/database-now'
import { endOfLink, linkOf } from './links'
import { invitationSchema } from './schema'
import { linkView } from './views'

/** Creates a new link for an invitation, shown once. The old link stops working. */
export const renewInvitation = operation({
  name: 'renew_invitation',
  permission: 'administer',
  input: invitationSchema,
  output: linkView,
  run: async ({ transaction, audit }, { invitationId }) => {
    const { token, tokenHash } = newToken()
    const now = await databaseNow()
    return transaction(async (tx) => {
      const invitation = await tx.invitation.findFirst({ where: { id: invitationId }, select: { email: true } })
      const expiresAt = endOfLink('invitation', now)
      const { count } = await tx.invitation.updateMany({ where: { id: invitationId }, data: { tokenHash, expiresAt } })
      if (!invitation || count === 0) return notFound('invitation')
      await audit(tx, { objectType: 'invitation', objectId: invitationId, objectName: invitation.email })
      return succeed(linkOf('invitation', token, now))
    })
  },
})
