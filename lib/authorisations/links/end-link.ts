import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'

type Outcome = { state: 'succeeded' } | { state: 'refused'; message: string }

const longestMessage = 1_000

/**
 * Stores the outcome of a link, once, and deletes its settings.
 * @param linkId null: the authorisation began without a link
 * @returns whether it had not ended before
 */
export async function endLink(
  db: Pick<WorkspaceDb | WorkspaceTransaction, 'authorisationLink'>,
  linkId: string | null,
  outcome: Outcome,
): Promise<boolean> {
  if (linkId === null) return false
  const message = outcome.state === 'refused' ? outcome.message.slice(0, longestMessage) : ''
  const { count } = await db.authorisationLink.updateMany({
    where: { id: linkId, endedAt: null },
    data: { state: outcome.state, message, endedAt: new Date(), sealedSettings: '' },
  })
  return count === 1
}
