import 'server-only'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { masked, maskTokenResponse } from './mask-token-response'
import { maskTokens } from './token-questions'

/**
 * What the log gets of the response of a token request: one that may hold tokens is masked, as a whole where it takes
 * too long to find its shape.
 */
export async function logOf(response: OutboundResponse): Promise<{ response?: OutboundResponse }> {
  if (response.status >= 400) return {}
  const asked = await askAboutBody(maskTokens, response, { bodies: [response.body] })
  return {
    response: asked.ok ? asked.value : maskTokenResponse({ ...response, body: new TextEncoder().encode(masked) }),
  }
}
