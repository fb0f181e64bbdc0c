import { z } from 'zod'

/** An origin in the definition. Nothing is sent there before an administrator confirms it. */
export const pendingOrigin = z.strictObject({
  /** `https://api.acme.test`, `https://{account}.acme.test`, `{base_url}` or `https://*.acme.test`. */
  origin: z.string(),
  /** Where the definition uses it: “Base URL”, “OAuth 2: Token URL”, “Endpoint List orders”. */
  from: z.array(z.string()),
  /** ISO time, UTC. */
  since: z.string(),
})
export type PendingOrigin = z.infer<typeof pendingOrigin>
