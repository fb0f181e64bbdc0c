import { spanInWords } from '../dates/span-in-words'

/**
 * How failed sign-ins delay later ones. Three counters:
 * - `pair`: attempts for one account from one address. A person who mistypes waits at most a minute; an attacker gets at
 *   most 1,440 guesses a day.
 * - `account`: attempts for one account from all addresses that have never signed in to it, so that many addresses
 *   together are slow too. Its longest delay is short enough for an attempt to wait for its turn, and those with the
 *   fewest failures go first; a growing delay would let anybody lock out the only administrator.
 * - `address`: attempts for all accounts from one address that has never signed in to them.
 * From an address that has signed in to the account before, only the pair counts, so that failures of others do not
 * delay it.
 *
 * An attempt counts as failed before its password is checked, so that simultaneous attempts are counted too. A
 * successful one is subtracted again.
 */

export type CounterKind = 'pair' | 'account' | 'address'

export type Counter = {
  failures: number
  lastAttemptAt: Date
  /** The next attempt is not allowed before this time. */
  blockedUntil: Date | null
  /** For a pair: the last successful sign-in. */
  succeededAt: Date | null
}

/** `address` is missing if the address is unknown. */
export type Counters = { pair: Counter; account: Counter; address?: Counter }

export type Admission =
  /** `counters` include the attempt; `counted` are those to which it was added. */
  { goes: true; counted: CounterKind[]; counters: Counters } | { goes: false; until: Date; by: CounterKind }

const second = 1_000
const minute = 60 * second
/** Failures expire this long after the last attempt, or after the delay that it caused. */
const forgottenAfter = 15 * minute
const day = 24 * 60 * minute
/** How long a pair counts as known after a successful sign-in. */
export const knownForDays = 90

/** An office may share an address, so it has more free failures than one account. */
const limits: Record<CounterKind, { free: number; longest: number }> = {
  pair: { free: 5, longest: minute },
  account: { free: 20, longest: 4 * second },
  address: { free: 30, longest: 15 * minute },
}

/** In milliseconds. An attempt waits for a delay up to this; with a longer one it is refused at once. */
export const longestDelayWaited = 5 * second

const kinds: readonly CounterKind[] = ['pair', 'account', 'address']

function isKnown({ succeededAt }: Counter, now: Date): boolean {
  return succeededAt !== null && now.getTime() - succeededAt.getTime() < knownForDays * day
}

/** Whether an attempt may be verified now, and the updated counters. */
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
  // After 20 doublings the delay has reached its maximum.
  const delay = Math.min(longest, second * 2 ** Math.min(failures - free, 20))
  return new Date(now.getTime() + delay)
}

/**
 * After the correct password: the pair is reset and known; this attempt is subtracted from the others.
 * @param counted by `admit`
 */
export function afterSuccess(counters: Counters, counted: readonly CounterKind[], now: Date): Counters {
  const others = counted.filter((kind) => kind !== 'pair' && counters[kind] !== undefined)
  const changed = Object.fromEntries(others.map((kind) => [kind, withoutAttempt(kind, counters[kind]!)]))
  return { ...counters, ...changed, pair: { failures: 0, lastAttemptAt: now, blockedUntil: null, succeededAt: now } }
}

function withoutAttempt(kind: CounterKind, counter: Counter): Counter {
  const failures = Math.max(0, counter.failures - 1)
  return { ...counter, failures, blockedUntil: failures < limits[kind].free ? null : counter.blockedUntil }
}

export function waitInWords(until: Date, now: Date): string {
  return spanInWords(until.getTime() - now.getTime())
}
