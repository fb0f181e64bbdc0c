import type { ExpiryUnit } from '../answers/token-expiry'
import type { KeyEncoding } from '../key-bytes'
import type { PlacementPlace } from '../vocabulary'

/**
 * What a method says besides its variables, parameters and phases. One flat record for every type: a type only chooses
 * defaults, and which groups of it a builder is asked for.
 */

export const pkceModes = ['S256', 'plain', 'off'] as const
export type PkceMode = (typeof pkceModes)[number]

/**
 * How the client proves itself to the token endpoint (RFC 6749 §2.3, RFC 7523 §2.2). `none` sends the client ID alone
 * (a public client, or one known by its certificate), `nothing` not even that; `raw` leaves out the form-encoding that
 * RFC 6749 asks for and that some servers do not undo.
 */
export const clientAuthentications = {
  client_secret_basic: 'Header: client_secret_basic',
  client_secret_basic_raw: 'Header, not form-encoded',
  client_secret_post: 'Body: client_secret_post',
  none: 'Client ID only: a public client',
  nothing: 'Nothing',
  private_key_jwt: 'Signed JWT: private_key_jwt',
  client_secret_jwt: 'Signed JWT: client_secret_jwt',
} as const
export type ClientAuthentication = keyof typeof clientAuthentications

/** How a new access token is got. `exchange` repeats the token requests. */
export const refreshModes = {
  refresh_token: 'With the refresh token',
  access_token: 'With the access token',
  exchange: 'By the token requests again',
  never: 'Never: authorise again',
} as const
export type RefreshMode = keyof typeof refreshModes

export const claimKinds = { text: 'Text', number: 'Number', json: 'JSON', list: 'List, separated by spaces' } as const
export type ClaimKind = keyof typeof claimKinds

export const signatureSchemes = {
  aws_sigv4: 'AWS Signature Version 4',
  http_message_signatures: 'HTTP message signature (RFC 9421)',
  template: 'Templates',
} as const
export type SignatureScheme = keyof typeof signatureSchemes

/** RFC 9421 §3.3 and §6.2.2. */
export const messageSignatureAlgorithms = [
  'hmac-sha256',
  'rsa-pss-sha512',
  'rsa-v1_5-sha256',
  'ecdsa-p256-sha256',
  'ecdsa-p384-sha384',
  'ed25519',
] as const
export type MessageSignatureAlgorithm = (typeof messageSignatureAlgorithms)[number]

/** Where a parameter of the protocol goes by a vendor's own name. */
export const namedPlaces = {
  everywhere: 'Everywhere',
  authorise: 'Authorise URL',
  callback: 'Callback',
  token: 'Token requests',
} as const
export type NamedPlace = keyof typeof namedPlaces

export type ParameterName = { standard: string; sent: string; where: NamedPlace }

/** How a credential is put into a request. */
export type Placement = {
  place: PlacementPlace
  key: string
  /** Template. */
  value: string
}

export type KeptFromAnswer = {
  variable: string
  path: string
  secret: boolean
  /** A value with an end of its own is a named token: the instance expires with the first. Empty: it has none. */
  expiryPath: string
}

export type JwtOptions = {
  /** Templates. */
  algorithm: string
  key: string
  keyEncoding: KeyEncoding
  /** Template: seconds. */
  lifetime: string
  header: { name: string; value: string }[]
  claims: { name: string; value: string; kind: ClaimKind }[]
}

export type SignatureOptions = {
  scheme: SignatureScheme
  /** AWS Signature Version 4; templates. */
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  region: string
  service: string
  signedIn: 'header' | 'query'
  /** RFC 9421. */
  components: string[]
  label: string
  algorithm: MessageSignatureAlgorithm
  key: string
  keyEncoding: KeyEncoding
  keyId: string
  tag: string
  lifetimeSeconds: number | null
  contentDigest: 'none' | 'sha-256' | 'sha-512'
  /** The requests that obtain a token or temporary keys are signed as well, with what people gave. */
  signsTokenRequests: boolean
  /** Rendered over the finished request. */
  placements: { place: 'header' | 'url'; key: string; value: string }[]
}

