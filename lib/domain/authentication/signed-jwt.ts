import { jwtAlgorithms } from '../jwt/compact-jws'
import type { Result } from '../result'
import { bearer } from './access-token'
import { defaultVariable, essentialVariable } from './default-variable'
import { tokenKeyVariable } from './oauth2-variables'
import { defaultsOf } from '../method-options/options'
import type { Placement } from '../method-options/options-schema'
import { applyPlacement } from './placement'
import { refreshUrl, revokeUrl, tokenPhases, tokenUrl } from './token-urls'
import type { AppliedCredentials, AuthenticationTypeDefinition, CredentialInput, DefaultVariable } from './types'

const jwtItself: Placement = { ...bearer, value: 'Bearer {{ signed_jwt }}' }

/** The default placement sends the token that the JWT was exchanged for, or the JWT itself. */
function applyCredentials(input: CredentialInput): Result<AppliedCredentials> {
  const { placement } = input.options
  const untouched =
    placement.place === jwtItself.place && placement.key === jwtItself.key && placement.value === jwtItself.value
  return applyPlacement(untouched && input.context.reserved?.access_token ? bearer : placement, input)
}

const variables: readonly DefaultVariable[] = [
  essentialVariable({
    key: 'private_key',
    displayName: 'Private key',
    helpText:
      'In PEM format, with its first and last line (-----BEGIN PRIVATE KEY----- …). With an HS algorithm: the shared secret.',
    secret: true,
    inputKind: 'multiline',
  }),
  defaultVariable({
    key: 'key_id',
    displayName: 'Key ID',
    helpText: 'Sent as kid, so that the API knows which key to check with. Default: not sent.',
    required: false,
  }),
  defaultVariable({
    key: 'issuer',
    displayName: 'Issuer',
    helpText: 'Sent as iss: who signs. Often called client ID, account ID or service account.',
    required: false,
  }),
  defaultVariable({
    key: 'audience',
    displayName: 'Audience',
    helpText: 'Sent as aud: the recipient of the JWT, often the token URL or the address of the API.',
    required: false,
  }),
  defaultVariable({
    key: 'lifetime',
    displayName: 'Lifetime',
    helpText: 'Seconds from issue (iat) to expiry (exp). APIs often allow at most 600.',
    defaultValue: '300',
    inputKind: 'number',
    pattern: '[1-9][0-9]{0,7}',
    advanced: true,
  }),
  defaultVariable({
    key: 'algorithm',
    displayName: 'Algorithm',
    helpText:
      'See the documentation of the API. RS and PS sign with an RSA key, ES with an elliptic curve key, EdDSA with Ed25519, HS with a shared secret.',
    defaultValue: 'RS256',
    inputKind: 'select',
    options: jwtAlgorithms.map((value) => ({ value, label: value })),
    advanced: true,
  }),
  tokenKeyVariable,
]

/** @see RFC 7519; with a token URL the JWT is the assertion of RFC 7523 §2.1 */
export const signedJwt: AuthenticationTypeDefinition = {
  type: 'signed_jwt',
  label: 'Signed JWT',
  description: 'A JSON Web Token signed with a private key is sent with every request, or exchanged for a token.',
  needsPerson: 'never',
  phases: ['exchange', 'refresh', 'revoke', 'after_connect', 'verify', 'endpoint'],
  urls: [
    tokenUrl({
      required: false,
      helpText:
        'Exchanges the JWT, sent as assertion with the grant type jwt-bearer, for a token. Leave empty to send the JWT itself with every request.',
    }),
    refreshUrl,
    revokeUrl,
  ],
  defaultVariables: variables,
  defaultPhases: tokenPhases,
  defaultParameters: [],
  optionGroups: ['common', 'placement', 'client', 'answer', 'refresh', 'expired', 'jwt'],
  defaultOptions: defaultsOf({
    placement: jwtItself,
    clientAuthentication: 'nothing',
    refreshBy: 'exchange',
    jwt: {
      ...{ algorithm: '{{ algorithm }}', key: '{{ private_key }}', keyEncoding: 'pem', lifetime: '{{ lifetime }}' },
      header: [{ name: 'kid', value: '{{ key_id }}' }],
      claims: [
        { name: 'iss', value: '{{ issuer }}', kind: 'text' },
        { name: 'aud', value: '{{ audience }}', kind: 'text' },
      ],
    },
  }),
  filledVariables: [],
  unusedVariables: () => [],
  applyCredentials,
}
