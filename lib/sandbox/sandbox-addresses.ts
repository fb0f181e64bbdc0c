import 'server-only'
import { env } from '@/lib/platform/env'
import type { SandboxAddresses } from './addresses'

/**
 * The sandbox runs on this machine, so it is useful only if the dashboard does too: for trying out and for development.
 */
export function sandboxIsUsable(): boolean {
  return env().PATCHBAY_BUILT_IN_DATABASE || env().NODE_ENV === 'development'
}

/** Where `npm run sandbox` listens, with the same SANDBOX_PORT. */
export function sandboxAddresses(): SandboxAddresses {
  const port = env().SANDBOX_PORT
  return { url: `http://localhost:${port}`, certificateUrl: `https://localhost:${port + 2}` }
}
