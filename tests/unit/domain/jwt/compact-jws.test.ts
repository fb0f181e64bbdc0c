import { compactVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import { compactJws, jwtAlgorithms, readJwtAlgorithm, type JwtAlgorithm } from '@/lib/domain/jwt/compact-jws'
import { ed25519, es256, es512, hs256, pemOf, publicKeyOf, rs256 } from '@/tests/support/jwt-vectors'
import { codeOf, refusalOf, valueOf } from '@/tests/support/definition-builders'

const rsaPem = pemOf(rs256.key)

// Shows D31.
describe('A key of the wrong kind for the algorithm (RFC 8725 §2.1)', () => {
  const jws = (algorithm: JwtAlgorithm, text: string, encoding: 'pem' | 'text' | 'base64') =>
    compactJws('{}', '{}', { algorithm, text, encoding }, signer)

  it.each(['HS256', 'HS384', 'HS512'] as const)('%s refuses a PEM key in every declared encoding', (algorithm) => {
    for (const encoding of ['pem', 'text'] as const) {
      const refusal = refusalOf(jws(algorithm, rsaPem, encoding))
      expect(refusal.code).toBe('invalid_value')
      expect(refusal.message).toContain('shared secret')
    }
    expect(codeOf(jws(algorithm, 'secret', 'pem'))).toBe('invalid_value')
  })

  it.each(['RS256', 'PS512', 'ES256', 'EdDSA'] as const)('%s refuses a shared secret', (algorithm) => {
    expect(refusalOf(jws(algorithm, 'a shared secret', 'text')).message).toContain('PEM')
    expect(codeOf(jws(algorithm, 'YSBzaGFyZWQgc2VjcmV0', 'base64'))).toBe('invalid_value')
    expect(codeOf(jws(algorithm, 'a shared secret', 'pem'))).toBe('invalid_value')
  })

  it('an EC key cannot sign with an RSA algorithm, nor the reverse', () => {
    expect(codeOf(jws('RS256', pemOf(es256.key), 'pem'))).toBe('invalid_value')
    expect(codeOf(jws('ES256', rsaPem, 'pem'))).toBe('invalid_value')
    expect(codeOf(jws('ES256', pemOf(es512.key), 'pem'))).toBe('invalid_value')
  })

  it('no error message contains the key', () => {
    for (const refused of [
      jws('HS256', rsaPem, 'text'),
      jws('RS256', 'hunter22', 'text'),
      jws('HS256', 'hünter22', 'base64'),
    ])
      expect(refusalOf(refused).message).not.toMatch(/hunter22|hünter22|MII/)
  })
})

describe('An algorithm', () => {
  it.each(['none', 'None', 'NONE', '', 'HS1', 'RS1', 'rs256', 'constructor', 'ES256K'])('%j is refused', (text) => {
    expect(codeOf(readJwtAlgorithm(text))).toBe('invalid_value')
  })

  it('is one of thirteen', () => {
    expect(jwtAlgorithms).toEqual([
      'HS256',
      'HS384',
      'HS512',
      'RS256',
      'RS384',
      'RS512',
      'PS256',
      'PS384',
      'PS512',
      'ES256',
      'ES384',
      'ES512',
      'EdDSA',
    ])
    for (const name of jwtAlgorithms) expect(valueOf(readJwtAlgorithm(name))).toBe(name)
  })
})

// Shows C8.
describe('The published examples', () => {
  it('RFC 7515 appendix A.1: HMAC SHA-256', () => {
    expect(
      valueOf(
        compactJws(
          hs256.header,
          hs256.payload,
          { algorithm: 'HS256', text: hs256.key, encoding: 'base64url' },
          undefined,
        ),
      ),
    ).toBe(hs256.token)
  })

  it('RFC 7515 appendix A.2: RSASSA-PKCS1-v1_5 SHA-256', () => {
    expect(
      valueOf(compactJws(rs256.header, rs256.payload, { algorithm: 'RS256', text: rsaPem, encoding: 'pem' }, signer)),
    ).toBe(rs256.token)
    const encoded = Buffer.from(rsaPem).toString('base64')
    expect(
      valueOf(
        compactJws(rs256.header, rs256.payload, { algorithm: 'RS256', text: encoded, encoding: 'base64' }, signer),
      ),
    ).toBe(rs256.token)
  })

  it.each([
    ['RFC 7515 appendix A.3: ECDSA P-256 SHA-256', 'ES256', es256],
    ['RFC 7515 appendix A.4: ECDSA P-521 SHA-512', 'ES512', es512],
  ] as const)(
    '%s: the text before the signature is equal; the signature differs each time, but verifies',
    async (_name, algorithm, vector) => {
      const token = valueOf(
        compactJws(vector.header, vector.payload, { algorithm, text: pemOf(vector.key), encoding: 'pem' }, signer),
      )
      expect(token.split('.').slice(0, 2)).toEqual(vector.token.split('.').slice(0, 2))
      for (const one of [token, vector.token]) {
        const { payload } = await compactVerify(one, publicKeyOf(vector.key), { algorithms: [algorithm] })
        expect(new TextDecoder().decode(payload)).toBe(vector.payload)
      }
    },
  )

  it('RFC 8037 appendix A.4: Ed25519', () => {
    expect(
      valueOf(
        compactJws(
          ed25519.header,
          ed25519.payload,
          { algorithm: 'EdDSA', text: pemOf(ed25519.key), encoding: 'pem' },
          signer,
        ),
      ),
    ).toBe(ed25519.token)
  })
})

describe('Every algorithm is verified by independent code', () => {
  it.each(['HS256', 'HS384', 'HS512'] as const)('%s, with the secret in every encoding', async (algorithm) => {
    const bytes = Buffer.from('a secret that is long enough for the longest of the hashes there are, sixty-four bytes')
    for (const encoding of ['base64', 'base64url', 'hex'] as const) {
      const token = valueOf(
        compactJws(`{"alg":"${algorithm}"}`, 'x', { algorithm, text: bytes.toString(encoding), encoding }, undefined),
      )
      await expect(compactVerify(token, bytes, { algorithms: [algorithm] })).resolves.toBeDefined()
    }
    const token = valueOf(
      compactJws(`{"alg":"${algorithm}"}`, 'x', { algorithm, text: bytes.toString(), encoding: 'text' }, undefined),
    )
    await expect(compactVerify(token, bytes, { algorithms: [algorithm] })).resolves.toBeDefined()
  })

  it.each(['RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const)('%s', async (algorithm) => {
    const token = valueOf(
      compactJws(`{"alg":"${algorithm}"}`, 'x', { algorithm, text: rsaPem, encoding: 'pem' }, signer),
    )
    await expect(compactVerify(token, publicKeyOf(rs256.key), { algorithms: [algorithm] })).resolves.toBeDefined()
  })

  it('a secret that does not match its encoding is refused', () => {
    for (const [text, encoding] of [
      ['a-b', 'base64'],
      ['a+b', 'base64url'],
      ['abc', 'hex'],
      ['xyz', 'hex'],
      ['a', 'base64'],
    ] as const)
      expect(codeOf(compactJws('{}', '{}', { algorithm: 'HS256', text, encoding }, undefined))).toBe('invalid_value')
  })

  it('an empty secret counts as missing', () => {
    for (const encoding of ['text', 'hex', 'base64'] as const)
      expect(codeOf(compactJws('{}', '{}', { algorithm: 'HS256', text: '', encoding }, undefined))).toBe(
        'missing_value',
      )
  })

  it('signing without a signer is refused', () => {
    expect(compactJws('{}', '{}', { algorithm: 'RS256', text: rsaPem, encoding: 'pem' }, undefined).ok).toBe(false)
  })
})
