import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { signer } from '@/lib/platform/crypto/signer'
import { seal, unseal } from '@/lib/platform/crypto/seal'
import type { ParameterDefinition } from '@/lib/domain/definitions'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { succeed, type Result } from '@/lib/domain/result'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import { answerToChallenge } from '@/lib/exchange/answer-challenge'
import type { Credentials } from '@/lib/credentials/credentials'
import { reservedValues, type TokenNames } from '@/lib/exchange/reserved-values'
import { sealedTokenAddress } from '@/lib/tokens/sealed-token-address'
import { SecretBook } from '@/lib/domain/secret-book'
import { known } from '@/tests/sandbox/known'
import {
  aConnector,
  aMethod,
  anEndpoint,
  aParameter,
  aPhase,
  aVariable,
  methodValues,
  valueOf,
} from '@/tests/support/definition-builders'
import { bareRequests } from './bare-request'
import { median, printLines, shown } from './measure'

/**
 * What authentication adds to a request: the processor time for building it with credentials, minus the time for the
 * same request without, compared with a bare undici request to a local server.
 */

type Case = {
  name: string
  type: AuthenticationType
  values: Record<string, string>
  given?: Partial<MethodDefinition>
  options?: object
  withToken?: boolean
  then?: Then
}
type Then = (built: BuiltRequest, credentials: Credentials) => Result<unknown>

const client = { client_id: 'client', client_secret: 'client-secret' }
const oauth1Values = {
  consumer_key: 'consumer',
  consumer_secret: 'consumer-secret',
  token: 'token',
  token_secret: 'token-secret',
  realm: 'ACME_1234',
}
const jwtValues = { key_id: 'key-1', issuer: 'acme-app', audience: 'https://acme.example/api' }
const aws = {
  scheme: 'aws_sigv4',
  accessKeyId: '{{ access_key_id }}',
  secretAccessKey: '{{ secret_key }}',
  region: 'eu-west-1',
  service: 'execute-api',
}
const message = {
  ...{ scheme: 'http_message_signatures', key: '{{ secret_key }}', keyId: 'key-1', contentDigest: 'sha-256' },
  components: ['@method', '@target-uri', 'content-digest', 'content-type'],
}
const canonical =
  '{{ request_method }}\n{{ request_path }}\n{{ request_query }}\n{{ request_body | sha256 }}\n{{ now | date: "unix" }}\n{{ nonce }}'
const byTemplates = {
  computed: [{ key: 'canonical', value: canonical }],
  signature: {
    scheme: 'template',
    placements: [
      { place: 'header', key: 'X-Timestamp', value: '{{ now | date: "unix" }}' },
      { place: 'header', key: 'X-Nonce', value: '{{ nonce }}' },
      { place: 'header', key: 'X-Signature', value: '{{ canonical | hmac_sha256: secret_key }}' },
    ],
  },
}

const sessionParameters: ParameterDefinition[] = [
  aParameter('X-Account', '{{ account }}', { place: 'header', phases: ['endpoint'] }),
  aParameter('session', '{{ access_token | sha256 }}', { phases: ['endpoint'] }),
]

const challenge: [string, string][] = [
  ['www-authenticate', 'Digest realm="Acme Commerce", nonce="dcd98b7102dd2f0e", qop="auth", algorithm=SHA-256'],
]

const answerDigest: Then = (built, credentials) =>
  answerToChallenge(
    credentials,
    built,
    { reserved: reservedValues({}), signer },
    {
      finalUrl: built.request.url,
      redirects: [],
      response: { status: 401, headers: challenge, body: new Uint8Array() },
    },
  )

const signatureVariables = [
  aVariable('access_key_id', { level: 'method' }),
  aVariable('secret_key', { level: 'method', secret: true }),
]

