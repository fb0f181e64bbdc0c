import 'server-only'
import { installConnector } from './install-connector'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { installPresetSchema } from './preset-schema'
import { planDocument } from './plan-document'
import { presetCalled, unknown } from './find-preset'

/** Adds a ready-made connector with its methods, endpoints and toggles in one transaction. */
export const installPreset = operation({
  name: 'install_connector',
  permission: 'change',
  input: installPresetSchema,
  output: z.strictObject({ id: z.uuid() }),
  run: async (context, { preset: key, name }) => {
    const preset = await presetCalled(key)
    if (!preset) return unknown()
    const plan = planDocument({ ...preset.document, ...(name !== '' && { name }) })
    return plan.ok ? installConnector(context, { plan: plan.value }) : plan
  },
})
