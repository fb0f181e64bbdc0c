import type { MethodOptions } from '../method-options/options-schema'
import type { ClientAuthentication } from '../method-options/option-choices'
import { clientAuthentications } from '../method-options/option-choices'
import { base64, formEncode } from '../encoding'
import { isHmacAlgorithm } from '../jwt/compact-jws'
import { signJwt } from '../jwt/sign-jwt'
import { refuse, succeed, type Result } from '../result'
import type { TemplateContext, TemplateScope } from '../templates/template'
import { requiredValue } from './authorize-url'

/** The headers and fields that authenticate the client at the token endpoint. */
export type AppliedClientAuthentication = { headers: [string, string][]; fields: [string, string][] }

export type ClientInput = { options: MethodOptions; scope: TemplateScope; context: TemplateContext }

const nothing: AppliedClientAuthentication = { headers: [], fields: [] }

/** @see RFC 6749 §2.3.1 and §3.2.1, RFC 7523 §2.2 */
export function authenticateClient(
  kind: ClientAuthentication,
  input: ClientInput,
): Result<AppliedClientAuthentication> {
  if (kind === 'nothing') return succeed(nothing)
  const id = requiredValue(input.scope, 'client_id')
  if (!id.ok) return id
  if (kind === 'none') return succeed({ ...nothing, fields: [['client_id', id.value]] })
  if (kind === 'private_key_jwt') return assertClient(id.value, input)
  const secret = requiredValue(input.scope, 'client_secret')
  if (!secret.ok) return secret
  input.context.secrets?.addWhole(secret.value)
  if (kind === 'client_secret_jwt') return assertClient(id.value, withSecret(input))
  if (kind === 'client_secret_post') {
    const fields: [string, string][] = [
      ['client_id', id.value],
      ['client_secret', secret.value],
    ]
    return succeed({ ...nothing, fields })
  }
  // Both are form-encoded before they are joined, so that a colon in either of them is not taken for the separator.
  const encode = kind === 'client_secret_basic' ? formEncode : (text: string) => text
  const pair = base64(`${encode(id.value)}:${encode(secret.value)}`)
  input.context.secrets?.addWhole(pair)
  return succeed({ ...nothing, headers: [['Authorization', `Basic ${pair}`]] })
}

/**
 * The client signs an assertion: issuer and subject are the client, the audience is the token endpoint, unless a claim
 * of the method says otherwise.
 * @see RFC 7523 §2.2 and §3
 */
function assertClient(id: string, { options, scope, context }: ClientInput): Result<AppliedClientAuthentication> {
  const audience = context.reserved?.request_url ?? ''
  const standard = (
    [
      ['iss', id],
      ['sub', id],
      ['aud', audience],
    ] as const
  ).map(([name, value]): [string, string] => [name, JSON.stringify(value)])
  const assertion = signJwt({ jwt: options.jwt, scope, context, standard, purpose: 'client' })
  if (!assertion.ok) return assertion
  const fields: [string, string][] = [
    ['client_id', id],
    ['client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
    ['client_assertion', assertion.value],
  ]
  context.secrets?.addWhole(assertion.value)
  return succeed({ ...nothing, fields })
}

/** The key is the client secret, whatever key the method uses for other JWTs (OpenID Connect Core §9). */
function withSecret(input: ClientInput): ClientInput {
  const { jwt } = input.options
  const algorithm = jwt.algorithm.includes('{{') || isHmacAlgorithm(jwt.algorithm) ? jwt.algorithm : 'HS256'
  const keyEncoding = jwt.keyEncoding === 'pem' ? 'text' : jwt.keyEncoding
  return {
    ...input,
    options: { ...input.options, jwt: { ...jwt, algorithm, keyEncoding, key: '{{ client_secret }}' } },
  }
}

/** The choice of the phase, or the inherited one. */
export function readClientAuthentication(
  text: string | null,
  fallback: ClientAuthentication,
): Result<ClientAuthentication> {
  if (text === null || text === '') return succeed(fallback)
  if (Object.hasOwn(clientAuthentications, text)) return succeed(text as ClientAuthentication)
  return refuse('invalid_input', `“${text}” is not a supported client authentication.`)
}
