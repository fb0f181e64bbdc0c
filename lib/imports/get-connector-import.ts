import 'server-only'
import { z } from 'zod'
import { succeed } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { currentPresetHash } from './find-preset'
import { latestImport } from './latest-import'
import { connectorImport } from './import-views'

/** What a connector was imported from; null if it was not. */
export const getConnectorImport = operation({
  name: 'get_connector_import',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: connectorImport.nullable(),
  run: async ({ db }, { connectorId }) => {
    const latest = await latestImport(db, connectorId)
    if (!latest.ok) return latest
    if (latest.value === null) return succeed(null)
    const { id, format, importedAt, presetKey, presetHash } = latest.value
    const lines = await db.importLine.count({ where: { importId: id } })
    const current = presetKey === null ? null : await currentPresetHash(presetKey)
    const hasUpdate = current !== null && current !== presetHash
    return succeed({ format, importedAt: importedAt.toISOString(), lines, hasUpdate })
  },
})