/** Templates: what stands in front of the colon and behind it; empty where the third party wants nothing there. */
export type BasicOptions = { username: string; password: string }

export type OAuth1Options = { placement: 'header' | 'query' | 'body'; bodyHash: boolean }

export type MethodOptions = {
  /** Template that takes the place of the connector's base URL; empty: the connector's. */
  baseUrl: string
  /** Values made of others, once per request; later ones may name earlier ones. */
  computed: { key: string; value: string }[]
  placement: Placement
  basic: BasicOptions

  clientAuthentication: ClientAuthentication
  requestEncoding: 'form' | 'json'
  scopeSeparator: string
  /** A vendor's own names for the protocol's parameters; an empty one leaves the parameter out. */
  parameterNames: ParameterName[]

  /** RFC 7636. */
  pkce: PkceMode
  /** RFC 9207: empty where the method names none. */
  issuer: string
  issuerAdvertised: boolean
  /** Parameters of the authorise URL whose values are sent as they are typed. */
  unencodedParameters: string[]
  keptFromCallback: { variable: string; parameter: string }[]

  /** Templates that name where the answer holds what; they default to the type's variables, so that each fact has one home (DATA §4). */
  tokenPath: string
  refreshTokenPath: string
  expiryPath: string
  expiryUnit: ExpiryUnit
  expiryPattern: string
  defaultLifetimeSeconds: number | null
  /** How long before its end a token is refreshed; null: the usual rule. */
  refreshMarginSeconds: number | null
  kept: KeptFromAnswer[]

  refreshBy: RefreshMode
  /** A successful answer without a token extends the one there is. */
  refreshWithoutToken: boolean
  deadGrantErrors: string[]

  expiredStatuses: number[]
  expiredHeader: { name: string; contains: string } | null
  expiredBody: { path: string; value: string } | null

  jwt: JwtOptions
  signature: SignatureOptions
  oauth1: OAuth1Options
}

export const optionGroups = {
  common: ['baseUrl', 'computed'],
  placement: ['placement'],
  basic: ['basic'],
  client: ['clientAuthentication', 'requestEncoding', 'scopeSeparator', 'parameterNames'],
  authorise: ['pkce', 'issuer', 'issuerAdvertised', 'unencodedParameters', 'keptFromCallback'],
  callback: ['keptFromCallback'],
  answer: [
    ...(['tokenPath', 'refreshTokenPath', 'expiryPath', 'expiryUnit', 'expiryPattern'] as const),
    ...(['defaultLifetimeSeconds', 'refreshMarginSeconds', 'kept'] as const),
  ],
  refresh: ['refreshBy', 'refreshWithoutToken', 'deadGrantErrors'],
  expired: ['expiredStatuses', 'expiredHeader', 'expiredBody'],
  jwt: ['jwt'],
  signature: ['signature'],
  oauth1: ['oauth1'],
} as const satisfies Record<string, readonly (keyof MethodOptions)[]>
export type OptionGroup = keyof typeof optionGroups

const usual: MethodOptions = {
  baseUrl: '',
  computed: [],
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
  deadGrantErrors: ['invalid_grant', 'bad_refresh_token'],
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

/** The options of a type before anybody has edited them: the usual ones, but for what the type says. */
export function defaultsOf(given: Partial<MethodOptions>): MethodOptions {
  return { ...usual, ...given }
}

/** Of all options those that the groups name: what a method of the type stores and a builder edits. */
export function optionsOfGroups(groups: readonly OptionGroup[], options: MethodOptions): Partial<MethodOptions> {
  const names = new Set<string>(groups.flatMap((group) => optionGroups[group]))
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.has(name)))
}
