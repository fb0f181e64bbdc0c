import { sha256 } from '@noble/hashes/sha2.js'
import { hexOfBytes, utf8 } from '../../encoding'

export type KeyOrigin = {
  /** The first run; `retryOf` followed to its start. */
  originalRunId: string
  /** The stable key of the shape. */
  shapeKey: string
  /** The payload that came in first, and the place of this one among those that were made of it. */
  rootPayload: string
  sequence: string
}

/**
 * The idempotency key of a payload at a shape: the same for every attempt and every retry, and for no other payload. In
 * the form of a UUID (version 8, RFC 9562 §5.8), because some APIs accept no other.
 */
export function idempotencyKey({ originalRunId, shapeKey, rootPayload, sequence }: KeyOrigin): string {
  const bytes = sha256(utf8(JSON.stringify([originalRunId, shapeKey, rootPayload, sequence]))).slice(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return hexOfBytes(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
