import { z } from 'zod'

/**
 * Whether *Install the sandbox connector* is offered: not where it cannot be reached, nor where it is installed
 * already.
 */
export const sandboxOffer = z.strictObject({ offered: z.boolean() })
export type SandboxOffer = z.infer<typeof sandboxOffer>
