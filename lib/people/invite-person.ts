import 'server-only'
import { userIdOf } from '@/lib/domain/access/actor'
import { fact } from '@/lib/domain/history/compare-values'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { newToken } from '@/lib/platform/crypto/one-way-token'
import { databaseNow } from '@/lib/platform/db/database-now'
import { uniqueViolation } from '@/lib/platform/db/unique-violation'
import { endOfLink, linkOf } from './links'
import { findMember } from './membership'
import { invitePersonSchema } from './schema'
import { invitedView } from './views'

const alreadyInvited = (email: string) =>
  refuse('name_taken', `${email} is already invited. Create a new link if the old one is lost.`, 'email')

/**
 * Invites a person to the workspace with a link, which is shown once: there may be no mail server. The person chooses
 * their own name and password.
 */
export const invitePerson = operation({
  name: 'invite_person',
  permission: 'administer',
  input: invitePersonSchema,
  output: invitedView,
  run: async ({ actor, transaction, audit }, { email, role }) => {
    const { token, tokenHash } = newToken()
    const now = await databaseNow()
    try {
      return await transaction(async (tx) => {
        const member = await findMember(tx, { email })
        if (member) return refuse('name_taken', `${email} is already in this workspace, as ${member.name}.`, 'email')
        if (await tx.invitation.findFirst({ where: { email } })) return alreadyInvited(email)
        const { id } = await tx.invitation.create({
          data: {
            workspaceId: actor.workspaceId,
            email,
            role,
            tokenHash,
            createdById: userIdOf(actor),
            createdByName: actor.label,
            expiresAt: endOfLink('invitation', now),
          },
        })
        await audit(tx, { objectType: 'invitation', objectId: id, objectName: email, changes: fact('role', role) })
        return succeed({ id, ...linkOf('invitation', token, now) })
      })
    } catch (error) {
      if (uniqueViolation(error) === null) throw error
      return alreadyInvited(email)
    }
  },
})
