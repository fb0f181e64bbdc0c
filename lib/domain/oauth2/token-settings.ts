import type { MethodOptions } from '../method-options/options-schema'
import type { PhaseDefinition } from '../definitions'
import type { MethodDefinition } from '../method-options/method-definition'
import { refuse, succeed, type Result } from '../result'
import type { BodyFormat, HttpMethod, PhaseKind } from '../vocabulary'
import { readClientAuthentication } from './client-authentication'
import type { ClientAuthentication } from '../method-options/option-choices'
import type { GrantInput } from './grant-fields'

export type TokenPhase = Extract<PhaseKind, 'exchange' | 'refresh' | 'revoke'>

/** The phase that defines the settings and parameters of a grant's request. */
export function phaseOfGrant({ kind }: GrantInput): TokenPhase {
  return kind === 'refresh' || kind === 'revoke' ? kind : 'exchange'
}

/** The token requests of a method, in order. Later ones without a URL are ignored. */
export function exchangeSteps({ phases }: Pick<MethodDefinition, 'phases'>): PhaseDefinition[] {
  return phases
    .filter(({ kind, step, url }) => kind === 'exchange' && (step === 0 || Boolean(url)))
    .sort((one, other) => one.step - other.step)
}

/** The settings of a token request. */
export type TokenSettings = {
  url: string
  httpMethod: HttpMethod
  bodyFormat: BodyFormat
  body: string
  clientAuthentication: ClientAuthentication
}

type SettingsInput = {
  method: MethodDefinition
  options: MethodOptions
  phase: TokenPhase
  step: number
  hasBodyParameters: boolean
}

/**
 * Refresh and revoke inherit from the first token request what they do not set themselves (DATA §4), except the revoke
 * URL, which is never inherited. Later token requests inherit nothing.
 */
export function tokenSettings({
  method,
  options,
  phase,
  step,
  hasBodyParameters,
}: SettingsInput): Result<TokenSettings> {
  const own = method.phases.find((row) => row.kind === phase && row.step === step)
  const first = method.phases.find((row) => row.kind === 'exchange' && row.step === 0)
  const later = step > 0
  const inherited = <Name extends keyof PhaseDefinition>(name: Name) =>
    own?.[name] || (later ? null : first?.[name]) || null
  const url = phase === 'revoke' ? own?.url : inherited('url')
  if (!url) return refuse('invalid_url', missingUrl(method, phase, step))
  const httpMethod = inherited('httpMethod') ?? 'POST'
  // A body template is never inherited: it names the code or the refresh token.
  const body = own?.body ?? ''
  const client = readClientAuthentication(
    inherited('clientAuthentication'),
    later ? 'nothing' : options.clientAuthentication,
  )
  if (!client.ok) return client
  const usual = later && body.trim() === '' && !hasBodyParameters ? 'none' : options.requestEncoding
  const bodyFormat = isBodiless(httpMethod, own, body) ? 'none' : (inherited('bodyFormat') ?? usual)
  return succeed({ url, httpMethod, body, bodyFormat, clientAuthentication: client.value })
}

/** GET has a body only if there is a template for it, and DELETE only if the method asks for one. */
function isBodiless(httpMethod: HttpMethod, own: PhaseDefinition | undefined, body: string): boolean {
  if (body.trim() !== '') return false
  return httpMethod === 'GET' || httpMethod === 'HEAD' || (httpMethod === 'DELETE' && !own?.bodyFormat)
}

function missingUrl({ name }: MethodDefinition, phase: TokenPhase, step: number): string {
  const which = phase === 'revoke' ? 'Revoke URL' : step > 0 ? `URL for token request ${step + 1}` : 'Token URL'
  return `${name} has no ${which}. Enter it on the URLs tab of the authentication method.`
}
