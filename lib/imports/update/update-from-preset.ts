import 'server-only'
import { z } from 'zod'
import { notFound } from '@/lib/domain/refusals'
import { refuse } from '@/lib/domain/result'
import { idOf } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { currentPresetHash, presetCalled, unknown } from '../find-preset'
import { latestPreset } from '../latest-import'
import { beginImport } from '../start-import'

/** Begins to update a connector to the ready-made connector that it was installed from, as this version brings it. */
export const updateFromPreset = operation({
  name: 'update_from_preset',
  permission: 'change',
  input: z.strictObject({ connectorId: idOf('connector') }),
  output: z.strictObject({ id: z.uuid() }),
  run: async (context, { connectorId }) => {
    const connector = await context.db.connector.findFirst({ where: { id: connectorId }, select: { id: true } })
    if (!connector) return notFound('connector')
    const key = await latestPreset(context.db, connectorId)
    if (key === null)
      return refuse('invalid_input', 'This connector was not installed from a ready-made one. Import its document.')
    const [preset, hash] = [await presetCalled(key), await currentPresetHash(key)]
    if (!preset || hash === null) return unknown()
    return beginImport(context, {
      text: JSON.stringify(preset.document),
      ...{ url: '', updates: connectorId, applies: false, removeOthers: false, preset: { key, hash } },
    })
  },
})
