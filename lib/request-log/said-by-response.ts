import { reasonOf } from '@/lib/domain/responses/response'
import { SecretBook } from '@/lib/domain/secret-book'
import type { RequestLogEntry } from './entry'
import type { LoggedBody } from './logged-body'

/** A message of an error is shorter. More would take too long in the thread that serves everybody. */
const longestResponse = 8 * 1024

const noSecrets = new SecretBook()

/**
 * What a response that says no (4xx, 5xx) says about why, in its own words: read from the body that is logged, whose
 * secrets have been removed. Null where it says nothing readable.
 */
export function saidByResponse(
  { response }: Pick<RequestLogEntry, 'response'>,
  body: LoggedBody | null,
): string | null {
  if (response === null || response.status < 400 || body === null) return null
  if (body.isNote || body.truncated || body.text.length > longestResponse) return null
  const { status, headers } = response
  return reasonOf({ status, headers, body: Buffer.from(body.text) }, noSecrets) || null
}
