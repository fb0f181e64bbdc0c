import { spanInWords } from '../dates/span-in-words'

/**
 * How failed sign-ins slow further ones down. Three counters, by whose attempts they count:
 * - `pair`: of one account from one address. A person who mistyped waits at most a minute, whatever came before; somebody
 *   who guesses gets 1,440 guesses a day.
 * - `account`: of one account from all addresses that have never signed in to it, so that many addresses together are
 *   slow as well. Its longest delay is so short that an attempt can wait for its turn, and turns go to those who have
 *   failed least: a delay that grew would let anybody keep the only administrator out.
 * - `address`: of all accounts from one address that has never signed in to them.
 * From an address that has signed in to the account before, only the pair counts: the failures of others do not slow it.
 *
 * An attempt counts as failed from before its password is looked at, so that many at once cannot all be free. One that
 * succeeds is taken back.
 */

export type CounterKind = 'pair' | 'account' | 'address'

export type Counter = {
  failures: number
  lastAttemptAt: Date
  /** The next attempt is not before. */
  blockedUntil: Date | null
  /** Of a pair: the last time that somebody got in. */
  succeededAt: Date | null
}

/** `address` is missing where the address is unknown. */
export type Counters = { pair: Counter; account: Counter; address?: Counter }

export type Admission =
  /** `counters` with the attempt in those that it was counted in. */
  { goes: true; counted: CounterKind[]; counters: Counters } | { goes: false; until: Date; by: CounterKind }

const second = 1_000
const minute = 60 * second
/** So long after the last attempt, or after the delay that it caused, failures are forgotten. */
const forgottenAfter = 15 * minute
const day = 24 * 60 * minute
/** A pair that somebody got in with is known for so long. */
export const knownForDays = 90

/** An office may share an address: it has more free failures than one account. */
const limits: Record<CounterKind, { free: number; longest: number }> = {
  pair: { free: 5, longest: minute },
  account: { free: 20, longest: 4 * second },
  address: { free: 30, longest: 15 * minute },
}

/** Delays up to this are waited for; with a longer one the attempt is refused at once. Milliseconds. */
export const longestDelayWaited = 5 * second

const kinds: readonly CounterKind[] = ['pair', 'account', 'address']

function isKnown({ succeededAt }: Counter, now: Date): boolean {
  return succeededAt !== null && now.getTime() - succeededAt.getTime() < knownForDays * day
}

/** Whether an attempt may be verified now, and then the counters with it in them. */
export function admit(counters: Counters, now: Date): Admission {
  const judging: readonly CounterKind[] = isKnown(counters.pair, now) ? ['pair'] : kinds
  const counted = judging.filter((kind) => counters[kind] !== undefined)
  const blocks = counted.flatMap((by) => {
    const until = counters[by]!.blockedUntil
    return until !== null && until > now ? [{ goes: false as const, until, by }] : []
  })
  const longest = blocks.sort((one, other) => other.until.getTime() - one.until.getTime())[0]
  if (longest) return longest
  const changed = Object.fromEntries(counted.map((kind) => [kind, withAttempt(kind, counters[kind]!, now)]))
  return { goes: true, counted, counters: { ...counters, ...changed } }
}

function withAttempt(kind: CounterKind, counter: Counter, now: Date): Counter {
  const quietSince = counter.blockedUntil ?? counter.lastAttemptAt
  const isOver = now.getTime() - quietSince.getTime() >= forgottenAfter
  const failures = isOver ? 1 : counter.failures + 1
  return { ...counter, failures, lastAttemptAt: now, blockedUntil: blockAfter(kind, failures, now) }
}

function blockAfter(kind: CounterKind, failures: number, now: Date): Date | null {
  const { free, longest } = limits[kind]
  if (failures < free) return null
  // Beyond 20 doublings every delay is the longest.
  const delay = Math.min(longest, second * 2 ** Math.min(failures - free, 20))
  return new Date(now.getTime() + delay)
}

/**
 * After the right password: the pair starts afresh and is known; the others get this one attempt back.
 * @param counted by `admit`
 */
export function afterSuccess(counters: Counters, counted: readonly CounterKind[], now: Date): Counters {
  const others = counted.filter((kind) => kind !== 'pair' && counters[kind] !== undefined)
  const changed = Object.fromEntries(others.map((kind) => [kind, takenBack(kind, counters[kind]!)]))
  return { ...counters, ...changed, pair: { failures: 0, lastAttemptAt: now, blockedUntil: null, succeededAt: now } }
}

function takenBack(kind: CounterKind, counter: Counter): Counter {
  const failures = Math.max(0, counter.failures - 1)
  return { ...counter, failures, blockedUntil: failures < limits[kind].free ? null : counter.blockedUntil }
}

export function waitInWords(until: Date, now: Date): string {
  return spanInWords(until.getTime() - now.getTime())
}
