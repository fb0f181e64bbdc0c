import { z } from 'zod'

/** What *Revoke all tokens* will do to the instances of one authentication method that have tokens. */
export const methodRevocation = z.strictObject({
  methodId: z.string(),
  methodName: z.string(),
  instances: z.number(),
  /** The method has a revoke URL; otherwise the tokens are only removed here. */
  atVendor: z.boolean(),
  /** A person has to authorise again; otherwise the next request gets a new token. */
  needsPerson: z.boolean(),
})
export type MethodRevocation = z.infer<typeof methodRevocation>

export const revocationPreview = z.strictObject({ instances: z.number(), methods: z.array(methodRevocation) })
export type RevocationPreview = z.infer<typeof revocationPreview>

/** What happened to the tokens of one instance. They are removed here in every case. */
export const revocationResult = z.strictObject({
  instanceId: z.string(),
  name: z.string(),
  outcome: z.enum(['revoked', 'no_revoke_url', 'not_revoked']),
  /** Why they could not be revoked at the vendor; otherwise empty. */
  reason: z.string(),
})
export type RevocationResult = z.infer<typeof revocationResult>

export const revokedPage = z.strictObject({
  results: z.array(revocationResult),
  /** The cursor for the next call; null after the last instance. */
  next: z.string().nullable(),
})
