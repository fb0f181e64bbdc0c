import 'server-only'
import { refuse, type Refusal } from '@/lib/domain/result'
import { systemDb, type WorkspaceTransaction } from './client'

/**
 * The refusal of rule R12, for a row whose revision has changed since the person loaded it.
 * @param tx the transaction, if there is one. Inside a transaction, waiting for a second connection could take forever
 */
export async function changedBySomeoneElse(
  what: string,
  row: { updatedAt: Date; updatedById: string | null },
  tx?: WorkspaceTransaction,
): Promise<{ ok: false; error: Refusal }> {
  const name = row.updatedById ? await nameOf(row.updatedById, tx) : null
  return changedBy(what, { name, at: row.updatedAt })
}

/** The same refusal, for a row that stores the label of the last actor. */
export function changedBy(
  what: string,
  { name, at }: { name: string | null; at: Date },
): { ok: false; error: Refusal } {
  const when = `${at.toISOString().slice(0, 16).replace('T', ' at ')} UTC`
  const refused = refuse(
    'changed_by_someone_else',
    `${what} was changed by ${name ?? 'someone else'} on ${when}; reload to see it. What you typed is still here.`,
  )
  return { ok: false, error: { ...refused.error, changedBy: { name, at: at.toISOString() } } }
}

async function nameOf(id: string, tx?: WorkspaceTransaction): Promise<string | null> {
  const asked = { where: { id }, select: { name: true } } as const
  const person = await (tx ? tx.user.findUnique(asked) : systemDb().user.findUnique(asked))
  return person?.name ?? null
}
