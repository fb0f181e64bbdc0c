import type { OutboundResponse } from '../http-messages'
import { utf8 } from '../encoding'
import { contextOfFinished } from '../requests/assemble-request'
import type { BuiltRequest } from '../requests/types'
import { succeed, type Result } from '../result'
import { effectiveDefinitions, scopeOf } from '../variables/resolve-variables'
import { withDerivedValues } from '../authentication/derived-values'
import { unusedVariablesOf } from '../authentication/unused-variables'
import { authenticationTypeDefinitions } from '../authentication/registry'
import type { PlaceholderInput, Placeholders } from './placeholders'

/**
 * A sample challenge with words instead of the server's values. As it announces UTF-8, a user name is readable in the
 * header, or percent-encoded. @see RFC 7616 §3.3
 */
const challenge: OutboundResponse = {
  status: 401,
  headers: [
    [
      'WWW-Authenticate',
      'Digest realm="of the server", nonce="of the server", qop="auth", algorithm=SHA-256, charset=UTF-8',
    ],
  ],
  body: utf8(''),
}

/** Whether the type sends its credentials only after a challenge. */
export function waitsForChallenge({ method }: PlaceholderInput): boolean {
  return authenticationTypeDefinitions[method.type].answerChallenge !== undefined
}

/** The request as it is sent again, with the answer to the challenge. */
export function answerToSample(
  built: Result<BuiltRequest>,
  { method }: PlaceholderInput,
  { connector, values, context }: Placeholders,
): Result<BuiltRequest> {
  const { answerChallenge } = authenticationTypeDefinitions[method.type]
  const { options } = method
  if (!built.ok || !answerChallenge) return built
  const { request, secrets } = built.value
  const scope = scopeOf(effectiveDefinitions({ connector, method }), values, unusedVariablesOf(method))
  const known = withDerivedValues(options, scope, contextOfFinished(request, { ...context, secrets }))
  const answered = answerChallenge({ request, options, scope, context: known, response: challenge })
  if (!answered.ok) return answered
  for (const [, value] of answered.value?.headers ?? []) secrets.addWhole(/\bresponse="([^"]+)"/.exec(value)?.[1])
  return succeed({ ...built.value, request: answered.value ?? request })
}
