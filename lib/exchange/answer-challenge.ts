import { unusedVariablesOf } from '@/lib/domain/authentication/unused-variables'
import { withDerivedValues } from '@/lib/domain/authentication/derived-values'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import { contextOfFinished } from '@/lib/domain/requests/assemble-request'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { succeed, type Result } from '@/lib/domain/result'
import type { TemplateContext } from '@/lib/domain/templates/template'
import { effectiveDefinitions, scopeOf } from '@/lib/domain/variables/resolve-variables'
import type { SendOutcome } from '@/lib/platform/http/send'
import type { Credentials } from '@/lib/credentials/credentials'

type Answered = Pick<Extract<SendOutcome, { ok: true }>, 'response' | 'finalUrl' | 'redirects'>

/**
 * The request that answers a challenge (RFC 7616); null if the response contains none. Only the host that the
 * credentials belong to gets this request, even after redirects.
 */
export function answerToChallenge(
  credentials: Credentials,
  built: BuiltRequest,
  context: TemplateContext,
  outcome: Answered,
): Result<BuiltRequest | null> {
  const { connector, method, values } = credentials
  const type = authenticationTypeDefinitions[method.type]
  const request = type.answerChallenge ? challenged(built.request, outcome) : null
  if (!type.answerChallenge || request === null) return succeed(null)
  const { options } = method
  const scope = scopeOf(effectiveDefinitions({ connector, method }), values, unusedVariablesOf(method))
  const known = withDerivedValues(options, scope, contextOfFinished(request, context))
  const answered = type.answerChallenge({
    request,
    options,
    scope,
    context: known,
    response: outcome.response,
  })
  if (!answered.ok) return answered
  return succeed(answered.value === null ? null : { ...built, request: answered.value })
}

/**
 * The request that was refused. After redirects within its host this is the last one; a redirect to another host is
 * never answered.
 */
function challenged(request: OutboundRequest, { finalUrl, redirects }: Answered): OutboundRequest | null {
  if (redirects.length === 0) return request
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const { origin } = new URL(request.url)
  const stayed = [...redirects, finalUrl].every((url) => url.startsWith(`${origin}/`))
  return isRead && stayed ? { ...request, url: finalUrl } : null
}
