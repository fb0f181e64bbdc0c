import type { Carrier } from '@/components/parameters/carrier'
import { stepName } from '@/components/authentication-methods/phase-words'
import type { TypeDescription } from '@/lib/domain/authentication/describe-type'
import type { ParameterLocation, PhaseKind } from '@/lib/domain/vocabulary'

/** The number of requests that a phase of the draft has. */
export type StepCount = (kind: PhaseKind) => number

/**
 * "Sent with": the shortcuts for a method's parameters (DATA §4). The first one is the default of the type. If a token
 * is always obtained first, the default is its request, so that a client secret never reaches an endpoint by accident.
 */
export function carriersOf(
  { phases, urls }: TypeDescription,
  place: ParameterLocation,
  stepCount: StepCount,
): Carrier[] {
  const obtains = urls.some(({ phase, required }) => phase === 'exchange' && required)
  const known = (carriers: Carrier[]) =>
    carriers.filter((carrier) => carrier.phases.some((phase) => phase === 'endpoint' || phases.includes(phase)))
  const endpoints = carrier('Endpoint requests', ['endpoint', 'verify'])
  const asking = phases.includes('exchange') ? tokenCarriers(phases, stepCount) : []
  // The browser makes the authorise request: Patchbay controls its URL, but not its headers or body.
  const browser = place === 'url' ? [carrier('Authorise request (in the browser)', ['authorise'])] : []
  const rest = [
    ...browser,
    ...(phases.includes('exchange') ? [carrier('Both', ['exchange', 'refresh', 'endpoint', 'verify'])] : []),
    ...steps('exchange', stepCount),
    carrier('Request for the request token', ['request_token']),
    carrier('Refresh', ['refresh']),
    carrier('Revoke', ['revoke']),
    carrier('After-connect lookup', ['after_connect']),
    ...steps('after_connect', stepCount),
    carrier('Endpoint requests and lookups', ['endpoint', 'verify', 'after_connect']),
    ...testCarriers(stepCount),
  ]
  return known(obtains ? [...asking, endpoints, ...rest] : [endpoints, ...asking, ...rest])
}

/** The carriers of the *Test request* tab. */
export function testCarriers(stepCount: StepCount): Carrier[] {
  return [carrier('Test request only', ['verify']), ...steps('verify', stepCount)]
}

export function isTestOnly({ phases }: { phases: readonly PhaseKind[] }): boolean {
  return phases.length === 1 && phases[0] === 'verify'
}

/**
 * If there is an authorise request, which also belongs to authentication, the requests for tokens are called token
 * requests.
 */
function tokenCarriers(phases: readonly PhaseKind[], stepCount: StepCount): Carrier[] {
  if (phases.includes('request_token')) return [carrier('Request for the access token', ['exchange'])]
  const authorises = phases.includes('authorise')
  const getToken = carrier(authorises ? 'Token request, without refresh' : 'Get token', ['exchange'])
  if (!phases.includes('refresh')) return [getToken]
  const both = carrier(authorises ? 'Token request and refresh' : 'Authentication request', ['exchange', 'refresh'])
  return stepCount('exchange') > 1 ? [both] : [both, getToken]
}

function steps(kind: PhaseKind, stepCount: StepCount): Carrier[] {
  const count = stepCount(kind)
  if (count < 2) return []
  return Array.from({ length: count }, (_, step) => ({ label: stepName(kind, step), phases: [kind], steps: [step] }))
}

function carrier(label: string, phases: PhaseKind[]): Carrier {
  return { label, phases, steps: [] }
}
