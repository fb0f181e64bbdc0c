import type { HttpMethod } from '../../vocabulary'
import { retryAfter, retryDelay, waitDelay } from './back-off'

/**
 * What happens to a payload after an attempt to send it (RUNS §4). Nothing is sent twice unless somebody said so: where
 * nobody can know whether a request arrived, it is repeated only if that does no harm.
 */

export type AttemptOutcome =
  /** No byte left: the attempt was only prepared when its worker ended. */
  | { kind: 'not_started' }
  /** No byte of the request arrived: DNS, connecting or TLS failed. */
  | { kind: 'unreachable' }
  /** The connection broke, the time was up, or the worker ended while the request was being sent. */
  | { kind: 'unknown' }
  | { kind: 'answered'; status: number; headers: readonly (readonly [name: string, value: string])[] }

export type RepeatInput = {
  outcome: AttemptOutcome
  method: HttpMethod
  /** Whether the endpoint names an idempotency key parameter. */
  hasIdempotencyKey: boolean
  /** What a person marked at the endpoint or the shape; null: the method decides. */
  mark: 'may_be_repeated' | 'must_not_be_repeated' | null
  /** Attempts that counted, without this one. */
  counted: number
  /** How often it was waited without counting, in a row. */
  waits: number
  /** Since the first of these waits, in milliseconds. */
  waited: number
  /** Whether an earlier attempt may have arrived. */
  mayHaveArrived: boolean
  settings: {
    /** Further attempts that count. */
    retries: number
    /** How long to wait for a third party, in milliseconds. */
    mostWaiting: number
  }
  now: Date
  /** At least 0 and less than 1. */
  random: number
}

export type NextStep =
  | { kind: 'deliver' }
  | { kind: 'retry'; afterMs: number; counts: boolean }
  /** The run waits for the third party and tries again. */
  | { kind: 'wait'; afterMs: number; for: 'limit' | 'third_party' }
  /** The outcome is unknown, and a person decides. */
  | { kind: 'park' }
  | { kind: 'fail'; reason: FailReason }

export type FailReason =
  /** The third party rejected the request, and would again. */
  | 'rejected'
  /** It failed, and repeating is not allowed or did not help. */
  | 'failed'
  /** No response, as often as it was tried. */
  | 'no_response'
  /** It was down or limited requests for longer than the flow waits. */
  | 'waited_too_long'

export function nextStep(input: RepeatInput): NextStep {
  switch (input.outcome.kind) {
    case 'not_started':
      return { kind: 'retry', afterMs: 0, counts: false }
    case 'unreachable':
      return wait(input, 'third_party', null)
    case 'unknown':
      return mayRepeat(input) ? retry(input, 'no_response', null) : { kind: 'park' }
    case 'answered':
      return afterAnswer(input, input.outcome)
  }
}

type Answer = Extract<AttemptOutcome, { kind: 'answered' }>

function afterAnswer(input: RepeatInput, { status, headers }: Answer): NextStep {
  const asked = retryAfter(headers, input.now)
  if (status >= 200 && status < 300) return { kind: 'deliver' }
  if (status === 429) return wait(input, 'limit', asked)
  // It says that it did not handle the request, which is not enough where somebody said that nothing may be repeated.
  if (status === 503 && input.mark !== 'must_not_be_repeated') return wait(input, 'third_party', asked)
  // What an earlier attempt deleted is gone.
  if ((status === 404 || status === 410) && input.method === 'DELETE' && input.mayHaveArrived)
    return { kind: 'deliver' }
  if (status === 502 || status === 504)
    // A gateway does not know either whether the server behind it has received the request.
    return mayRepeat(input) ? retry(input, 'failed', asked) : { kind: 'park' }
  if (status >= 500 || status === 408 || status === 425)
    return mayRepeat(input) ? retry(input, 'failed', asked) : { kind: 'fail', reason: 'failed' }
  return { kind: 'fail', reason: 'rejected' }
}

/** @see RFC 9110 §9.2.2 */
const idempotent: readonly HttpMethod[] = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']

/** Whether a request that may have arrived can be sent again. */
export function mayRepeat({
  mark,
  method,
  hasIdempotencyKey,
}: Pick<RepeatInput, 'mark' | 'method' | 'hasIdempotencyKey'>): boolean {
  if (mark !== null) return mark === 'may_be_repeated'
  return idempotent.includes(method) || hasIdempotencyKey
}

function retry({ counted, settings, random }: RepeatInput, reason: FailReason, asked: number | null): NextStep {
  if (counted >= settings.retries) return { kind: 'fail', reason }
  const afterMs = Math.min(settings.mostWaiting, Math.max(asked ?? 0, retryDelay(counted, random)))
  return { kind: 'retry', afterMs, counts: true }
}

/** At the end of the time it is tried once more, even if the third party asked for a longer wait. */
function wait(
  { waits, waited, settings, random }: RepeatInput,
  reason: 'limit' | 'third_party',
  asked: number | null,
): NextStep {
  const left = settings.mostWaiting - waited
  if (left <= 0) return { kind: 'fail', reason: 'waited_too_long' }
  return { kind: 'wait', afterMs: Math.min(left, asked ?? waitDelay(waits, random)), for: reason }
}
