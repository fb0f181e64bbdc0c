import 'server-only'
import { ifItOpens } from '@/lib/platform/crypto/if-it-opens'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { isLimited } from '@/lib/domain/rate-limit'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import { readWhole, type SendOutcome } from '@/lib/platform/http/send'
import type { RawOutcome } from '@/lib/platform/http/send-raw'
import { takeTurn, type LimitedInstance } from '@/lib/limits/take-turn'
import type { RequestPurpose } from '@/lib/request-log/words'
import type { Credentials } from '@/lib/credentials/credentials'
import { contextOf, type Cause } from '@/lib/exchange/request-context'
import { reservedValues, type ReservedValues, type TokenNames } from '@/lib/exchange/reserved-values'
import { discard } from '@/lib/exchange/discard'
import { sendBuilt, type SentBuilt } from '@/lib/exchange/send-built'
import { obtainedForOf, tokenSourceOf } from '@/lib/tokens/token-source'
import type { AccessToken, TokenNeed } from '@/lib/tokens/types'
import { usableToken } from '@/lib/tokens/usable-token'
import { changedMeanwhile } from './changed-meanwhile'
import { judgeExpiry } from './says-expired'

/** What a request is made from. */
export type Loaded = {
  credentials: Credentials
  cause: Cause
  timeoutMs: number
  /** Obtained for this request alone: the instance's own is neither used nor touched. */
  ownToken?: TokenNames
  /** Where what is read here is remembered: the token of these very credentials. */
  knownToken?: { value?: AccessToken | null }
  build: (reserved: ReservedValues) => Result<BuiltRequest>
}

export type Sent<From extends Loaded = Loaded> = {
  from: From
  built: BuiltRequest
  outcome: RawOutcome
  attempts: number
  waitedMs: number
  secrets: string[]
  /** Of `readsWhole`: tells how reading ended. */
  wasRead: (error: Refusal | null) => void
  /** The answer is over, its line is recorded, and its turn has been given back. */
  ended: Promise<void>
}

/** What went wrong before the request could be sent, and where. */
export type NotSent = { step: 'building' | 'getting_token' | 'waiting'; refusal: Refusal }

type Plan<From extends Loaded> = {
  purpose: RequestPurpose
  evenIfDead?: boolean
  maxAnswerBytes?: number
  /** The answer is read to its end by `readSent`; what goes wrong there belongs in its line of the request log. */
  readsWhole?: boolean
  /**
   * Asked again while the request waits for its turn: it leaves under the settings of that moment (rules R3 and R9).
   * @param fresh reads from the database again instead of using what is remembered
   */
  load: (fresh?: boolean) => Promise<Result<From>>
  /** The last check before the request leaves. `changed_by_someone_else`: load the settings again and retry. */
  clearance?: (from: From) => Promise<Result<null>>
}

/**
 * One request with the instance's token: obtained or refreshed ahead of its expiry, and once more when the answer says
 * that it has expired. The request's own time starts when its turn has come: waiting for a token (DATA §7) or for the
 * limits of the instance does not count.
 */
export async function sendWithToken<From extends Loaded>(plan: Plan<From>): Promise<Result<Sent<From>, NotSent>> {
  const first = await attempt(plan)
  if (!first.ok || first.value.token === null || !first.value.outcome.ok) return first
  const { from, token, outcome, waitedMs, ended } = first.value
  const judged = await judgeExpiry(from.credentials.method, outcome)
  if (!judged.expired) return succeed({ ...first.value, outcome: judged.outcome })
  first.value.wasRead(null)
  await discard(judged.outcome.body)
  await ended
  const second = await attempt(plan, token.version)
  return second.ok ? succeed({ ...second.value, attempts: 2, waitedMs: waitedMs + second.value.waitedMs }) : second
}

type Attempted<From extends Loaded> = Result<Sent<From> & { token: AccessToken | null }, NotSent>

/** Settings that change under a request more often than this are somebody's mistake. */
const mostReadings = 5

async function attempt<From extends Loaded>(plan: Plan<From>, refused?: string): Promise<Attempted<From>> {
  for (let reading = 1; ; reading += 1) {
    const attempted = await attemptOnce(plan, reading > 1, refused)
    if (attempted.ok || attempted.error.refusal.code !== changedMeanwhile.code || reading === mostReadings)
      return attempted
  }
}

async function attemptOnce<From extends Loaded>(
  plan: Plan<From>,
  anew: boolean,
  refused?: string,
): Promise<Attempted<From>> {
  const turn = await takeTurn(() => prepare(plan, anew, refused))
  if (!turn.ok) return turn
  const { prepared, waitedMs, end } = turn.value
  const { from, token, built, reserved, check } = prepared
  const { credentials, cause, timeoutMs } = from
  const { purpose, maxAnswerBytes } = plan
  const secrets = [...credentials.secrets, ...built.secrets, ...(reserved.access_token ? [reserved.access_token] : [])]
  const sent = await sendBuilt(credentials, built, contextOf(credentials, purpose, cause), {
    ...{ timeoutMs, maxAnswerBytes, secrets, reserved },
    // A redirect says nothing about credentials (DATA §11), and the log-in page that it often leads to answers with
    // 200.
    followRedirects: purpose !== 'verify',
    ...(check && { clearance: check }),
  }).catch(async (error: unknown) => {
    await end()
    throw error
  })
  const { promise: read, resolve: wasRead } = Promise.withResolvers<Refusal | null>()
  if (!plan.readsWhole || !sent.outcome.ok) wasRead(null)
  const ended = whenEnded(sent, secrets, { end, read })
  if (!sent.outcome.ok) await ended
  if (!sent.outcome.ok && sent.outcome.delivery === 'withheld') return notSent('building', sent.outcome.error)
  return succeed({
    from,
    token,
    built: sent.built,
    outcome: sent.outcome,
    attempts: 1,
    waitedMs,
    secrets,
    wasRead,
    ended,
  })
}

