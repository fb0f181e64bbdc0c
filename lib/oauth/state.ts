import 'server-only'
import { createHash, randomBytes } from 'node:crypto'

/** 22 characters of 6 bits each are 132 bits: at least 128, whatever `state_length` says (DATA: Pending authorisations). */
const shortestState = 22
const longestState = 128

/** A random `state` of the wanted length, kept within what is safe and what third parties take. */
export function newState(wantedLength: number): string {
  const wanted = Number.isInteger(wantedLength) ? wantedLength : 40
  return randomText(Math.min(longestState, Math.max(shortestState, wanted)))
}

/** 43 to 128 characters. @see RFC 7636 §4.1 */
export function newVerifier(): string {
  return randomText(64)
}

export function newBrowserSecret(): string {
  return randomText(43)
}

/** What the database holds of a state and of a browser's secret. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

function randomText(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length)
}

/** @see RFC 7636 §4.2 */
export function challengeOf(verifier: string, mode: 'S256' | 'plain'): string {
  return mode === 'plain' ? verifier : hashOf(verifier)
}
