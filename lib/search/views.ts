import { z } from 'zod'
import { failingStatuses } from '@/lib/domain/failing'

export const foundKind = z.enum(['connector', 'instance', 'endpoint', 'flow'])
export type FoundKind = z.infer<typeof foundKind>

/** One hit of the palette. */
export const found = z.strictObject({
  kind: foundKind,
  id: z.string(),
  name: z.string(),
  /** Distinguishes objects with the same name, for example the connector or its version. */
  detail: z.string(),
  href: z.string(),
  /** Set for an instance that a person has to fix, or that is disabled. */
  status: z.enum([...failingStatuses, 'disabled']).nullable(),
})
export type Found = z.infer<typeof found>
