import 'server-only'
import { refuse, type Refusal } from '@/lib/domain/result'
import { systemDb } from './client'

/** The refusal of rule R12, for a row whose revision is no longer the one the person began with. */
export async function changedBySomeoneElse(
  what: string,
  row: { updatedAt: Date; updatedById: string | null },
): Promise<{ ok: false; error: Refusal }> {
  const person = row.updatedById ? await systemDb().user.findUnique({ where: { id: row.updatedById }, select: { name: true } }) : null
  const when = `${row.updatedAt.toISOString().slice(0, 16).replace('T', ' at ')} UTC`
  return refuse(
    'changed_by_someone_else',
    `${what} was changed by ${person?.name ?? 'someone else'} on ${when}; reload to see it. What you typed is still here.`,
  )
}