const cases: Case[] = [
  { name: 'OAuth 2, a token that is stored', type: 'oauth2_authorization_code', values: client, withToken: true },
  { name: 'Basic', type: 'basic', values: { username: 'dana', password: 'correct-horse' } },
  { name: 'Token', type: 'token', values: { token: 'acme-token-0123456789' } },
  {
    name: 'Token exchange, session in header and query',
    type: 'token_exchange',
    values: { account: 'acme' },
    withToken: true,
    given: { parameters: sessionParameters, variables: [aVariable('account', { level: 'method' })] },
  },
  { name: 'OAuth 1, HMAC-SHA256', type: 'oauth1', values: oauth1Values },
  {
    name: 'OAuth 1, RSA-SHA256',
    type: 'oauth1',
    values: { ...oauth1Values, signature_method: 'RSA-SHA256', consumer_secret: known.keys.rsa },
  },
  { name: 'Signed JWT, RS256', type: 'signed_jwt', values: { ...jwtValues, private_key: known.keys.rsa } },
  {
    name: 'Signed JWT, ES256',
    type: 'signed_jwt',
    values: { ...jwtValues, private_key: known.keys.ec, algorithm: 'ES256' },
  },
  {
    name: 'Signed JWT, HS256',
    type: 'signed_jwt',
    values: { ...jwtValues, private_key: known.jwt.secret, algorithm: 'HS256' },
    options: { jwt: { keyEncoding: 'text' } },
  },
  {
    name: 'AWS Signature Version 4',
    type: 'request_signature',
    values: { access_key_id: 'AKID', secret_key: 'secret' },
    given: { variables: signatureVariables },
    options: { signature: aws },
  },
  {
    name: 'HTTP message signature, HMAC',
    type: 'request_signature',
    values: { secret_key: known.messageSignatures.secret },
    given: { variables: signatureVariables },
    options: { signature: message },
  },
  {
    name: 'HTTP message signature, RSA-PSS',
    type: 'request_signature',
    values: { secret_key: known.keys.rsa },
    given: { variables: signatureVariables },
    options: { signature: { ...message, algorithm: 'rsa-pss-sha512', keyEncoding: 'pem' } },
  },
  {
    name: 'Signature by templates, HMAC',
    type: 'request_signature',
    values: { secret_key: 'secret' },
    given: { variables: signatureVariables },
    options: byTemplates,
  },
  {
    name: 'Digest, the response to a challenge',
    type: 'digest',
    values: { username: 'dana', password: 'correct-horse' },
    then: answerDigest,
  },
]

const connector = aConnector()
const endpoint = anEndpoint({
  httpMethod: 'POST',
  url: '/orders/A-1001',
  bodyFormat: 'json',
  body: '{"order": "A-1001", "note": "by the door"}',
  parameters: [aParameter('expand', 'lines')],
})
const confirmedOrigins = ['https://api.acme.test']
const address = sealedTokenAddress('workspace', 'token', 'sealedAccessToken')

/** Builds a request with credentials that are already loaded: opens the stored token and computes the rest. */
function builderOf({ type, values, given = {}, options = {}, withToken, then }: Case): () => void {
  const phases = withToken ? [aPhase('exchange', { url: 'https://login.acme.test/token', httpMethod: 'POST' })] : []
  const usual = aMethod(type)
  const method = { ...usual, phases, options: valueOf(readMethodOptions(type, options)), ...given }
  const instance = methodValues(values)
  const sealed = seal('cached-access-token-0123456789', address)
  const credentials: Credentials = {
    workspaceId: 'workspace',
    instance: null,
    connector,
    method,
    values: { instance },
    tls: {},
    secrets: new SecretBook(),
    confirmedOrigins,
  }
  return () => {
    const token: TokenNames = withToken ? { access_token: unseal(sealed, address), token_type: 'Bearer' } : {}
    const built = valueOf(
      buildEndpointRequest({
        connector,
        method,
        endpoint,
        values: { instance },
        confirmedOrigins,
        reserved: reservedValues(token),
        signer,
      }),
    )
    valueOf(then ? then(built, credentials) : succeed(null))
  }
}

const rounds = 9
const calls = 200
/** The limit of the product. If it is exceeded, the run prints it and fails. */
const mostMs = 1

/** Prints the table; false if a type costs more than allowed. */
export async function compareAuthentication(): Promise<boolean> {
  const none = builderOf({ name: 'None', type: 'none', values: {} })
  const builders = cases.map((one) => ({ name: one.name, build: builderOf(one) }))
  const bare = await bareRequests()
  try {
    const rows = []
    const bareTimes: number[] = []
    for (const { name, build } of builders)
      rows.push({
        name,
        addedMs: await measureCase(build, none, async () => bareTimes.push(await cpuPerCall(bare.send))),
      })
    const bareMs = median(bareTimes)
    const lines = rows.map(({ name, addedMs }) => [
      name,
      shown(addedMs),
      shown(bareMs),
      `${(addedMs / bareMs).toFixed(2)} ×`,
    ])
    printLines([['Applying authentication (processor time)', 'adds', 'bare undici', 'ratio'], ...lines])
    return rows.every(({ addedMs }) => addedMs < mostMs)
  } finally {
    await bare.stop()
  }
}

/** In turns, so that other work of the machine affects all of them equally. */
async function measureCase(build: () => void, none: () => void, measureBare: () => Promise<unknown>): Promise<number> {
  for (const warmUp of [build, none, build, none]) await cpuPerCall(warmUp)
  const added: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    added.push((await cpuPerCall(build)) - (await cpuPerCall(none)))
    await measureBare()
  }
  return Math.max(0, median(added))
}

async function cpuPerCall(work: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  for (let call = 0; call < calls; call += 1) await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000 / calls
}
