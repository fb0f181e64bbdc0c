import 'server-only'
import { userIdOf } from '@/lib/domain/access/actor'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { newToken } from '@/lib/platform/crypto/one-way-token'
import { systemDb } from '@/lib/platform/db/client'
import { databaseNow } from '@/lib/platform/db/database-now'
import { endOfLink, linkOf } from './links'
import { findMember, ofPerson } from './membership'
import { personSchema } from './schema'
import { linkView } from './views'

/**
 * Creates a link with which a person who forgot their password sets a new one. It is shown once; a new link replaces the
 * old one. Because the password is valid in all workspaces of the person, the administrator must administer all of them.
 */
export const createResetLink = operation({
  name: 'create_reset_link',
  permission: 'administer',
  input: personSchema,
  output: linkView,
  run: async ({ actor, workspaceId, db, transaction, audit }, { userId }) => {
    const member = await findMember(db, { userId })
    if (!member) return notFound('person')
    if (userIdOf(actor) === userId) return refuse('not_allowed', 'Change your own password in your profile.')
    if (await isBeyond(userIdOf(actor), userId, workspaceId))
      return refuse(
        'not_allowed',
        `${member.name} is also in a workspace that you do not administer, with the same password. The operator of this installation can set a new one: npm run user -- password --email ${member.email}`,
      )
    const { token, tokenHash } = newToken()
    const now = await databaseNow()
    const link = {
      tokenHash,
      fromWorkspaceId: workspaceId,
      createdByName: actor.label,
      createdAt: now,
      expiresAt: endOfLink('passwordReset', now),
    }
    return transaction(async (tx) => {
      await tx.passwordReset.upsert({ where: { userId }, create: { userId, ...link }, update: link })
      await audit(tx, ofPerson(member))
      return succeed(linkOf('passwordReset', token, now))
    })
  },
})

/** Whether the person is in a workspace whose administrator the actor is not. */
async function isBeyond(administratorId: string | null, userId: string, workspaceId: string): Promise<boolean> {
  const elsewhere = await systemDb().membership.findMany({
    where: { userId, workspaceId: { not: workspaceId } },
    select: { workspaceId: true },
  })
  if (elsewhere.length === 0 || administratorId === null) return elsewhere.length > 0
  const administered = await systemDb().membership.count({
    where: {
      userId: administratorId,
      role: 'administrator',
      workspaceId: { in: elsewhere.map((membership) => membership.workspaceId) },
    },
  })
  return administered < elsewhere.length
}
