import 'server-only'
import { Readable } from 'node:stream'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { asksBodyWhetherExpired, isExpiredAnswer, longestNotice } from '@/lib/domain/oauth2/refresh-rule'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { readBody } from '@/lib/platform/http/read-body'
import type { RawAnswer } from '@/lib/platform/http/send-raw'
import { asksExpired } from './asks-expired'
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
  if (decoded === null) return { expired: false, outcome: { ...outcome, body } }
  const { type, options } = method
  const asked = await askAboutBody(
    asksExpired,
    { method: { type, options }, answer: { status, headers, body: decoded } },
    { bodies: [decoded] },
  )
  return { expired: asked.ok && asked.value, outcome: { ...outcome, body } }
}

/** Null: it does not unpack, or unpacks to more than a notice. */
async function decode(whole: Uint8Array, headers: RawAnswer['headers']): Promise<Uint8Array | null> {
  try {
    return await readBody(Readable.from([whole], { objectMode: false }), headers, longestNotice)
  } catch {
    return null
  }
}
