import 'server-only'
import { freeKey, slugify } from '@/lib/domain/names'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { lockUntilCommit } from '@/lib/platform/db/lock-until-commit'

/**
 * A key that no connector of the workspace has. Only one connector of a workspace is created at a time, so that no two
 * get the same key.
 */
export async function freeConnectorKey(tx: WorkspaceTransaction, workspaceId: string, name: string): Promise<string> {
  await lockUntilCommit(tx, `connector keys:${workspaceId}`)
  const taken = await tx.connector.findMany({ where: { key: { startsWith: slugify(name) } }, select: { key: true } })
  return freeKey(name, new Set(taken.map(({ key }) => key)))
}
