import 'server-only'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceDb } from '@/lib/platform/db/client'

const mostOpen = 100

/** Refuses a further import in a workspace with many unfinished ones: each may have a source of 100 MB. */
export async function checkOpenImports(db: WorkspaceDb): Promise<Result<null>> {
  const open = await db.import.count({ where: { open: true } })
  if (open < mostOpen) return succeed(null)
  return refuse('invalid_input', `There are already ${mostOpen} unfinished imports. Finish or cancel one first.`)
}
