import 'server-only'
import { ifItOpens } from '@/lib/platform/crypto/if-it-opens'
import { isExpiredAnswer } from '@/lib/domain/oauth2/refresh-rule'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import type { SendOutcome } from '@/lib/platform/http/send'
import { takeTurn, type LimitedInstance } from '@/lib/limits/take-turn'
import type { RequestPurpose } from '@/lib/request-log/words'
import type { Credentials } from '@/lib/credentials/credentials'
import { contextOf, type Cause } from '@/lib/exchange/request-context'
import { reservedValues, type ReservedValues, type TokenNames } from '@/lib/exchange/reserved-values'
import { sendBuilt } from '@/lib/exchange/send-built'
import { obtainedForOf, tokenSourceOf } from '@/lib/tokens/token-source'
import type { AccessToken, TokenNeed } from '@/lib/tokens/types'
import { usableToken } from '@/lib/tokens/usable-token'

/** What a request is made from. */
export type Loaded = {
  credentials: Credentials
  cause: Cause
  timeoutMs: number
  /** Obtained for this request alone: the instance's own is neither used nor touched. */
  ownToken?: TokenNames
  build: (reserved: ReservedValues) => Result<BuiltRequest>
}

export type Sent<From extends Loaded = Loaded> = {
  from: From
  built: BuiltRequest
  outcome: SendOutcome
  attempts: number
  waitedMs: number
  secrets: string[]
}

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
 * One request with the instance's token: obtained or refreshed ahead of its expiry, and once more when the answer says
 * that it has expired. The request's own time starts when its turn has come: waiting for a token (DATA §7) or for the
 * limits of the instance does not count.
 */
export async function sendWithToken<From extends Loaded>(plan: Plan<From>): Promise<Result<Sent<From>, NotSent>> {
  const first = await attempt(plan)
  if (!first.ok || first.value.token === null || !saysExpired(first.value)) return first
  const second = await attempt(plan, first.value.token.version)
  return second.ok
    ? succeed({ ...second.value, attempts: 2, waitedMs: first.value.waitedMs + second.value.waitedMs })
    : second
}

async function attempt<From extends Loaded>(
  plan: Plan<From>,
  refused?: string,
): Promise<Result<Sent<From> & { token: AccessToken | null }, NotSent>> {
  const turn = await takeTurn(() => makeReady(plan, refused))
  if (!turn.ok) return turn
  const { prepared, waitedMs, end } = turn.value
  const { from, token, built, reserved } = prepared
  const { credentials, cause, timeoutMs } = from
  const secrets = [...credentials.secrets, ...built.secrets, ...(reserved.access_token ? [reserved.access_token] : [])]
  // A redirect says nothing about credentials (DATA §11), and the log-in page that it often leads to answers with 200.
  const followRedirects = plan.purpose !== 'verify'
  const context = contextOf(credentials, plan.purpose, cause)
  const {
    outcome,
    built: last,
    log,
  } = await sendBuilt(credentials, built, context, { timeoutMs, followRedirects, secrets, reserved }).finally(end)
  await log({ secrets })
  return succeed({ from, token, built: last, outcome, attempts: 1, waitedMs, secrets })
}

type Ready<From> = {
  from: From
  token: AccessToken | null
  built: BuiltRequest
  reserved: ReservedValues
  instance: LimitedInstance
}

/** Settings that change under a request more often than this are somebody's mistake. */
const mostReadings = 3

/** The request as it would leave now, with a token of the very settings that it is made from. */
async function makeReady<From extends Loaded>(
  plan: Plan<From>,
  refused?: string,
): Promise<Result<Ready<From>, NotSent>> {
  for (let reading = 1; ; reading += 1) {
    const ready = await prepare(plan, reading > 1, refused)
    if (ready.ok || ready.error.refusal.code !== 'changed_by_someone_else' || reading === mostReadings) return ready
  }
}

/** Getting a token is none of the requests that the limits count: it never stands in line. */
async function prepare<From extends Loaded>(
  plan: Plan<From>,
  anew: boolean,
  refused?: string,
): Promise<Result<Ready<From>, NotSent>> {
  const loaded = await (anew ? plan.load(true) : plan.load())
  if (!loaded.ok) return notSent('building', loaded.error)
  const need = { evenIfDead: plan.evenIfDead, ...(refused !== undefined && { refused }) }
  const token = await tokenFor(loaded.value, need)
  if (!token.ok) return notSent('getting_token', token.error)
  // A new token may have brought values with it, a session or the address to call.
  const from = token.value?.renewed ? await plan.load(true) : loaded
  if (!from.ok) return notSent('building', from.error)
  const { credentials, ownToken, build } = from.value
  if (token.value !== null && token.value.obtainedFor !== obtainedForOf(credentials))
    return notSent('getting_token', changedMeanwhile)
  const reserved = reservedValues(ownToken ?? namesOf(token.value))
  const built = build(reserved)
  if (!built.ok) return notSent('building', built.error)
  return succeed({
    from: from.value,
    token: token.value,
    built: built.value,
    reserved,
    instance: limitedInstance(credentials),
  })
}

const changedMeanwhile: Refusal = {
  code: 'changed_by_someone_else',
  message: 'The settings of this instance were changed while the request was made. Send it again.',
}

function notSent(step: NotSent['step'], refusal: Refusal): { ok: false; error: NotSent } {
  return { ok: false, error: { step, refusal } }
}

function namesOf(token: AccessToken | null): TokenNames {
  return token === null ? {} : { access_token: token.accessToken, token_type: token.tokenType }
}

/** The instance's own token; null where requests carry none, or one that was obtained for them alone. */
export async function tokenFor(
  { credentials, cause, ownToken }: Pick<Loaded, 'credentials' | 'cause' | 'ownToken'>,
  need: TokenNeed,
): Promise<Result<AccessToken | null>> {
  const { workspaceId, instance } = credentials
  const source = instance === null || ownToken !== undefined ? null : tokenSourceOf(credentials, cause)
  if (instance === null || source === null) return succeed(null)
  const place = { workspaceId, instanceId: instance.id, name: 'default' }
  return ifItOpens(`The token of “${instance.name}”`, () => usableToken(place, source, need))
}

function limitedInstance({ workspaceId, instance }: Credentials): LimitedInstance {
  return instance && { workspaceId, instanceId: instance.id, name: instance.name, limits: instance.limits }
}

function saysExpired({ from, outcome }: Sent): boolean {
  return outcome.ok && isExpiredAnswer(from.credentials.method, outcome.answer)
}
