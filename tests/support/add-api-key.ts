import type { Role } from '@/lib/domain/access/roles'
import { newToken } from '@/lib/platform/crypto/one-way-token'
import { newId } from '@/lib/platform/db/new-id'
import type { Workspace } from './workspace'

/** A key of the workspace's administrator. @returns its text, as a program sends it */
export async function addApiKey(workspace: Workspace, role: Role = 'manager'): Promise<string> {
  const { token, tokenHash } = newToken('pb_')
  await workspace.sql(
    `INSERT INTO "ApiKey" ("id", "workspaceId", "ownerId", "name", "foldedName", "role", "keyHash", "prefix")
     VALUES ($1, $2, $3, 'Nightly export', 'nightly export', $4, $5, $6)`,
    [newId(), workspace.workspaceId, workspace.administrator.id, role, tokenHash, token.slice(0, 9)],
  )
  return token
}
