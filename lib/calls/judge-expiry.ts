import 'server-only'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { asksBodyWhetherExpired, signalsExpiredToken } from '@/lib/domain/oauth2/refresh-rule'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import type { RawResponse } from '@/lib/platform/http/send-raw'
import { asksExpired } from './asks-expired'
import { noticeOf } from './notice'

export type Judged = { expired: boolean; outcome: RawResponse }

/**
 * Whether a response says that the token has expired. If the method has a rule for the body, a short response is read
 * before it is passed on. A longer one counts as not expired (DATA §13).
 */
export async function judgeExpiry(method: MethodDefinition, outcome: RawResponse): Promise<Judged> {
  const { status, headers } = outcome
  if (signalsExpiredToken(method, { status, headers, body: new Uint8Array() })) return { expired: true, outcome }
  if (!asksBodyWhetherExpired(method)) return { expired: false, outcome }
  const read = await noticeOf(outcome)
  if (read.notice === null) return { expired: false, outcome: read.outcome }
  const { type, options } = method
  const asked = await askAboutBody(
    asksExpired,
    { method: { type, options }, response: { status, headers, body: read.notice } },
    { bodies: [read.notice] },
  )
  return { expired: asked.ok && asked.value, outcome: read.outcome }
}
