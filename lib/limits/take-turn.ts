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
 * A request's turn under the limits of its instance, across all processes (PRODUCT §7). It waits for the rate limit and
 * for a free slot among the simultaneous requests. In each process only the oldest request asks; the others queue
 * behind it.
 */

export type Turn<Prepared> = {
  prepared: Prepared
  waitedMs: number
  /** To be called when the request has ended. */
  end: () => Promise<void>
}

export type NoTurn = { step: 'waiting'; refusal: Refusal; retryAfterSeconds?: number }

/** Null for a request that is sent before the instance exists: no limits apply. */
export type LimitedInstance = (InstanceRef & { name: string; limits: RequestLimits }) | null

type Prepare<Prepared, Failure> = () => Promise<Result<Prepared & { instance: LimitedInstance }, Failure>>

type Options = {
  /** Waiting ends with an error after this time, or immediately if the rate limit makes that certain. */
  mostWaitMs?: number
}

const defaultMostWaitMs = 10 * 60_000
/** How soon a slot that another process has freed, or a raised limit, is noticed. */
const longestSleepMs = 250
/** When a slot becomes free is unknown. */
const busyRetrySeconds = 10
const noPace: Pace = { intervalMs: 0, aheadMs: 0 }
const noLimits: RequestLimits = { rate: null, simultaneous: null }

/**
 * @param prepare called immediately and again before each try, so that its result (the limits, a fresh token, a
 * signature with the time) is current when the turn comes, and its errors are returned without waiting
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
      gone?.aborted ? `The caller of this request of “${instance.name}” stopped waiting.` : waitedTooLong(wait),
      busyRetrySeconds,
    )
  }
}

type Wait = {
  instance: NonNullable<LimitedInstance>
  id: string
  began: number
  mostWaitMs: number
  /** Time spent in `prepare`, which does not count as waiting. */
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
        return succeed((turn = beginTurn(wait, ready.value, { usesSlot: simultaneous !== null, asked })))
      asked ||= answer !== null
      if (answer === null) await openLimits(wait.instance)
      else if (rate && isHopeless(wait, answer))
        return noTurn(tooFarOff(wait, rate, answer), Math.ceil(answer.paceMs / 1_000))
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

/** The rate limit gives an exact time. When a slot becomes free is unknown. */
function sleepMs({ paceMs }: TurnAnswer): number {
  return Math.min(longestSleepMs, paceMs > 0 ? paceMs : longestSleepMs)
}

function beginTurn<Prepared>(
  wait: Wait,
  prepared: Prepared,
  { usesSlot, asked }: { usesSlot: boolean; asked: boolean },
): Turn<Prepared> {
  const { instance, id } = wait
  // If the database is unreachable for a moment, one heartbeat is lost but not the slot.
  const timer = usesSlot ? setInterval(() => void extendTurn(instance, id).catch(() => {}), heartbeatMs) : undefined
  return {
    prepared,
    waitedMs: Math.round(waitedMs(wait)),
    end: async () => {
      clearInterval(timer)
      // A row that cannot be removed expires by itself. An error here must not lose the response.
      if (usesSlot || asked) await removeTurn(instance, id).catch(() => {})
      if (usesSlot) wakeFront(instance.instanceId)
    },
  }
}

function noTurn(reason: string, retryAfterSeconds: number): { ok: false; error: NoTurn } {
  return {
    ok: false,
    error: {
      step: 'waiting',
      retryAfterSeconds,
      refusal: refuse('too_many_requests_waiting', `${reason} Nothing was sent.`).error,
    },
  }
}

const howToFix = 'Try again later, or raise the limit in the instance settings.'

function waitedTooLong({ instance, mostWaitMs }: Wait): string {
  return `The request waited ${spanInWords(mostWaitMs)} for its turn: more requests of “${instance.name}” are waiting than its limits allow. ${howToFix}`
}

function tooFarOff({ instance }: Wait, rate: RateLimit, { paceMs }: TurnAnswer): string {
  return `“${instance.name}” is limited to ${rateInWords(rate)}, and the next request would have to wait ${spanInWords(paceMs)}, which is too long. ${howToFix}`
}
