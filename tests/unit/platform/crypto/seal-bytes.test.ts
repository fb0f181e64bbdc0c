import { createSecretKey, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Keyring } from '@/lib/platform/crypto/keyring'
import { sealBytes, unsealBytes, UnsealError } from '@/lib/platform/crypto/seal'

const ringOf = (kid: string): Keyring => {
  const key = createSecretKey(randomBytes(32))
  return { sealing: { kid, key }, byKid: new Map([[kid, key]]) }
}
const address = { workspaceId: 'w', table: 'ImportChunk', rowId: 'i', field: 'bytes 0' }
const plain = randomBytes(1_000)

test('bytes are sealed and opened, and sealed differently each time', () => {
  const ring = ringOf('k1')
  const sealed = sealBytes(plain, address, ring)
  expect(unsealBytes(sealed, address, ring).equals(plain)).toBe(true)
  expect(sealed.includes(plain)).toBe(false)
  expect(sealBytes(plain, address, ring).equals(sealed)).toBe(false)
  expect(unsealBytes(sealBytes(new Uint8Array(), address, ring), address, ring)).toHaveLength(0)
})

test.each([
  ['another row', { ...address, rowId: 'j' }],
  ['another field', { ...address, field: 'bytes 1' }],
  ['another workspace', { ...address, workspaceId: 'v' }],
])('bytes that were moved to %s do not open', (_where, other) => {
  const ring = ringOf('k1')
  expect(() => unsealBytes(sealBytes(plain, address, ring), other, ring)).toThrow(UnsealError)
})

test('bytes that were changed, cut, or sealed with another key do not open', () => {
  const ring = ringOf('k1')
  const sealed = sealBytes(plain, address, ring)
  const changed = Buffer.from(sealed)
  changed[changed.length - 1]! ^= 1
  for (const wrong of [changed, sealed.subarray(0, 40), sealed.subarray(0, 10), Buffer.alloc(0), Buffer.from('v1.k1.')])
    expect(() => unsealBytes(wrong, address, ring)).toThrow(UnsealError)
  expect(() => unsealBytes(sealed, address, ringOf('k1'))).toThrow(UnsealError)
  expect(() => unsealBytes(sealed, address, ringOf('k2'))).toThrow('“k1”, which is missing')
})
