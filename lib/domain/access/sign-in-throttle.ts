import { spanInWords } from '../dates/span-in-words'

/**
 * How failed sign-ins slow further ones down: after some free attempts each one doubles the wait, up to a quarter of an
 * hour.
 */

export type Attempts = { failures: number; windowStart: Date; blockedUntil: Date | null }

const minute = 60_000
const window = 15 * minute
const firstWait = 30_000
const longestWait = 15 * minute

/** An address may be shared by an office: it has more free attempts than one e-mail. */
export const freeAttempts = { email: 5, address: 30 } as const

export function isBlocked(attempts: Attempts, now: Date): boolean {
  return attempts.blockedUntil !== null && attempts.blockedUntil > now
}

/**
 * The count with this attempt in it. Every attempt counts as failed before the password is looked at, so that many at
 * once cannot all be free; one that succeeds is taken back.
 */
export function countAttempt(attempts: Attempts, free: number, now: Date): Attempts {
  const isOver = now.getTime() - attempts.windowStart.getTime() > window && !isBlocked(attempts, now)
  const failures = isOver ? 1 : attempts.failures + 1
  return { failures, windowStart: isOver ? now : attempts.windowStart, blockedUntil: blockAfter(failures, free, now) }
}

/** Takes a successful attempt out of the count of an address; earlier failures stay. */
export function takeBack(attempts: Attempts, free: number): Attempts {
  const failures = Math.max(0, attempts.failures - 1)
  return { ...attempts, failures, blockedUntil: failures < free ? null : attempts.blockedUntil }
}

function blockAfter(failures: number, free: number, now: Date): Date | null {
  if (failures < free) return null
  const wait = Math.min(longestWait, firstWait * 2 ** Math.min(failures - free, 10))
  return new Date(now.getTime() + wait)
}

export function waitInWords(until: Date, now: Date): string {
  return spanInWords(until.getTime() - now.getTime())
}
