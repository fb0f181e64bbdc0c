import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceDb } from '@/lib/platform/db/client'

const mostOpen = 100

/**
 * Refuses a further import in a workspace with many unfinished ones: each may have a source of 100 MB. And one that
 * should update a connector that does not exist.
 */
export async function checkImport(db: WorkspaceDb, updates: string | null): Promise<Result<null>> {
  if (updates !== null && !(await db.connector.findFirst({ where: { id: updates }, select: { id: true } })))
    return notFound('connector')
  const open = await db.import.count({ where: { open: true } })
  if (open < mostOpen) return succeed(null)
  return refuse('invalid_input', `There are already ${mostOpen} unfinished imports. Finish or cancel one first.`)
}
