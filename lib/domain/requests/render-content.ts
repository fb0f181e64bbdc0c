import type { AppliedCredentials } from '../authentication/types'
import { renderBody, type RenderedBody } from '../content/bodies'
import type { RenderedParameter } from '../content/parameters'
import { refuse, succeed, type Result } from '../result'
import type { TemplateContext } from '../templates/template'
import type { CallerBody } from './caller-content'
import type { RequestParts } from './request-parts'

/** The body of the definition, or instead of it the one that a program sends. */
export function renderContent(
  parts: RequestParts,
  rendered: readonly RenderedParameter[],
  credentials: AppliedCredentials,
  context: TemplateContext,
): Result<RenderedBody> {
  const own = parts.content?.body
  return own ? ownContent(parts, rendered, credentials, own) : definedContent(parts, rendered, credentials, context)
}

function definedContent(
  parts: RequestParts,
  rendered: readonly RenderedParameter[],
  { bodyParameters }: AppliedCredentials,
  context: TemplateContext,
): Result<RenderedBody> {
  const parameters = [...rendered.map(({ key, value }): [string, string] => [key, value]), ...bodyParameters]
  return renderBody({ format: parts.bodyFormat, template: parts.body, parameters, scope: parts.scope, context })
}

/**
 * The body that a program sends, as it is: what the definition and the credentials send in the body cannot be added to
 * it.
 */
function ownContent(
  { endpoint, httpMethod, bodyFormat }: RequestParts,
  rendered: readonly RenderedParameter[],
  { bodyParameters }: AppliedCredentials,
  { bytes }: CallerBody,
): Result<RenderedBody> {
  const key = rendered[0]?.key ?? bodyParameters[0]?.[0]
  if (key !== undefined)
    return refuse(
      'invalid_input',
      `${key} is sent in the body, so this endpoint cannot be called with a body of its own. Send no body, and give the endpoint’s values instead. Nothing was sent.`,
    )
  if (bodyFormat === 'none' && (httpMethod === 'GET' || httpMethod === 'HEAD'))
    return refuse(
      'invalid_input',
      `“${endpoint?.name ?? 'This request'}” is a ${httpMethod} without a body. Send no body. Nothing was sent.`,
    )
  return succeed({ body: bytes === 'streamed' ? null : bytes, contentType: null, secrecy: 'none' })
}
