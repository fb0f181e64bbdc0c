import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { randomText } from '@/lib/domain/oauth2/state'

/** A random `state`, as long as the method says (at least 128 bits: `stateLength` of the domain). */
export function newState(length: number): string {
  return randomText(randomBytes(length))
}

/** 43 to 128 characters. @see RFC 7636 §4.1 */
export function newVerifier(): string {
  return randomText(randomBytes(64))
}

export function newBrowserSecret(): string {
  return randomText(randomBytes(43))
}

/** The form in which a state and a browser's secret are stored. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
