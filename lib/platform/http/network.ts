import 'server-only'
import { env } from '@/lib/platform/env'
import type { EgressPolicy } from './egress-policy'
import { ownServices } from './own-services'
import { resolveHost, type ResolveHost } from './resolve-host'

/** The environment of sending: the policy and the name service. Tests use their own. */
export type Network = { policy: EgressPolicy; resolve: ResolveHost }

let current: Network | undefined

/**
 * The policy of this installation, read once. Throws if PATCHBAY_OUTBOUND_ALLOW has an invalid entry.
 */
export function currentNetwork(): Network {
  return (current ??= { policy: installedPolicy(), resolve: resolveHost })
}

function installedPolicy(): EgressPolicy {
  const {
    NODE_ENV,
    PATCHBAY_BUILT_IN_DATABASE,
    PATCHBAY_OUTBOUND_ALLOW,
    PORT,
    APP_URL,
    PATCHBAY_PUBLIC_URLS,
    DATABASE_URL,
  } = env()
  return {
    ...PATCHBAY_OUTBOUND_ALLOW,
    loopbackOpen: NODE_ENV === 'development' || PATCHBAY_BUILT_IN_DATABASE,
    own: ownServices({ port: PORT, appUrl: APP_URL, publicUrls: PATCHBAY_PUBLIC_URLS, databaseUrl: DATABASE_URL }),
  }
}
