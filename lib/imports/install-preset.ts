import 'server-only'
import { installConnector } from './install-connector'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { presetHash } from './preset-hash'
import { installPresetSchema } from './preset-schema'
import { planDocument } from './plan-document'
import { presetCalled, unknown } from './find-preset'
import { presetFormat } from './preset-format'

/**
 * Adds a ready-made connector with its methods, endpoints and toggles in one transaction, and remembers its document, so
 * that a newer one can be compared with it.
 */
export const installPreset = operation({
  name: 'install_connector',
  permission: 'change',
  input: installPresetSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: async (context, { preset: key, name }) => {
    const preset = await presetCalled(key)
    if (!preset) return unknown()
    const original = planDocument(preset.document)
    if (!original.ok) return original
    const plan = planDocument({ ...preset.document, ...(name !== '' && { name }) })
    if (!plan.ok) return plan
    const hash = presetHash(original.value)
    return installConnector(context, { plan: plan.value, format: presetFormat, preset: { key, hash } })
  },
})
