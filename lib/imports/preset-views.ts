import { z } from 'zod'
import { authenticationTypes, systemTypes } from '@/lib/domain/vocabulary'
import { keysOf } from '@/lib/domain/text-schema'

/** A ready-made connector in the list. */
export const presetSummary = z.strictObject({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  systemType: z.enum(keysOf(systemTypes)),
  colour: z.string().nullable(),
  documentationUrl: z.string(),
  methods: z.array(
    z.strictObject({ name: z.string(), type: z.enum(keysOf(authenticationTypes)), documentationUrl: z.string() }),
  ),
  endpoints: z.number(),
  /** The day on which it was compared with its sources; null: not yet. */
  checkedAt: z.iso.date().nullable(),
  /** Addresses of the vendor's documentation, that of authentication first. */
  sources: z.array(z.string()),
  /** The workspace's connector with the same name. */
  installed: z.strictObject({ id: z.string() }).nullable(),
})
export type PresetSummary = z.infer<typeof presetSummary>
