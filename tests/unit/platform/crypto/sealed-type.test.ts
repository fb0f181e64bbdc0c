import { describe, expect, it } from 'vitest'
import { parseKeyring } from '@/lib/platform/crypto/keyring'
import { seal, sealedIn, unseal, UnsealError } from '@/lib/platform/crypto/seal'
import { testEncryptionKeys } from '@/tests/support/test-secrets'

const ring = parseKeyring(testEncryptionKeys)
const address = { workspaceId: 'workspace', table: 'Certificate', rowId: 'row', field: 'sealedKey' }

/** The compiler checks these too: an `@ts-expect-error` without an error is a type error. */
describe('unseal', () => {
  it('accepts sealed text, also when read from a row of the database', () => {
    const sealed = seal('the key', address, ring)
    const row: { sealedKey: string; caPem: string } = { sealedKey: sealed, caPem: 'text' }
    expect(unseal(sealed, address, ring)).toBe('the key')
    expect(unseal(sealedIn(row, 'sealedKey'), address, ring)).toBe('the key')
  })

  it('does not accept other text', () => {
    const text: string = 'text'
    // @ts-expect-error a text that is not sealed
    expect(() => unseal(text, address, ring)).toThrow(UnsealError)
  })

  it('does not accept a column with plain text', () => {
    const row = { sealedKey: null as string | null, caPem: 'text' }
    // @ts-expect-error a column that holds plain text
    expect(() => unseal(sealedIn(row, 'caPem'), address, ring)).toThrow(UnsealError)
  })

  it('does not accept a nullable column before it was checked', () => {
    const row = { sealedKey: null as string | null }
    // @ts-expect-error the column may be null
    const open = () => unseal(sealedIn(row, 'sealedKey'), address, ring)
    expect(open).toThrow()
  })
})
