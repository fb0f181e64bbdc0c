import { z } from 'zod'

/**
 * What *Manage connectors* offers: `try` starts the sandbox and makes everything for a first request, `install` only adds
 * the connector of a sandbox that runs already, until it is there.
 */
export const sandboxOffer = z.strictObject({ offer: z.enum(['try', 'install', 'none']) })
export type SandboxOffer = z.infer<typeof sandboxOffer>['offer']
