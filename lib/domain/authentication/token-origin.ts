import type { MethodDefinition } from '../method-options/method-definition'
import { authenticationTypeDefinitions } from './registry'

/** How a method gets its access tokens: a person authorises, or Patchbay sends token requests by itself. */
export type TokenOrigin = 'person' | 'requests'

/**
 * Null if requests have no access token. A type that begins with a request token signs with its tokens, which are values
 * like others.
 */
export function tokenOriginOf({ type, phases }: Pick<MethodDefinition, 'type' | 'phases'>): TokenOrigin | null {
  const definition = authenticationTypeDefinitions[type]
  if (definition.phases.includes('request_token') || !definition.phases.includes('exchange')) return null
  if (definition.needsPerson === 'always') return 'person'
  return phases.some(({ kind, url }) => kind === 'exchange' && Boolean(url)) ? 'requests' : null
}
