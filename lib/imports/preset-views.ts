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
  /** The workspace's connector with the same name. */
  installed: z.strictObject({ id: z.string() }).nullable(),
})
export type PresetSummary = z.infer<typeof presetSummary>
