import { z } from 'zod'
import { idOf } from '@/lib/operations/input'
import { label, line } from '@/lib/domain/text-schema'

const presetKey = z.string().regex(/^[a-z0-9-]{1,64}$/)

/** If the name is empty, the preset's name is used. */
export const installPresetSchema = z.strictObject({ preset: presetKey, name: label(120).default('') })
export type InstallPreset = z.infer<typeof installPresetSchema>

/** The version label distinguishes the copy from the original. */
export const duplicateConnectorSchema = z.strictObject({
  connectorId: idOf('connector'),
  versionLabel: line(40).trim().min(1, 'Enter a version label, such as v2.'),
})

export const addPresetMethodSchema = z.strictObject({
  connectorId: idOf('connector'),
  preset: presetKey,
  method: line(120).min(1),
  name: label(120).default(''),
})
export type AddPresetMethod = z.infer<typeof addPresetMethodSchema>
