import 'server-only'
import { createHash, randomBytes } from 'node:crypto'

/**
 * A random text that its owner presents and that only its hash finds: keys of programs, and links that act for the person
 * who opens them. It has 256 bits, so the hash needs neither salt nor work (unlike that of a password).
 */

/** @param prefix by which people and secret scanners recognise it */
export function newToken(prefix = ''): { token: string; tokenHash: string } {
  const token = prefix + randomBytes(32).toString('base64url')
  return { token, tokenHash: hashOfToken(token) }
}

/** SHA-256, in base64url. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Whether the text has the form of a token without a prefix. Other text needs no query. */
export function isToken(text: string): boolean {
  return /^[\w-]{43}$/.test(text)
}
