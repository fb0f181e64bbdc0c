import { sha256 } from '@noble/hashes/sha2.js'

/**
 * Whether two byte strings are equal, without the time saying where they differ. Their digests are compared, so that the
 * time does not say how long the expected one is either.
 */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  const [left, right] = [sha256(one), sha256(other)]
  let difference = 0
  for (const [index, byte] of left.entries()) difference |= byte ^ right[index]!
  return difference === 0
}
