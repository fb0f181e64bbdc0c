import { succeed, type Result } from '../result'
import { oauth1Methods, signOAuth1 } from '../signatures/oauth1'
import { checkSigned, momentOf, nonceOf } from '../signatures/request-parts'
import { defaultVariable, essentialVariable } from './default-variable'
import { defaultsOf } from '../method-options/options'
import { readOwnValues } from './own-values'
import { nothingApplied } from './placement'
import type { AuthenticationTypeDefinition, DefaultVariable, SignedRequest, SignInput } from './types'

const keys = ['consumer_key', 'consumer_secret', 'token', 'token_secret', 'signature_method', 'realm'] as const

/** Defaults of the variables that a method may not have (rule R13). */
export const oauth1Defaults = { token: '', token_secret: '', signature_method: 'HMAC-SHA256', realm: '' } as const

function sign(input: SignInput): Result<SignedRequest> {
  const values = readOwnValues(keys, input, oauth1Defaults)
  if (!values.ok) return values
  const now = momentOf(input.context)
  if (!now.ok) return now
  const nonce = nonceOf(input.context)
  if (!nonce.ok) return nonce
  const {
    consumer_key: consumerKey,
    consumer_secret: consumerSecret,
    token,
    token_secret: tokenSecret,
    realm,
  } = values.value
  const signed = signOAuth1({
    ...{
      request: input.request,
      ...input.options.oauth1,
      signer: input.context.signer,
      now: now.value,
      nonce: nonce.value,
    },
    ...{ consumerKey, consumerSecret, token, tokenSecret, realm, signatureMethod: values.value.signature_method },
  })
  if (!signed.ok) return signed
  const request = checkSigned(signed.value.request)
  if (!request.ok) return request
  input.context.secrets?.addWhole(signed.value.signature)
  return succeed({ request: request.value, credentialNames: { headers: ['Authorization'], queryKeys: signedKeys } })
}

const signedKeys = ['oauth_consumer_key', 'oauth_token', 'oauth_signature', 'oauth_nonce', 'oauth_timestamp']

const queryKeys = [...signedKeys, 'oauth_signature_method', 'oauth_version', 'oauth_body_hash']

const variables: readonly DefaultVariable[] = [
  essentialVariable({
    key: 'consumer_key',
    displayName: 'Consumer key',
    helpText: 'Also called client ID, API key or application key.',
  }),
  essentialVariable({
    key: 'consumer_secret',
    displayName: 'Consumer secret',
    helpText: 'With RSA-SHA1, RSA-SHA256 or RSA-SHA512: the private key in PEM format (-----BEGIN PRIVATE KEY----- …).',
    secret: true,
  }),
  defaultVariable({
    key: 'token',
    displayName: 'Token',
    helpText: 'The token or token ID issued by the API. Leave empty if a person authorises or the API uses no token.',
    required: false,
  }),
  defaultVariable({
    key: 'token_secret',
    displayName: 'Token secret',
    helpText: 'Issued together with the token.',
    required: false,
    secret: true,
  }),
  defaultVariable({
    key: 'signature_method',
    displayName: 'Signature method',
    helpText: 'See the documentation of the API. PLAINTEXT sends both secrets as they are.',
    defaultValue: oauth1Defaults.signature_method,
    inputKind: 'select',
    options: Object.keys(oauth1Methods).map((value) => ({ value, label: value })),
    advanced: true,
  }),
  defaultVariable({
    key: 'realm',
    displayName: 'Realm',
    helpText: 'Sent with the signature but not signed. Some APIs expect the account, such as 1234567_SB1.',
    required: false,
    advanced: true,
  }),
]

export const oauth1: AuthenticationTypeDefinition = {
  type: 'oauth1',
  label: 'OAuth 1',
  description: 'Every request is signed with the secrets of the application and of the token (RFC 5849).',
  needsPerson: 'with_authorise_url',
  phases: ['request_token', 'authorise', 'exchange', 'after_connect', 'verify', 'endpoint'],
  urls: [
    {
      phase: 'request_token',
      label: 'Request token URL',
      required: false,
      helpText:
        'Where an authorisation starts. Leave this and the authorise URL empty to paste the token and its secret.',
    },
    {
      phase: 'authorise',
      label: 'Authorise URL',
      required: false,
      helpText: 'Where a person signs in and grants access. The request token is added as oauth_token.',
    },
    {
      phase: 'exchange',
      label: 'Access token URL',
      required: false,
      helpText: 'Issues the token and its secret after a person has granted access.',
    },
  ],
  defaultVariables: variables,
  defaultPhases: [
    { kind: 'request_token', step: 0, httpMethod: 'POST', url: null },
    { kind: 'authorise', step: 0, httpMethod: 'GET', url: null },
    { kind: 'exchange', step: 0, httpMethod: 'POST', url: null },
    { kind: 'verify', step: 0, httpMethod: 'GET', url: null },
  ],
  defaultParameters: [],
  optionGroups: ['common', 'oauth1', 'callback'],
  defaultOptions: defaultsOf({}),
  filledVariables: ['token', 'token_secret'],
  unusedVariables: () => [],
  applyCredentials: () => succeed(nothingApplied),
  sign,
  signedQueryKeys: ({ oauth1 }) => (oauth1.placement === 'query' ? queryKeys : []),
}
