import 'server-only'
import { succeed } from '@/lib/domain/result'
import { noInput } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { firstRevision, settingOf, type SettingKey } from './workspace-settings'
import { workspaceSettingsView } from './views'

/** All settings of the workspace, with the revisions that a change is based on. */
export const getWorkspaceSettings = operation({
  name: 'get_workspace_settings',
  permission: 'administer',
  input: noInput,
  output: workspaceSettingsView,
  run: async ({ db }) => {
    const rows = await db.workspaceSetting.findMany()
    const read = <Key extends SettingKey>(key: Key) => {
      const row = rows.find((found) => found.key === key) ?? null
      const saved = row && { at: row.updatedAt.toISOString(), by: row.updatedBy }
      return { about: { revision: row?.revision ?? firstRevision, saved }, value: settingOf(key, row) }
    }
    const [addresses, retention] = [read('returnAddresses'), read('retention')]
    return succeed({
      returnAddresses: { ...addresses.about, addresses: addresses.value },
      retention: { ...retention.about, ...retention.value },
    })
  },
})
