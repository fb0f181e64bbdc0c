import type { MethodDefinition } from '../method-options/method-definition'
import { authenticationTypeDefinitions } from './registry'

/** Who gets a method's access tokens: a person who authorises, or Patchbay alone by the token requests. */
export type TokenOrigin = 'person' | 'requests'

/**
 * Null where requests carry no access token. A type that asks for a request token first signs with what it got: its
 * tokens are values like others.
 */
export function tokenOriginOf({ type, phases }: Pick<MethodDefinition, 'type' | 'phases'>): TokenOrigin | null {
  const definition = authenticationTypeDefinitions[type]
  if (definition.phases.includes('request_token') || !definition.phases.includes('exchange')) return null
  if (definition.needsPerson === 'always') return 'person'
  return phases.some(({ kind, url }) => kind === 'exchange' && Boolean(url)) ? 'requests' : null
}
