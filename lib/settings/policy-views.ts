import { z } from 'zod'

/** The outbound network policy in force, as an administrator sees it in Settings. */
export const outboundPolicyView = z.strictObject({
  /** Open because of development or the built-in database; else only what `allowed` says. */
  loopbackOpen: z.boolean(),
  /** The entries of PATCHBAY_OUTBOUND_ALLOW as they are understood. */
  allowed: z.array(z.strictObject({ entry: z.string(), kind: z.enum(['range', 'service']) })),
  /** The networks that are refused unless an entry allows them. */
  refused: z.array(z.strictObject({ class: z.string(), name: z.string() })),
  /** What belongs to this installation, refused unless it is named by host and port. */
  own: z.array(z.strictObject({ kind: z.string(), address: z.string(), allowed: z.boolean() })),
  mostRedirects: z.number(),
  maxResponseBytes: z.number(),
})
export type OutboundPolicyView = z.infer<typeof outboundPolicyView>
