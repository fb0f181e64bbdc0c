import 'server-only'
import { Readable } from 'node:stream'
import { longestNotice } from '@/lib/domain/responses/body-rule'
import { readBody } from '@/lib/platform/http/read-body'
import type { RawResponse } from '@/lib/platform/http/send-raw'
import { holdBack } from './hold-back'

/**
 * The body of a short response, for a rule on it; null where it is longer, broke off, or does not unpack. The response
 * is held back until then, and goes on from its first byte (DATA §13).
 */
export async function noticeOf(outcome: RawResponse): Promise<{ notice: Uint8Array | null; outcome: RawResponse }> {
  const { whole, body } = await holdBack(outcome.body, longestNotice)
  const notice = whole && (await decode(whole, outcome.headers))
  return { notice, outcome: { ...outcome, body } }
}

/** Null: it does not unpack, or unpacks to more than a notice. */
async function decode(whole: Uint8Array, headers: RawResponse['headers']): Promise<Uint8Array | null> {
  try {
    return await readBody(Readable.from([whole], { objectMode: false }), headers, longestNotice)
  } catch {
    return null
  }
}
