import 'server-only'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { asksBodyWhetherExpired, signalsExpiredToken } from '@/lib/domain/oauth2/refresh-rule'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import type { RawResponse } from '@/lib/platform/http/send-raw'
import { asksExpired } from './asks-expired'
import { noticeOf } from './notice'

export type Judged = { expired: boolean; outcome: RawResponse }

/**
 * Whether an answer says that the token has expired. Only where the method has a rule on the body is the answer held
 * back until it is decided; a longer one is passed on undecided (DATA §13).
 */
export async function judgeExpiry(method: MethodDefinition, outcome: RawResponse): Promise<Judged> {
  const { status, headers } = outcome
  if (signalsExpiredToken(method, { status, headers, body: new Uint8Array() })) return { expired: true, outcome }
  if (!asksBodyWhetherExpired(method)) return { expired: false, outcome }
  const held = await noticeOf(outcome)
  if (held.notice === null) return { expired: false, outcome: held.outcome }
  const { type, options } = method
  const asked = await askAboutBody(
    asksExpired,
    { method: { type, options }, response: { status, headers, body: held.notice } },
    { bodies: [held.notice] },
  )
  return { expired: asked.ok && asked.value, outcome: held.outcome }
}
