import { refuse, succeed, type Result } from '../result'
import { applyPlacement } from './placement'
import { oauth2Variables } from './oauth2-variables'
import { asObject, readChoice, readFlag, readPlacement, readRows, readSeconds, readStatuses, readText } from './read-options'
import type { AppliedCredentials, AuthenticationTypeDefinition, CredentialInput, Placement } from './types'

export const pkceModes = ['S256', 'plain', 'off'] as const
export type PkceMode = (typeof pkceModes)[number]

export const clientAuthentications = ['client_secret_basic', 'client_secret_post', 'none'] as const
export type ClientAuthentication = (typeof clientAuthentications)[number]

export const expiryUnits = ['seconds', 'milliseconds', 'epoch_seconds', 'epoch_milliseconds', 'iso'] as const
export type ExpiryUnit = (typeof expiryUnits)[number]

export type OAuthOptions = {
  /** RFC 7636. */
  pkce: PkceMode
  /** RFC 6749 §2.3.1. */
  clientAuthentication: ClientAuthentication
  requestEncoding: 'form' | 'json'
  scopeSeparator: string
  /** Templates that name where the answer holds what; they default to the type's variables, so that each fact has one home (DATA §4). */
  tokenPath: string
  refreshTokenPath: string
  expiryPath: string
  expiryUnit: ExpiryUnit
  defaultLifetimeSeconds: number | null
  expiredStatuses: number[]
  /** RFC 9207: empty where the method names none. */
  issuer: string
  issuerAdvertised: boolean
  placement: Placement
  kept: { variable: string; path: string }[]
  keptFromCallback: { variable: string; parameter: string }[]
}

const defaultOptions: OAuthOptions = {
  pkce: 'S256',
  clientAuthentication: 'client_secret_basic',
  requestEncoding: 'form',
  scopeSeparator: ' ',
  tokenPath: '{{ response_authentication_token_key }}',
  refreshTokenPath: '{{ response_refresh_token_key }}',
  expiryPath: 'expires_in',
  expiryUnit: 'seconds',
  defaultLifetimeSeconds: null,
  expiredStatuses: [401],
  issuer: '',
  issuerAdvertised: false,
  placement: { place: 'header', key: 'Authorization', value: 'Bearer {{ access_token }}' },
  kept: [],
  keptFromCallback: [],
}

/** Reads every option, or refuses by the name of the first that is wrong. */
export function readOAuthOptions(options: unknown): Result<OAuthOptions> {
  const json = asObject(options)
  const text = (name: 'scopeSeparator' | 'tokenPath' | 'refreshTokenPath' | 'expiryPath' | 'issuer') =>
    readText(json, name, defaultOptions[name])
  return readAll<OAuthOptions>({
    pkce: readChoice(json, 'pkce', pkceModes, defaultOptions.pkce),
    clientAuthentication: readChoice(json, 'clientAuthentication', clientAuthentications, defaultOptions.clientAuthentication),
    requestEncoding: readChoice(json, 'requestEncoding', ['form', 'json'], defaultOptions.requestEncoding),
    scopeSeparator: text('scopeSeparator'),
    tokenPath: text('tokenPath'),
    refreshTokenPath: text('refreshTokenPath'),
    expiryPath: text('expiryPath'),
    expiryUnit: readChoice(json, 'expiryUnit', expiryUnits, defaultOptions.expiryUnit),
    defaultLifetimeSeconds: readSeconds(json, 'defaultLifetimeSeconds'),
    expiredStatuses: readStatuses(json, 'expiredStatuses', defaultOptions.expiredStatuses),
    issuer: text('issuer'),
    issuerAdvertised: readFlag(json, 'issuerAdvertised', defaultOptions.issuerAdvertised),
    placement: readPlacement(json, defaultOptions.placement),
    kept: readRows(json, 'kept', ['variable', 'path']),
    keptFromCallback: readRows(json, 'keptFromCallback', ['variable', 'parameter']),
  })
}

function readAll<Options extends object>(read: { [Name in keyof Options]: Result<Options[Name]> }): Result<Options> {
  const options: Partial<Options> = {}
  for (const name of Object.keys(read) as (keyof Options)[]) {
    const result = read[name]
    if (!result.ok) return result
    options[name] = result.value
  }
  return succeed(options as Options)
}

function applyCredentials(input: CredentialInput): Result<AppliedCredentials> {
  const options = readOAuthOptions(input.options)
  if (!options.ok) return options
  if (!input.context.reserved?.access_token) {
    return refuse('no_token', 'This instance has no access token yet. Authorise it first.')
  }
  return applyPlacement(options.value.placement, input)
}

/** A public client has no secret (RFC 6749 §2.1). */
function unusedVariables(options: unknown): string[] {
  const read = readOAuthOptions(options)
  return read.ok && read.value.clientAuthentication === 'none' ? ['client_secret'] : []
}

export const oauth2AuthorizationCode: AuthenticationTypeDefinition = {
  type: 'oauth2_authorization_code',
  label: 'OAuth 2 (authorisation code)',
  description: 'A person signs in at the third party and grants access; the tokens this yields are kept and refreshed.',
  needsPerson: true,
  phases: ['authorise', 'exchange', 'refresh', 'verify', 'endpoint'],
  urls: [
    {
      phase: 'exchange',
      label: 'URL / Token URL',
      required: true,
      helpText: 'Where the code is exchanged for tokens, for example https://oauth.myapp.com/token/{{ account }}.',
    },
    {
      phase: 'authorise',
      label: 'Authorise URL',
      required: true,
      helpText: 'Where a person signs in and grants access. State, redirect URI and the other OAuth parameters are added.',
    },
    {
      phase: 'refresh',
      label: '(Optional) Re-authenticate URL',
      required: false,
      helpText: 'Where tokens are refreshed. Left empty: the token URL.',
    },
  ],
  defaultVariables: oauth2Variables,
  defaultPhases: [
    { kind: 'authorise', step: 0, httpMethod: 'GET', url: null },
    { kind: 'exchange', step: 0, httpMethod: 'POST', url: null },
    { kind: 'refresh', step: 0, httpMethod: null, url: null },
    { kind: 'verify', step: 0, httpMethod: 'GET', url: null },
  ],
  defaultOptions,
  filledVariables: ['oauth_authorised_code'],
  unusedVariables,
  readOptions: readOAuthOptions,
  applyCredentials,
}
