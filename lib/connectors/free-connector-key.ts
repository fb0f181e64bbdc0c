import 'server-only'
import { firstFree } from '@/lib/domain/names'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { lockUntilCommit } from '@/lib/platform/db/lock-until-commit'

/**
 * A key that no connector of the workspace has: the given one, or with a number. Only one connector of a workspace is
 * created at a time, so that no two get the same key.
 */
export async function freeConnectorKey(tx: WorkspaceTransaction, workspaceId: string, key: string): Promise<string> {
  await lockUntilCommit(tx, `connector keys:${workspaceId}`)
  const rows = await tx.connector.findMany({ where: { key: { startsWith: key } }, select: { key: true } })
  const taken = new Set(rows.map((row) => row.key))
  return firstFree(key, '-', (candidate) => taken.has(candidate))
}
