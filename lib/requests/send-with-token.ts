import 'server-only'
import { isExpiredAnswer } from '@/lib/domain/oauth2/refresh-rule'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import type { SendOutcome } from '@/lib/http/send'
import type { Credentials } from './credentials'
import { exchange } from './exchange'
import { refresherOf } from './refresh-token'
import { contextOf, type Cause, type RequestPurpose } from './request-context'
import { reservedValues } from './reserved-values'
import { usableToken, type AccessToken, type TokenNeed } from './tokens'

export type Sent = { built: BuiltRequest; outcome: SendOutcome; attempts: number; secrets: string[] }

/** What went wrong before the request could be sent, and where. */
export type NotSent = { step: 'getting_token' | 'building'; refusal: Refusal }

type Reserved = ReturnType<typeof reservedValues<{ access_token?: string }>>
type Plan = {
  credentials: Credentials
  purpose: RequestPurpose
  cause: Cause
  timeoutMs: number
  evenIfDead?: boolean
  build: (reserved: Reserved) => Result<BuiltRequest>
}

/**
 * One request with the instance's token: refreshed ahead of its expiry, and once more when the answer says that it
 * has expired. The request's own time starts when the token is there: waiting for a refresh does not count (DATA §7).
 */
export async function sendWithToken(plan: Plan): Promise<Result<Sent, NotSent>> {
  const token = await tokenFor(plan)
  if (!token.ok) return token
  const first = await attempt(plan, token.value)
  if (!first.ok || token.value === null || !saysExpired(plan, first.value.outcome)) return first
  const renewed = await tokenFor(plan, token.value.version)
  if (!renewed.ok) return renewed
  const second = await attempt(plan, renewed.value)
  return second.ok ? succeed({ ...second.value, attempts: 2 }) : second
}

async function tokenFor({ credentials, cause, evenIfDead }: Plan, refused?: string): Promise<Result<AccessToken | null, NotSent>> {
  const { workspaceId, instance, method } = credentials
  if (method.type !== 'oauth2_authorization_code' || instance === null) return succeed(null)
  const need: TokenNeed = { evenIfDead, ...(refused !== undefined && { refused }) }
  const token = await usableToken({ workspaceId, instanceId: instance.id, name: 'default' }, refresherOf(credentials, cause), need)
  return token.ok ? token : { ok: false, error: { step: 'getting_token', refusal: token.error } }
}

async function attempt(plan: Plan, token: AccessToken | null): Promise<Result<Sent, NotSent>> {
  const { credentials, purpose, cause, timeoutMs } = plan
  const built = plan.build(reservedValues(token === null ? {} : { access_token: token.accessToken }))
  if (!built.ok) return { ok: false, error: { step: 'building', refusal: built.error } }
  const secrets = [...credentials.secrets, ...built.value.secrets, ...(token === null ? [] : [token.accessToken])]
  // A redirect says nothing about credentials (DATA §11), and the log-in page that it often leads to answers with 200.
  const followRedirects = purpose !== 'verify'
  const { outcome, log } = await exchange(credentials, built.value, contextOf(credentials, purpose, cause), { timeoutMs, followRedirects })
  await log({ secrets })
  return succeed({ built: built.value, outcome, attempts: 1, secrets })
}

function saysExpired({ credentials }: Plan, outcome: SendOutcome): boolean {
  return outcome.ok && isExpiredAnswer(credentials.method, outcome.answer.status)
}
