import 'server-only'
import { Readable } from 'node:stream'
import { longestNotice } from '@/lib/domain/responses/body-rule'
import { readBody } from '@/lib/platform/http/read-body'
import type { RawResponse } from '@/lib/platform/http/send-raw'
import { readAhead } from './read-ahead'

/**
 * The body of a short response, to which the method's rule is applied. Null if it is longer, ended with an error or
 * cannot be decompressed. The response is passed on afterwards, from its first byte (DATA §13).
 */
export async function noticeOf(outcome: RawResponse): Promise<{ notice: Uint8Array | null; outcome: RawResponse }> {
  const { whole, body } = await readAhead(outcome.body, longestNotice)
  const notice = whole && (await decode(whole, outcome.headers))
  return { notice, outcome: { ...outcome, body } }
}

/** Null if the body cannot be decompressed, or is too long afterwards. */
async function decode(whole: Uint8Array, headers: RawResponse['headers']): Promise<Uint8Array | null> {
  try {
    return await readBody(Readable.from([whole], { objectMode: false }), headers, longestNotice)
  } catch {
    return null
  }
}
