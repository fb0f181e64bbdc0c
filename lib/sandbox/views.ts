import { z } from 'zod'

/**
 * What *Manage connectors* offers. `try` starts the sandbox and creates everything for a first request. `install` only
 * adds the connector, for a sandbox that was started by hand; it disappears once the connector exists.
 */
export const sandboxOffer = z.strictObject({ offer: z.enum(['try', 'install', 'none']) })
export type SandboxOffer = z.infer<typeof sandboxOffer>['offer']
