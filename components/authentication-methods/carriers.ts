import type { Carrier } from '@/components/parameters/parameter-editing'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { AuthenticationType, ParameterPlace } from '@/lib/domain/vocabulary'

/**
 * "Sent with": the shortcuts for a method's parameters (DATA §4). The first is the default of the type: a client
 * secret never reaches an endpoint by accident.
 */
export function carriersOf(type: AuthenticationType, place: ParameterPlace): Carrier[] {
  const { phases } = authenticationTypeDefinitions[type]
  const endpoints: Carrier = { label: 'Endpoint requests', phases: ['endpoint', 'verify'] }
  const test: Carrier = { label: 'Test request only', phases: ['verify'] }
  if (!phases.includes('exchange')) return [endpoints, test]
  const authentication: Carrier = { label: 'Authentication request', phases: ['exchange', 'refresh'] }
  const authorise: Carrier = { label: 'Authorise URL', phases: ['authorise'] }
  const both: Carrier = { label: 'Both', phases: ['exchange', 'refresh', 'endpoint', 'verify'] }
  // The authorise request is the browser's: it has a URL, and neither headers nor a body of ours.
  const browser = place === 'url' && phases.includes('authorise') ? [authorise] : []
  return [authentication, ...browser, endpoints, both, test]
}
