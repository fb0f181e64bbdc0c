import type { OutboundRequest } from '../http-messages'
import { secretMask } from '../redaction'
import type { BuiltRequest } from './types'

/**
 * The request for display and logs, where secrets are then redacted by field and by value. A part that contains a piece
 * of a secret, which cannot be found by its value, is masked as a whole.
 */
export function shownRequest({ request, secrecy }: BuiltRequest): OutboundRequest {
  const url = secrecy.url === 'piece' ? `${new URL(request.url).origin}/${secretMask}` : request.url
  const body = secrecy.body === 'piece' && request.body !== null ? secretMask : request.body
  return { ...request, url, body }
}
