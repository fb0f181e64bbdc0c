import 'server-only'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { masked, maskTokenResponse } from './mask-token-response'
import { maskTokens } from './token-questions'

/**
 * The response of a token request as it is logged. A response that may contain tokens is masked. If parsing takes too
 * long, the whole body is masked.
 */
export async function logOf(response: OutboundResponse): Promise<{ response?: OutboundResponse }> {
  if (response.status >= 400) return {}
  const asked = await askAboutBody(maskTokens, response, { bodies: [response.body] })
  return {
    response: asked.ok ? asked.value : maskTokenResponse({ ...response, body: new TextEncoder().encode(masked) }),
  }
}
