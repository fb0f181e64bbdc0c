import 'server-only'
import type { PermittedActor } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { changedBy } from '@/lib/platform/db/changed-by-someone-else'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { firstRevision, workspaceSettings, type SettingKey, type SettingValue } from './workspace-settings'

/**
 * Stores a setting if nobody else has changed it since the person loaded it (rule R12). Returns its new revision. The
 * first save adds the row, which only one of two people can do.
 */
export async function storeSetting<Key extends SettingKey>(
  actor: PermittedActor,
  tx: WorkspaceTransaction,
  { key, revision, value }: { key: Key; revision: number; value: SettingValue<Key> },
): Promise<Result<{ revision: number }>> {
  const stored = { value, updatedBy: actor.label }
  const { workspaceId } = actor
  const { count } =
    revision === firstRevision
      ? await tx.workspaceSetting.createMany({
          data: [{ ...stored, workspaceId, key, revision: firstRevision + 1 }],
          skipDuplicates: true,
        })
      : await tx.workspaceSetting.updateMany({
          where: { key, revision },
          data: { ...stored, revision: { increment: 1 } },
        })
  if (count > 0) return succeed({ revision: revision + 1 })
  const now = await tx.workspaceSetting.findFirst({ where: { key } })
  return changedBy(`“${workspaceSettings[key].label}”`, {
    name: now?.updatedBy ?? null,
    at: now?.updatedAt ?? new Date(),
  })
}
