import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import type { PhaseKind } from '@/lib/domain/vocabulary'
import { partWords, wordsOfName } from './words-of-name'

/** The labels of the fields of an authentication method in its history. */

const optionLabels: Record<keyof MethodOptions, string> = {
  baseUrl: 'Base URL of this method',
  computed: 'Computed values',
  rejectedStatuses: 'Statuses that mean “rejected”',
  rejectedBody: 'Body that means “rejected”',
  placement: 'How the token is sent',
  basic: 'Basic credentials',
  clientAuthentication: 'Client authentication',
  requestEncoding: 'Request encoding',
  scopeSeparator: 'Scope separator',
  parameterNames: 'Parameter names',
  pkce: 'PKCE',
  issuer: 'Issuer',
  issuerAdvertised: 'The server always sends its issuer (iss)',
  unencodedParameters: 'Parameters sent unencoded',
  keptFromCallback: 'Values stored from the callback',
  tokenPath: 'Access token in the response',
  refreshTokenPath: 'Refresh token in the response',
  expiryPath: 'Expiry in the response',
  expiryUnit: 'Format of the expiry',
  expiryPattern: 'Pattern of the expiry',
  defaultLifetimeSeconds: 'Default lifetime (seconds)',
  refreshMarginSeconds: 'Refresh before expiry (seconds)',
  kept: 'Values stored from the response',
  refreshBy: 'How to renew the token',
  refreshWithoutToken: 'A response without a token extends the current one',
  deadGrantErrors: 'Errors that end the authorisation',
  deadGrantStatuses: 'Statuses that end the authorisation',
  failingErrors: 'Errors that authorising again does not fix',
  failingStatuses: 'Statuses that authorising again does not fix',
  expiredStatuses: 'Statuses that mean “token expired”',
  expiredHeader: 'Header that means “token expired”',
  expiredBody: 'Body that means “token expired”',
  jwt: 'JWT',
  signature: 'Signature',
  oauth1: 'OAuth 1',
}

const phaseLabels: Record<PhaseKind, { url: string; request: string }> = {
  request_token: { url: 'Request token URL', request: 'Request for a request token' },
  authorise: { url: 'Authorise URL', request: 'Authorise request' },
  exchange: { url: 'Token URL', request: 'Token request' },
  refresh: { url: 'Re-authenticate URL', request: 'Refresh request' },
  revoke: { url: 'Revoke URL', request: 'Revoke request' },
  verify: { url: 'Test URL', request: 'Test request' },
  after_connect: { url: 'Lookup URL', request: 'Lookup' },
  endpoint: { url: 'Endpoint URL', request: 'Endpoint requests' },
}

/** `options.jwt.algorithm` → “JWT, algorithm”. */
export function optionLabel(field: string): string {
  const [, option = '', ...rest] = field.split('.')
  const label = (optionLabels as Record<string, string>)[option] ?? wordsOfName(option)
  return [label, ...rest.map((part) => partWords(part))].join(', ')
}

/** `phases.exchange.url` → “Token URL”; for the second request of a phase, “Token URL of request 2”. */
export function phaseLabel(field: string): string {
  const [, kind, ...rest] = field.split('.')
  const isFurther = /^\d+$/.test(rest[0] ?? '')
  const [own = '', ...inner] = isFurther ? rest.slice(1) : rest
  const number = isFurther ? ` of request ${Number(rest[0]) + 1}` : ''
  const { url, request } = phaseLabels[kind as PhaseKind] ?? { url: wordsOfName(own), request: wordsOfName(kind ?? '') }
  if (own === 'url') return `${url}${number}`
  return [`${request}${number}`, ...[own, ...inner].map((part) => partWords(part))].join(', ')
}
