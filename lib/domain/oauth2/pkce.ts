import { sha256 } from '@noble/hashes/sha2.js'
import { base64urlOfBytes, utf8 } from '../encoding'

/** @see RFC 7636 §4.2 */
export function challengeOf(verifier: string, mode: 'S256' | 'plain'): string {
  return mode === 'plain' ? verifier : base64urlOfBytes(sha256(utf8(verifier)))
}
