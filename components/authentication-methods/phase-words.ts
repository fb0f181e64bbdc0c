import type { TypeDescription } from '@/lib/domain/authentication/describe-type'
import type { UrlField } from '@/lib/domain/authentication/types'
import { phaseKinds, type PhaseKind } from '@/lib/domain/vocabulary'

/** What the *URLs* tab calls the requests of a phase, unless the type has its own name for them. */

const usual: Partial<Record<PhaseKind, Omit<UrlField, 'phase'>>> = {
  request_token: {
    label: 'Request token URL',
    required: false,
    helpText: 'Where an authorisation starts. It issues the temporary request token that a person then approves.',
  },
  authorise: { label: 'Authorise URL', required: false, helpText: 'Where a person signs in and grants access.' },
  exchange: {
    label: 'URL / Token URL',
    required: false,
    helpText: 'Where the token is requested, for example https://oauth.myapp.com/token/{{ account }}.',
  },
  refresh: {
    label: '(Optional) Re-authenticate URL',
    required: false,
    helpText: 'Where tokens are refreshed. Default: the token URL.',
  },
  revoke: {
    label: 'Revoke URL',
    required: false,
    helpText: 'Called once when an instance is deleted, to revoke its token. Leave empty to revoke nothing.',
  },
  after_connect: {
    label: 'Lookup URL',
    required: false,
    helpText:
      'Called once when an instance is connected, for values that other requests need, such as an account ID or the address of its API.',
  },
}

export function urlFieldOf({ urls, phases }: TypeDescription, kind: PhaseKind): Omit<UrlField, 'phase'> {
  const own = urls.find(({ phase }) => phase === kind)
  if (own) return own
  // In OAuth 1 every vendor documents the token request under this name.
  if (kind === 'exchange' && phases.includes('request_token'))
    return {
      label: 'Access token URL',
      required: false,
      helpText: 'Where the approved request token is exchanged for the access token.',
    }
  return usual[kind] ?? { label: `${phaseKinds[kind]} URL`, required: false, helpText: '' }
}

/** "Get token, request 2": the name of one of several requests. */
export function stepName(kind: PhaseKind, step: number): string {
  if (kind === 'after_connect') return `Lookup ${step + 1}`
  return `${phaseKinds[kind]}, request ${step + 1}`
}

/** Whether the phase inherits settings from *Get token* (DATA §4). */
export function inheritsFromExchange(kind: PhaseKind): boolean {
  return kind === 'refresh' || kind === 'revoke'
}

/**
 * Whether the request authenticates the client. Requests to the token endpoint do; the browser's request and requests
 * with the token do not.
 */
export function provesClient(kind: PhaseKind, step: number): boolean {
  return (kind === 'exchange' && step === 0) || inheritsFromExchange(kind)
}
