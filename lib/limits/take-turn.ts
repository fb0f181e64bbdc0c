import 'server-only'
import { newId } from '@/lib/platform/db/new-id'
import { isLimited, paceOf, rateInWords, type Pace, type RateLimit, type RequestLimits } from '@/lib/domain/rate-limit'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import { spanInWords } from '@/lib/domain/dates/span-in-words'
import { callerGone } from '@/lib/platform/request-under-way'
import { oneAtATime, sleepInFront, wakeFront } from './one-at-a-time'
import {
  askForTurn,
  extendTurn,
  heartbeatMs,
  openLimits,
  removeTurn,
  type InstanceRef,
  type TurnAnswer,
} from './turn-rows'

/**
 * A request's turn under the limits of its instance, across all processes (PRODUCT §7): it waits for the rate limit and
 * for one of the simultaneous requests to end. In each process the oldest request asks, the others wait behind it.
 */

export type Turn<Prepared> = {
  prepared: Prepared
  waitedMs: number
  /** The request is over. */
  end: () => Promise<void>
}

export type NoTurn = { step: 'waiting'; refusal: Refusal }

/** Null: what is sent before an instance exists has no limits to keep. */
export type LimitedInstance = (InstanceRef & { name: string; limits: RequestLimits }) | null

type Prepare<Prepared, Failure> = () => Promise<Result<Prepared & { instance: LimitedInstance }, Failure>>

type Options = {
  /** Waiting ends in a refusal after this time, or at once where the rate limit makes it certain. */
  mostWaitMs?: number
}

const defaultMostWaitMs = 10 * 60_000
/** How soon a place is taken that a request of another process has left, or a limit that has been raised. */
const longestSleepMs = 250
const noPace: Pace = { intervalMs: 0, aheadMs: 0 }
const noLimits: RequestLimits = { rate: null, simultaneous: null }

/**
 * @param prepare done at once, and again before each try: what it makes (the limits, a fresh token, a signature with
 * the
 *   time) is fresh when the turn comes, and what it refuses is refused without standing in line
 */
export async function takeTurn<Prepared, Failure>(
  prepare: Prepare<Prepared, Failure>,
  { mostWaitMs = defaultMostWaitMs }: Options = {},
): Promise<Result<Turn<Prepared>, Failure | NoTurn>> {
  const first = await prepare()
  if (!first.ok) return first
  const { instance } = first.value
  if (instance === null || !isLimited(instance.limits))
    return succeed({ prepared: first.value, waitedMs: 0, end: async () => {} })
  const gone = callerGone()
  const deadline = AbortSignal.timeout(mostWaitMs)
  const wait: Wait = {
    ...{ instance, mostWaitMs, id: newId(), began: performance.now(), preparingMs: 0 },
    signal: gone ? AbortSignal.any([deadline, gone]) : deadline,
  }
  try {
    return await oneAtATime(instance.instanceId, wait.signal, () => waitInFront(wait, first, prepare))
  } catch (error) {
    if (!wait.signal.aborted) throw error
    return noTurn(
      gone?.aborted ? `Nobody waited any longer for this request of “${instance.name}”.` : waitedTooLong(wait),
    )
  }
}

type Wait = {
  instance: NonNullable<LimitedInstance>
  id: string
  began: number
  mostWaitMs: number
  /** Time that `prepare` took: no waiting. */
  preparingMs: number
  signal: AbortSignal
}

const waitedMs = ({ began, preparingMs }: Wait) => performance.now() - began - preparingMs

async function waitInFront<Prepared, Failure>(
  wait: Wait,
  first: Awaited<ReturnType<Prepare<Prepared, Failure>>>,
  prepare: Prepare<Prepared, Failure>,
): Promise<Result<Turn<Prepared>, Failure | NoTurn>> {
  let turn: Turn<Prepared> | null = null
  let asked = false
  try {
    for (
      let ready = waitedMs(wait) < longestSleepMs ? first : await timed(wait, prepare);
      ;
      ready = await timed(wait, prepare)
    ) {
      if (!ready.ok) return ready
      wait.signal.throwIfAborted()
      const { rate, simultaneous } = ready.value.instance?.limits ?? noLimits
      const answer = await askForTurn(wait.instance, {
        id: wait.id,
        pace: rate ? paceOf(rate) : noPace,
        simultaneous,
        asksAgain: asked,
      })
      if (answer?.admitted)
        return succeed((turn = beginTurn(wait, ready.value, { holdsPlace: simultaneous !== null, asked })))
      asked ||= answer !== null
      if (answer === null) await openLimits(wait.instance)
      else if (rate && isHopeless(wait, answer)) return noTurn(tooFarOff(wait, rate, answer))
      else if (!answer.outrun) await sleepInFront(wait.instance.instanceId, sleepMs(answer), wait.signal)
    }
  } finally {
    if (!turn && asked) await removeTurn(wait.instance, wait.id).catch(() => {})
  }
}

async function timed<Value>(wait: Wait, work: () => Promise<Value>): Promise<Value> {
  const began = performance.now()
  const value = await work()
  wait.preparingMs += performance.now() - began
  return value
}

function isHopeless(wait: Wait, { paceMs }: TurnAnswer): boolean {
  return performance.now() + paceMs > wait.began + wait.mostWaitMs
}

/** What the rate limit says is exact; when a place becomes free nobody knows. */
function sleepMs({ paceMs }: TurnAnswer): number {
  return Math.min(longestSleepMs, paceMs > 0 ? paceMs : longestSleepMs)
}

function beginTurn<Prepared>(
  wait: Wait,
  prepared: Prepared,
  { holdsPlace, asked }: { holdsPlace: boolean; asked: boolean },
): Turn<Prepared> {
  const { instance, id } = wait
  // A database that cannot be reached for a moment costs one heartbeat, not the place.
  const timer = holdsPlace ? setInterval(() => void extendTurn(instance, id).catch(() => {}), heartbeatMs) : undefined
  return {
    prepared,
    waitedMs: Math.round(waitedMs(wait)),
    end: async () => {
      clearInterval(timer)
      // What cannot be removed runs out by itself; the answer is there and must not be lost over it.
      if (holdsPlace || asked) await removeTurn(instance, id).catch(() => {})
      if (holdsPlace) wakeFront(instance.instanceId)
    },
  }
}

function noTurn(reason: string): { ok: false; error: NoTurn } {
  return {
    ok: false,
    error: { step: 'waiting', refusal: refuse('too_many_requests_waiting', `${reason} Nothing was sent.`).error },
  }
}

const howToMend = 'Try again later, or raise the limit in the instance settings.'

function waitedTooLong({ instance, mostWaitMs }: Wait): string {
  return `The request waited ${spanInWords(mostWaitMs)} for its turn: more requests of “${instance.name}” are waiting than its limits let through. ${howToMend}`
}

function tooFarOff({ instance }: Wait, rate: RateLimit, { paceMs }: TurnAnswer): string {
  return `“${instance.name}” is limited to ${rateInWords(rate)}, and its next one is due in ${spanInWords(paceMs)}: too long to wait. ${howToMend}`
}
