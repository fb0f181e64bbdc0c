import 'server-only'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import { discard } from '@/lib/exchange/discard'
import { contextOf } from '@/lib/exchange/request-context'
import { sendBuilt, type SentBuilt } from '@/lib/exchange/send-built'
import { takeTurn } from '@/lib/limits/take-turn'
import { readWhole, type SendOutcome } from '@/lib/platform/http/send'
import type { RawOutcome } from '@/lib/platform/http/send-raw'
import type { AccessToken } from '@/lib/tokens/types'
import { changedMeanwhile } from '@/lib/domain/refusals'
import { notSent, prepareRequest } from './prepare-request'
import { tokenFor } from './token-for'
import { judgeExpiry } from './judge-expiry'
import type { Loaded, NotSent, SendPlan } from './types'

export type Sent<From extends Loaded = Loaded> = {
  from: From
  built: BuiltRequest
  outcome: RawOutcome
  attempts: number
  waitedMs: number
  /** The token had expired and was refreshed, but the request could not be repeated: sending it again can work. */
  isWorthRepeating?: true
  /** With `readsWhole`: reports how reading ended. */
  wasRead: (error: Refusal | null) => void
  /** Settles when the response has ended, its line is recorded and its turn is released. */
  ended: Promise<void>
}

/**
 * Sends one request with the instance's token. The token is obtained, or refreshed before it expires, and refreshed
 * once more if the response says that it has expired. Waiting for a token (DATA §7) or for the limits of the instance
 * does not count towards the request's timeout.
 */
export async function sendWithToken<From extends Loaded>(plan: SendPlan<From>): Promise<Result<Sent<From>, NotSent>> {
  const first = await attempt(plan)
  if (!first.ok || first.value.token === null || !first.value.outcome.ok) return first
  const { from, token, outcome, waitedMs, ended } = first.value
  const judged = await judgeExpiry(from.credentials.method, outcome)
  if (!judged.expired) return succeed({ ...first.value, outcome: judged.outcome })
  if (from.body) {
    const refreshed = await tokenFor(from, { refused: token.version })
    return succeed({ ...first.value, outcome: judged.outcome, ...(refreshed.ok && { isWorthRepeating: true }) })
  }
  first.value.wasRead(null)
  await discard(judged.outcome.body)
  await ended
  const second = await attempt(plan, token.version)
  return second.ok ? succeed({ ...second.value, attempts: 2, waitedMs: waitedMs + second.value.waitedMs }) : second
}

type Attempted<From extends Loaded> = Result<Sent<From> & { token: AccessToken | null }, NotSent>

/** If the settings change more often than this during one request, something is wrong. */
const mostReadings = 5

async function attempt<From extends Loaded>(plan: SendPlan<From>, refused?: string): Promise<Attempted<From>> {
  for (let reading = 1; ; reading += 1) {
    const attempted = await attemptOnce(plan, reading > 1, refused)
    if (attempted.ok || attempted.error.refusal.code !== changedMeanwhile.code || reading === mostReadings)
      return attempted
  }
}

async function attemptOnce<From extends Loaded>(
  plan: SendPlan<From>,
  fresh: boolean,
  refused?: string,
): Promise<Attempted<From>> {
  const { purpose, maxResponseBytes, streams, mostWaitMs } = plan
  const turn = await takeTurn(() => prepareRequest(plan, fresh, refused), { mostWaitMs })
  if (!turn.ok) return turn
  const { prepared, waitedMs, end } = turn.value
  const { from, token, built, reserved, check } = prepared
  const { credentials, cause, timeoutMs } = from
  const sent = await sendBuilt(credentials, built, contextOf(credentials, purpose, cause), {
    ...{ timeoutMs, streams, maxResponseBytes, reserved, body: from.body },
    // A redirect says nothing about credentials (DATA §11), and it often leads to a log-in page that returns 200.
    followRedirects: purpose !== 'verify',
    ...(check && { clearance: check }),
  }).catch(async (error: unknown) => {
    await end()
    throw error
  })
  const { promise: read, resolve: wasRead } = Promise.withResolvers<Refusal | null>()
  if (!plan.readsWhole || !sent.outcome.ok) wasRead(null)
  const ended = whenEnded(sent, { end, read })
  if (!sent.outcome.ok) await ended
  if (!sent.outcome.ok && sent.outcome.delivery === 'withheld') return notSent('building', sent.outcome.error)
  return succeed({
    from,
    token,
    built: sent.built,
    outcome: sent.outcome,
    attempts: 1,
    waitedMs,
    wasRead,
    ended,
  })
}

/**
 * The turn is released when the response has ended. Its line in the log is also written only after it has been read.
 */
async function whenEnded(
  { outcome, log }: SentBuilt,
  { end, read }: { end: () => Promise<void>; read: Promise<Refusal | null> },
): Promise<void> {
  if (outcome.ok) await new Promise<void>((over) => outcome.received.whenOver(over))
  await Promise.all([end(), read.then((error) => log(error ? { error } : {}))])
}

/**
 * Reads the response of a request that was sent with `readsWhole` and passes it to `use`, after recording its line.
 * @param use the memory of the response is released when it has finished
 */
export async function readSent<Value>(
  { outcome, wasRead, ended }: Pick<Sent, 'outcome' | 'wasRead' | 'ended'>,
  use: (read: SendOutcome) => Promise<Value>,
): Promise<Value> {
  return readWhole(outcome, async (read) => {
    wasRead(read.ok ? null : read.error)
    await ended
    return use(read)
  })
}
