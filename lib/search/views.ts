import { z } from 'zod'
import { failingStatuses } from '@/lib/domain/failing'

export const foundKind = z.enum(['connector', 'instance', 'endpoint', 'flow'])
export type FoundKind = z.infer<typeof foundKind>

/** One hit of the palette. */
export const found = z.strictObject({
  kind: foundKind,
  id: z.string(),
  name: z.string(),
  /** What tells it from its namesakes: the connector, the version. */
  detail: z.string(),
  href: z.string(),
  /** Of an instance that a person has to repair. */
  failing: z.enum(failingStatuses).nullable(),
})
export type Found = z.infer<typeof found>
