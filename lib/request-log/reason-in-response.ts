import { reasonOf } from '@/lib/domain/responses/response'
import { SecretBook } from '@/lib/domain/secret-book'
import type { RequestLogEntry } from './entry'
import type { LoggedBody } from './logged-body'

/** An error response is shorter. A longer body would take too long in the main thread. */
const longestResponse = 8 * 1024

const noSecrets = new SecretBook()

/**
 * The reason in a 4xx or 5xx response, in the words of the third party. It is read from the logged body, which contains
 * no secrets. Null if there is no readable reason.
 */
export function reasonInResponse(
  { response }: Pick<RequestLogEntry, 'response'>,
  body: LoggedBody | null,
): string | null {
  if (response === null || response.status < 400 || body === null) return null
  if (body.isNote || body.truncated || body.text.length > longestResponse) return null
  const { status, headers } = response
  return reasonOf({ status, headers, body: Buffer.from(body.text) }, noSecrets) || null
}
