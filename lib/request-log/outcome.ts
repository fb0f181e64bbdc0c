import type { ErrorCode } from '@/lib/domain/errors'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import type { Refusal } from '@/lib/domain/result'
import type { RequestOutcome } from './words'

/** Errors after which nothing was sent, or nothing more after a redirect. */
const stoppedHere = new Set<ErrorCode>([
  'address_refused',
  'host_not_allowed',
  'origin_not_confirmed',
  'invalid_url',
  'invalid_header',
])

/** Succeeded: 2xx and 3xx. Refused: 4xx. Failed: 5xx, or no response. */
export function outcomeOf(response: Pick<OutboundResponse, 'status'> | null, error: Refusal | null): RequestOutcome {
  if (error !== null) return stoppedHere.has(error.code) ? 'not_sent' : 'failed'
  if (response === null) return 'failed'
  if (response.status < 400) return 'succeeded'
  return response.status < 500 ? 'refused' : 'failed'
}
