import 'server-only'
import { ifItOpens } from '@/lib/crypto/if-it-opens'
import { isExpiredAnswer } from '@/lib/domain/oauth2/refresh-rule'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import type { SendOutcome } from '@/lib/http/send'
import { takeTurn, type LimitedInstance } from '@/lib/limits/take-turn'
import type { Credentials } from './credentials'
import { exchange } from './exchange'
import { refresherOf } from './refresh-token'
import { contextOf, type Cause, type RequestPurpose } from './request-context'
import { reservedValues } from './reserved-values'
import { usableToken, type AccessToken, type TokenNeed } from './tokens'

/** What a request is made from. */
export type Loaded = {
  credentials: Credentials
  cause: Cause
  timeoutMs: number
  build: (reserved: Reserved) => Result<BuiltRequest>
}
type Reserved = ReturnType<typeof reservedValues<{ access_token?: string }>>

export type Sent<From extends Loaded = Loaded> = { from: From; built: BuiltRequest; outcome: SendOutcome; attempts: number; waitedMs: number; secrets: string[] }

/** What went wrong before the request could be sent, and where. */
export type NotSent = { step: 'building' | 'getting_token' | 'waiting'; refusal: Refusal }

type Plan<From extends Loaded> = {
  purpose: RequestPurpose
  evenIfDead?: boolean
  /**
   * Asked again while the request waits for its turn: it leaves under the settings of that moment (rules R3 and R9).
   * `anew`: what was read a moment ago will not do.
   */
  load: (anew?: boolean) => Promise<Result<From>>
}

/**
 * One request with the instance's token: refreshed ahead of its expiry, and once more when the answer says that it
 * has expired. The request's own time starts when its turn has come: waiting for a refresh (DATA §7) or for the limits of
 * the instance does not count.
 */
export async function sendWithToken<From extends Loaded>(plan: Plan<From>): Promise<Result<Sent<From>, NotSent>> {
  const first = await attempt(plan)
  if (!first.ok || first.value.token === null || !saysExpired(first.value)) return first
  const second = await attempt(plan, first.value.token.version)
  return second.ok ? succeed({ ...second.value, attempts: 2, waitedMs: first.value.waitedMs + second.value.waitedMs }) : second
}

async function attempt<From extends Loaded>(plan: Plan<From>, refused?: string): Promise<Result<Sent<From> & { token: AccessToken | null }, NotSent>> {
  const turn = await takeTurn(() => makeReady(plan, refused))
  if (!turn.ok) return turn
  const { prepared, waitedMs, end } = turn.value
  const { from, token, built } = prepared
  const { credentials, cause, timeoutMs } = from
  const secrets = [...credentials.secrets, ...built.secrets, ...(token === null ? [] : [token.accessToken])]
  // A redirect says nothing about credentials (DATA §11), and the log-in page that it often leads to answers with 200.
  const followRedirects = plan.purpose !== 'verify'
  const { outcome, log } = await exchange(credentials, built, contextOf(credentials, plan.purpose, cause), { timeoutMs, followRedirects }).finally(end)
  await log({ secrets })
  return succeed({ from, token, built, outcome, attempts: 1, waitedMs, secrets })
}

type Ready<From> = { from: From; token: AccessToken | null; built: BuiltRequest; instance: LimitedInstance }

/** The request as it would leave now. A refresh is none of the requests that the limits count: it never stands in line. */
async function makeReady<From extends Loaded>(plan: Plan<From>, refused?: string): Promise<Result<Ready<From>, NotSent>> {
  const loaded = await plan.load()
  if (!loaded.ok) return notSent('building', loaded.error)
  const need = { evenIfDead: plan.evenIfDead, ...(refused !== undefined && { refused }) }
  const token = await tokenFor(loaded.value.credentials, loaded.value.cause, need)
  if (!token.ok) return notSent('getting_token', token.error)
  // A refresh may have brought values with the token, a session or the address to call.
  const from = token.value?.renewed ? await plan.load(true) : loaded
  if (!from.ok) return notSent('building', from.error)
  const { credentials, build } = from.value
  const built = build(reservedValues(token.value === null ? {} : { access_token: token.value.accessToken }))
  if (!built.ok) return notSent('building', built.error)
  return succeed({ from: from.value, token: token.value, built: built.value, instance: limitedInstance(credentials) })
}

function notSent(step: NotSent['step'], refusal: Refusal): { ok: false; error: NotSent } {
  return { ok: false, error: { step, refusal } }
}

async function tokenFor(credentials: Credentials, cause: Cause, need: TokenNeed): Promise<Result<AccessToken | null>> {
  const { workspaceId, instance, method } = credentials
  if (method.type !== 'oauth2_authorization_code' || instance === null) return succeed(null)
  const place = { workspaceId, instanceId: instance.id, name: 'default' }
  return ifItOpens(`The token of “${instance.name}”`, () => usableToken(place, refresherOf(credentials, cause), need))
}

function limitedInstance({ workspaceId, instance }: Credentials): LimitedInstance {
  return instance && { workspaceId, instanceId: instance.id, name: instance.name, limits: instance.limits }
}

function saysExpired({ from, outcome }: Sent): boolean {
  return outcome.ok && isExpiredAnswer(from.credentials.method, outcome.answer.status)
}
