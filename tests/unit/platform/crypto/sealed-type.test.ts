import { describe, expect, it } from 'vitest'
import { parseKeyring } from '@/lib/platform/crypto/keyring'
import { seal, sealedIn, unseal, UnsealError } from '@/lib/platform/crypto/seal'
import { testEncryptionKeys } from '@/tests/support/test-secrets'

const ring = parseKeyring(testEncryptionKeys)
const address = { workspaceId: 'workspace', table: 'Certificate', rowId: 'row', field: 'sealedKey' }

/** The compiler reads these too: an `@ts-expect-error` without an error fails the check of types. */
describe('What unseal takes', () => {
  it('is what was sealed, also after it has been in a row of the database', () => {
    const sealed = seal('the key', address, ring)
    const row: { sealedKey: string; caPem: string } = { sealedKey: sealed, caPem: 'text' }
    expect(unseal(sealed, address, ring)).toBe('the key')
    expect(unseal(sealedIn(row, 'sealedKey'), address, ring)).toBe('the key')
  })

  it('is no other text', () => {
    const text: string = 'text'
    // @ts-expect-error a text that nobody has sealed
    expect(() => unseal(text, address, ring)).toThrow(UnsealError)
  })

  it('is no column of another kind', () => {
    const row = { sealedKey: null as string | null, caPem: 'text' }
    // @ts-expect-error a column that holds plain text
    expect(() => unseal(sealedIn(row, 'caPem'), address, ring)).toThrow(UnsealError)
  })

  it('is no column that may be empty, until somebody has looked', () => {
    const row = { sealedKey: null as string | null }
    // @ts-expect-error there may be nothing in it
    const open = () => unseal(sealedIn(row, 'sealedKey'), address, ring)
    expect(open).toThrow()
  })
})
