import 'server-only'
import { Readable } from 'node:stream'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { asksBodyWhetherExpired, isExpiredAnswer, longestNotice } from '@/lib/domain/oauth2/refresh-rule'
import { readBody } from '@/lib/platform/http/read-body'
import type { RawAnswer } from '@/lib/platform/http/send-raw'
import { holdBack } from './hold-back'

export type Judged = { expired: boolean; outcome: RawAnswer }

/**
 * Whether an answer says that the token has expired. Only where the method has a rule on the body is the answer held
 * back until it is decided; a longer one is passed on undecided (DATA §13).
 */
export async function judgeExpiry(method: MethodDefinition, outcome: RawAnswer): Promise<Judged> {
  const { status, headers } = outcome
  if (isExpiredAnswer(method, { status, headers, body: new Uint8Array() })) return { expired: true, outcome }
  if (!asksBodyWhetherExpired(method)) return { expired: false, outcome }
  const { whole, body } = await holdBack(outcome.body, longestNotice)
  const decoded = whole && (await decode(whole, headers))
  const expired = decoded !== null && isExpiredAnswer(method, { status, headers, body: decoded })
  return { expired, outcome: { ...outcome, body } }
}

/** Null: it does not unpack, or unpacks to more than a notice. */
async function decode(whole: Uint8Array, headers: RawAnswer['headers']): Promise<Uint8Array | null> {
  try {
    return await readBody(Readable.from([whole], { objectMode: false }), headers, longestNotice)
  } catch {
    return null
  }
}
