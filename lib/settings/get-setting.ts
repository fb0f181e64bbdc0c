import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import { settingOf, type SettingKey, type SettingValue } from './workspace-settings'

/** The value of a workspace's setting, for other modules. One read by the primary key. */
export async function getSetting<Key extends SettingKey>(
  db: Pick<WorkspaceDb | WorkspaceTransaction, 'workspaceSetting'>,
  key: Key,
): Promise<SettingValue<Key>> {
  return settingOf(key, await db.workspaceSetting.findFirst({ where: { key }, select: { value: true } }))
}
