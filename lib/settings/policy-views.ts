import { z } from 'zod'

/** The current outbound network policy, as an administrator sees it in *Settings*. */
export const outboundPolicyView = z.strictObject({
  /** Whether loopback is open because of development or the built-in database. Otherwise `allowed` decides. */
  loopbackOpen: z.boolean(),
  /** The entries of PATCHBAY_OUTBOUND_ALLOW, as parsed. */
  allowed: z.array(z.strictObject({ entry: z.string(), kind: z.enum(['range', 'service']) })),
  /** The networks that are refused unless an entry allows them. */
  refused: z.array(z.strictObject({ class: z.string(), name: z.string() })),
  /** This installation's own addresses, which are refused unless they are allowed by host and port. */
  own: z.array(z.strictObject({ kind: z.string(), address: z.string(), allowed: z.boolean() })),
  mostRedirects: z.number(),
  maxResponseBytes: z.number(),
})
export type OutboundPolicyView = z.infer<typeof outboundPolicyView>
