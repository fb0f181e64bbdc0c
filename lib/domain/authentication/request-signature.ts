import { refuse, succeed, type Result } from '../result'
import { signAws } from '../signatures/aws-sigv4'
import { signMessage } from '../signatures/message-signature'
import { checkSigned, momentOf, nonceOf } from '../signatures/request-parts'
import { placedKeys, signByTemplates } from './template-signature'
import { essentialVariable } from './default-variable'
import { defaultsOf } from '../method-options/options'
import type { MethodOptions } from '../method-options/options-schema'
import { renderTexts } from './own-values'
import { nothingApplied } from './placement'
import type { AuthenticationTypeDefinition, SignedRequest, SignInput } from './types'

function sign(input: SignInput): Result<SignedRequest> {
  const signers = { aws_sigv4: signForAws, http_message_signatures: signAsMessage, template: signByTemplates }
  return signers[input.options.signature.scheme](input)
}

const awsKeys = {
  header: { headers: ['Authorization', 'X-Amz-Security-Token'], queryKeys: [] },
  query: { headers: [], queryKeys: ['X-Amz-Credential', 'X-Amz-Security-Token', 'X-Amz-Signature'] },
}

const awsQueryKeys = [
  ...awsKeys.query.queryKeys,
  ...['X-Amz-Algorithm', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders'],
]

function signedQueryKeys(options: MethodOptions): readonly string[] {
  const { scheme, signedIn } = options.signature
  if (scheme === 'template') return placedKeys(options, 'url')
  return scheme === 'aws_sigv4' && signedIn === 'query' ? awsQueryKeys : []
}

/** AWS accepts a signature in the query for at most a week; its own tools use an hour. */
const usualAwsSeconds = 3_600

function signForAws(input: SignInput): Result<SignedRequest> {
  const { accessKeyId, secretAccessKey, sessionToken, region, service, signedIn, lifetimeSeconds } =
    input.options.signature
  const texts = renderTexts({ accessKeyId, secretAccessKey, sessionToken, region, service }, input)
  if (!texts.ok) return texts
  const missing = awsNames.find(([name]) => texts.value[name] === '')
  if (missing) return refuse('missing_value', `The signature needs ${missing[1]}, but it has no value.`)
  const now = momentOf(input.context)
  if (!now.ok) return now
  const expiresSeconds = lifetimeSeconds ?? usualAwsSeconds
  const signed = signAws({ ...texts.value, request: input.request, signedIn, expiresSeconds, now: now.value })
  input.context.secrets?.addWhole(signed.signature)
  const request = checkSigned(signed.request)
  return request.ok ? succeed({ request: request.value, credentialNames: awsKeys[signedIn] }) : request
}

const awsNames = [
  ['accessKeyId', 'the access key ID'],
  ['secretAccessKey', 'the secret access key'],
  ['region', 'the region'],
  ['service', 'the service'],
] as const

function signAsMessage({ request, options, scope, context }: SignInput): Result<SignedRequest> {
  const { components, label, algorithm, keyEncoding, contentDigest, lifetimeSeconds, ...given } = options.signature
  const texts = renderTexts({ key: given.key, keyId: given.keyId, tag: given.tag }, { scope, context })
  if (!texts.ok) return texts
  const now = momentOf(context)
  if (!now.ok) return now
  const nonce = nonceOf(context)
  if (!nonce.ok) return nonce
  const created = Math.floor(now.value.getTime() / 1000)
  const expires = lifetimeSeconds === null ? null : created + lifetimeSeconds
  const signed = signMessage({
    ...{ request, components, label, algorithm, keyEncoding, contentDigest, now: now.value, signer: context.signer },
    key: texts.value.key,
    parameters: {
      created,
      expires,
      keyid: texts.value.keyId,
      alg: algorithm,
      nonce: nonce.value,
      tag: texts.value.tag,
    },
  })
  if (!signed.ok) return signed
  context.secrets?.addWhole(signed.value.signature)
  const credentialNames = { headers: ['Signature', 'Signature-Input'], queryKeys: [] }
  return succeed({ request: signed.value.request, credentialNames })
}

export const requestSignature: AuthenticationTypeDefinition = {
  type: 'request_signature',
  label: 'Request signature',
  description: 'Every request has a signature that is computed from it.',
  needsPerson: 'never',
  phases: ['exchange', 'refresh', 'revoke', 'after_connect', 'verify', 'endpoint'],
  urls: [
    {
      phase: 'exchange',
      label: '(Optional) Token URL',
      required: false,
      helpText:
        'Only if the API also needs a token: the address for token requests. The signature can then use {{ access_token }}.',
    },
  ],
  defaultVariables: [
    essentialVariable({
      key: 'secret_key',
      displayName: 'Secret key',
      helpText: 'Signs the requests. The key itself is never sent.',
      secret: true,
    }),
  ],
  defaultPhases: [{ kind: 'verify', step: 0, httpMethod: 'GET', url: null }],
  defaultParameters: [],
  optionGroups: ['common', 'signature', 'client', 'answer', 'refresh', 'expired', 'jwt'],
  defaultOptions: defaultsOf({ clientAuthentication: 'nothing', refreshBy: 'exchange', tokenPath: 'access_token' }),
  filledVariables: [],
  unusedVariables: () => [],
  applyCredentials: () => succeed(nothingApplied),
  sign,
  signedQueryKeys,
}
