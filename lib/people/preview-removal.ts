import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { databaseNow } from '@/lib/platform/db/database-now'
import { openAt } from '@/lib/platform/session/open-sessions'
import { systemDb } from '@/lib/platform/db/client'
import { findMember } from './membership'
import { personSchema } from './schema'
import { removalView } from './views'

const mostKeys = 100

/** What a person started, and what ends when they are removed. */
export const previewRemoval = operation({
  name: 'preview_person_removal',
  permission: 'administer',
  input: personSchema,
  output: removalView,
  run: async ({ db }, { userId }) => {
    const member = await findMember(db, { userId })
    if (!member) return notFound('person')
    const now = await databaseNow()
    const ofPerson = { ownerId: userId, revokedAt: null }
    const [sessions, authorisations, keys, apiKeyCount, memberships] = await Promise.all([
      db.session.count({ where: { userId, ...openAt(now) } }),
      db.pendingAuthorisation.count({ where: { userId, state: 'live', endedAt: null } }),
      db.apiKey.findMany({ where: ofPerson, orderBy: { id: 'asc' }, take: mostKeys }),
      db.apiKey.count({ where: ofPerson }),
      systemDb().membership.count({ where: { userId } }),
    ])
    return succeed({
      name: member.name,
      sessions,
      authorisations,
      apiKeys: keys.map(({ id, name, lastUsedAt }) => ({ id, name, lastUsedAt: lastUsedAt?.toISOString() ?? null })),
      apiKeyCount,
      staysElsewhere: memberships > 1,
    })
  },
})
