import 'server-only'
import { z } from 'zod'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { hashOfToken, isToken } from '@/lib/platform/crypto/one-way-token'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import { mayStillAsk } from './may-still-ask'

type Db = Pick<WorkspaceDb | WorkspaceTransaction, 'authorisationLink' | 'apiKey' | 'membership'>

function findRow(db: Db, where: { tokenHash: string } | { id: string }) {
  return db.authorisationLink.findFirst({
    where,
    include: { instance: { include: { connector: { select: { name: true, versionLabel: true } } } } },
    omit: { sealedSettings: false },
  })
}

type Row = NonNullable<Awaited<ReturnType<typeof findRow>>>

/** Text that is no token finds nothing, so that every damaged link gets the same sentence. */
export const linkTokenInput = z.strictObject({ token: z.string() })

/** Another workspace's link is unknown too: a person must not find out whether it exists. */
const unknownLink = () =>
  refuse(
    'link_unknown',
    'This link is unknown in your workspace. Check that it is complete. If it belongs to another workspace of yours, switch to that workspace and open it again.',
  )

/**
 * Finds a link of the workspace by its token, or by its ID, and refuses one that can no longer be opened.
 * @param db the client of a person's workspace
 */
export async function usableLink(db: Db, by: { token: string } | { id: string }): Promise<Result<Row>> {
  if ('token' in by && !isToken(by.token)) return unknownLink()
  const row = await findRow(db, 'token' in by ? { tokenHash: hashOfToken(by.token) } : by)
  if (!row) return unknownLink()
  const ended = endOf(row, new Date())
  if (ended !== null) return refuse('link_expired', ended)
  if (!(await mayStillAsk(db, row)))
    return refuse('link_expired', `${askerOf(row)} may no longer change this instance.`)
  return succeed(row)
}

/** Why it can no longer be opened; null if it can. */
function endOf({ state, message, expiresAt, instance, ...link }: Row, now: Date): string | null {
  switch (state) {
    case 'opened':
    case 'succeeded':
      return `This link has already been used. Each link works only once.`
    case 'refused':
      return `This link has ended. ${message}`
    case 'superseded':
      return `A newer link for “${instance.name}” replaced this one. Open the newer link.`
    case 'waiting':
      return expiresAt > now ? null : `This link has expired. ${askerOf(link)} can create a new one.`
  }
}

function askerOf({ actorKind, actorLabel }: Pick<Row, 'actorKind' | 'actorLabel'>): string {
  return actorKind === 'api_key' ? `The API key “${actorLabel}”` : actorLabel
}

/**
 * Uses a link up, in the transaction in which its authorisation begins. Of several people who continue at the same moment
 * only one succeeds.
 * @param expiresAt of the authorisation
 */
export async function takeLink(
  tx: WorkspaceTransaction,
  id: string,
  expiresAt: Date,
): Promise<Result<Pick<Row, 'actorLabel'>>> {
  const link = await usableLink(tx, { id })
  if (!link.ok) return link
  const { count } = await tx.authorisationLink.updateMany({
    where: { id, state: 'waiting' },
    data: { state: 'opened', openedAt: new Date(), expiresAt, sealedSettings: '' },
  })
  return count === 1 ? link : takeLink(tx, id, expiresAt)
}