/** The turn is given back when the answer is over; its line also waits for whoever reads it. */
async function whenEnded(
  { outcome, log }: SentBuilt,
  secrets: string[],
  { end, read }: { end: () => Promise<void>; read: Promise<Refusal | null> },
): Promise<void> {
  if (outcome.ok) await new Promise<void>((over) => outcome.received.whenOver(over))
  await Promise.all([end(), read.then((error) => log({ secrets, ...(error && { error }) }))])
}

/** Reads the answer of a request that was sent with `readsWhole`. Its line is recorded when this settles. */
export async function readSent({
  outcome,
  wasRead,
  ended,
}: Pick<Sent, 'outcome' | 'wasRead' | 'ended'>): Promise<SendOutcome> {
  const read = await readWhole(outcome)
  wasRead(read.ok ? null : read.error)
  await ended
  return read
}

type Ready<From> = {
  from: From
  token: AccessToken | null
  built: BuiltRequest
  reserved: ReservedValues
  instance: LimitedInstance
  check?: Check
}

/**
 * The request as it would leave now, with a token of the very settings that it is made from. Getting a token is none of
 * the requests that the limits count: it never stands in line.
 */
async function prepare<From extends Loaded>(
  plan: Plan<From>,
  anew: boolean,
  refused?: string,
): Promise<Result<Ready<From>, NotSent>> {
  const isFresh = anew || plan.clearance === undefined
  const need = { evenIfDead: plan.evenIfDead, ...(refused !== undefined && { refused }) }
  let loaded = await (anew ? plan.load(true) : plan.load())
  let known = loaded.ok ? rememberedToken(loaded.value, need) : undefined
  // A request for a token leaves as well: what it is made from is compared with the database first.
  if (loaded.ok && known === undefined && !isFresh) {
    loaded = await plan.load(true)
    known = loaded.ok ? rememberedToken(loaded.value, need) : undefined
  }
  if (!loaded.ok) return notSent('building', loaded.error)
  const token = known === undefined ? await tokenFor(loaded.value, need) : succeed(known)
  if (!token.ok) return notSent('getting_token', token.error)
  // A new token may have brought values with it, a session or the address to call.
  const from = token.value?.renewed ? await plan.load(true) : loaded
  if (!from.ok) return notSent('building', from.error)
  const { credentials, ownToken, build } = from.value
  if (token.value !== null && token.value.obtainedFor !== obtainedForOf(credentials))
    return notSent('getting_token', changedMeanwhile)
  remember(from.value, token.value)
  const instance = limitedInstance(credentials)
  const check = checkOf(plan, from.value, instance)
  const reserved = reservedValues(ownToken ?? namesOf(token.value))
  const built = build(reserved)
  // What is refused with settings of earlier may be right with those of now.
  if (!built.ok) return notSent('building', isFresh ? built.error : changedMeanwhile)
  return succeed({
    from: from.value,
    token: token.value,
    built: built.value,
    reserved,
    instance,
    ...(check && { check }),
  })
}

type Check = () => Promise<Result<null>>

/**
 * Where nothing is waited for, the database is asked while the request is built, and its answer awaited before the
 * request leaves. Each further request, a redirect or the answer to a challenge, asks anew.
 */
function checkOf<From extends Loaded>(
  { clearance }: Plan<From>,
  from: From,
  instance: LimitedInstance,
): Check | undefined {
  if (!clearance) return undefined
  if (instance !== null && isLimited(instance.limits)) return () => clearance(from)
  let early: ReturnType<Check> | null = clearance(from)
  early.catch(() => {})
  return () => {
    const asked = early ?? clearance(from)
    early = null
    return asked
  }
}

function notSent(step: NotSent['step'], refusal: Refusal): { ok: false; error: NotSent } {
  return { ok: false, error: { step, refusal } }
}

function namesOf(token: AccessToken | null): TokenNames {
  return token === null ? {} : { access_token: token.accessToken, token_type: token.tokenType }
}

/**
 * As long as nobody refused it and it is not due: under the stamp of its instance it is still the one (DATA §13). Null:
 * requests carry none. Undefined: nobody knows.
 */
function rememberedToken(from: Loaded, need: TokenNeed): AccessToken | null | undefined {
  const known = need.refused === undefined && !need.evenIfDead ? from.knownToken?.value : undefined
  return known && isDue(known, from) ? undefined : known
}

function isDue(token: AccessToken, { credentials, cause }: Loaded): boolean {
  const now = new Date(Date.now() + token.clockAheadMs)
  return tokenSourceOf(credentials, cause)?.isDue(token, now) ?? true
}

function remember({ knownToken }: Loaded, token: AccessToken | null): void {
  if (knownToken) knownToken.value = token && { ...token, renewed: false }
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
