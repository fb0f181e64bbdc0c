import type { Carrier } from '@/components/parameters/carrier'
import { stepName } from '@/components/authentication-methods/phase-words'
import type { TypeDescription } from '@/lib/domain/authentication/describe-type'
import type { ParameterLocation, PhaseKind } from '@/lib/domain/vocabulary'

/** How many requests a phase of the draft has. */
export type StepCount = (kind: PhaseKind) => number

/**
 * "Sent with": the shortcuts for a method's parameters (DATA §4). The first is the default of the type: where a token
 * is always obtained first, a client secret never reaches an endpoint by accident.
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
  // The authorise request is the browser's: it has a URL, and neither headers nor a body of ours.
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

/** Those of the *Test request* tab. */
export function testCarriers(stepCount: StepCount): Carrier[] {
  return [carrier('Test request only', ['verify']), ...steps('verify', stepCount)]
}

/** In words, where no shortcut says it. */
export function isTestOnly({ phases }: { phases: readonly PhaseKind[] }): boolean {
  return phases.length === 1 && phases[0] === 'verify'
}

/** Beside an authorise request, which is part of authenticating too, the requests for tokens go by that name. */
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
