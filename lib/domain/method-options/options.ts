import type { MethodOptions } from './options-schema'

/**
 * The settings of a method besides its variables, parameters and phases. One flat record for all types: a type only
 * chooses defaults and which groups people can edit.
 */

export const optionGroups = {
  common: ['baseUrl', 'computed', 'rejectedStatuses', 'rejectedBody'],
  placement: ['placement'],
  basic: ['basic'],
  client: ['clientAuthentication', 'requestEncoding', 'scopeSeparator', 'parameterNames'],
  authorise: ['pkce', 'issuer', 'issuerAdvertised', 'unencodedParameters', 'keptFromCallback'],
  callback: ['keptFromCallback'],
  answer: [
    ...(['tokenPath', 'refreshTokenPath', 'expiryPath', 'expiryUnit', 'expiryPattern'] as const),
    ...(['defaultLifetimeSeconds', 'refreshMarginSeconds', 'kept'] as const),
  ],
  refresh: [
    ...(['refreshBy', 'refreshWithoutToken'] as const),
    ...(['deadGrantErrors', 'deadGrantStatuses', 'failingErrors', 'failingStatuses'] as const),
  ],
  expired: ['expiredStatuses', 'expiredHeader', 'expiredBody'],
  jwt: ['jwt'],
  signature: ['signature'],
  oauth1: ['oauth1'],
} as const satisfies Record<string, readonly (keyof MethodOptions)[]>
export type OptionGroup = keyof typeof optionGroups

const commonDefaults: MethodOptions = {
  baseUrl: '',
  computed: [],
  rejectedStatuses: [401],
  rejectedBody: null,
  placement: { place: 'none', key: '', value: '' },
  basic: { username: '{{ username }}', password: '{{ password }}' },
  clientAuthentication: 'client_secret_basic',
  requestEncoding: 'form',
  scopeSeparator: ' ',
  parameterNames: [],
  pkce: 'S256',
  issuer: '',
  issuerAdvertised: false,
  unencodedParameters: [],
  keptFromCallback: [],
  tokenPath: '{{ response_authentication_token_key }}',
  refreshTokenPath: 'refresh_token',
  expiryPath: 'expires_in',
  expiryUnit: 'seconds',
  expiryPattern: '',
  defaultLifetimeSeconds: null,
  refreshMarginSeconds: null,
  kept: [],
  refreshBy: 'refresh_token',
  refreshWithoutToken: false,
  deadGrantErrors: ['invalid_grant', 'invalid_token', 'bad_refresh_token'],
  deadGrantStatuses: [],
  failingErrors: ['invalid_client', 'unauthorized_client', 'invalid_scope', 'unsupported_grant_type'],
  failingStatuses: [],
  expiredStatuses: [401],
  expiredHeader: null,
  expiredBody: null,
  jwt: { algorithm: 'RS256', key: '{{ private_key }}', keyEncoding: 'pem', lifetime: '300', header: [], claims: [] },
  signature: {
    ...{
      scheme: 'template',
      accessKeyId: '',
      secretAccessKey: '',
      sessionToken: '',
      region: '',
      service: '',
      signedIn: 'header',
    },
    ...{ components: [], label: 'sig1', algorithm: 'hmac-sha256', key: '', keyEncoding: 'text', keyId: '', tag: '' },
    ...{ lifetimeSeconds: null, contentDigest: 'none', signsTokenRequests: false, placements: [] },
  },
  oauth1: { placement: 'header', bodyHash: false },
}

/** The default options of a type: the common defaults, with those that the type changes. */
export function defaultsOf(changed: Partial<MethodOptions>): MethodOptions {
  return { ...commonDefaults, ...changed }
}

/** The options of the given groups: those that a method of the type stores and people edit. */
export function optionsOfGroups(
  groups: readonly OptionGroup[],
  options: Partial<MethodOptions>,
): Partial<MethodOptions> {
  const names = new Set<string>(groups.flatMap((group) => optionGroups[group]))
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.has(name)))
}
