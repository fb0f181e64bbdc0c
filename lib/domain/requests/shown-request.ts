import type { OutboundRequest } from '../http-messages'
import { secretMask } from '../redaction'
import type { BuiltRequest } from './types'

/**
 * The request as it may go to whoever shows or logs it, where secrets are then removed by field and by value: what has
 * a piece of a secret in it, which nobody finds by its value, goes as a whole.
 */
export function shownRequest({ request, secrecy }: BuiltRequest): OutboundRequest {
  const url = secrecy.url === 'piece' ? `${new URL(request.url).origin}/${secretMask}` : request.url
  const body = secrecy.body === 'piece' && request.body !== null ? secretMask : request.body
  return { ...request, url, body }
}
