import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { invitationSchema } from './schema'

/** Withdraws an invitation: its link stops working. */
export const withdrawInvitation = operation({
  name: 'withdraw_invitation',
  permission: 'administer',
  input: invitationSchema,
  output: z.null(),
  run: ({ transaction, audit }, { invitationId }) =>
    transaction(async (tx) => {
      const invitation = await tx.invitation.findFirst({ where: { id: invitationId }, select: { email: true } })
      const { count } = await tx.invitation.deleteMany({ where: { id: invitationId } })
      if (!invitation || count === 0) return notFound('invitation')
      await audit(tx, { objectType: 'invitation', objectId: invitationId, objectName: invitation.email })
      return succeed(null)
    }),
})
