import { constants, generateKeyPairSync, verify, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import type { SignatureAlgorithm } from '@/lib/domain/signer'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'

type Pair = { publicKey: KeyObject; privateKey: KeyObject }

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const smallRsa = generateKeyPairSync('rsa', { modulusLength: 1024 })
const pssOnly = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' })
const koblitz = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
const ed25519 = generateKeyPairSync('ed25519')
const ed448 = generateKeyPairSync('ed448')
const x25519 = generateKeyPairSync('x25519')

const data = new TextEncoder().encode('what is signed')
const pem = ({ privateKey }: Pair) => privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const signed = (algorithm: SignatureAlgorithm, text: string) => signer(algorithm, text, data)
const refused = (algorithm: SignatureAlgorithm, text: string) => refusalOf(signed(algorithm, text)).message

describe('Signing with a private key', () => {
  it.each([
    ['RS256', 'sha256'],
    ['RS384', 'sha384'],
    ['RS512', 'sha512'],
    ['RS1', 'sha1'],
  ] as const)('%s is RSASSA-PKCS1-v1_5 with %s', (algorithm, hash) => {
    expect(verify(hash, data, rsa.publicKey, valueOf(signed(algorithm, pem(rsa))))).toBe(true)
  })

  it.each([
    ['PS256', 'sha256', 32],
    ['PS384', 'sha384', 48],
    ['PS512', 'sha512', 64],
  ] as const)('%s is RSASSA-PSS with %s and a salt as long as the hash', (algorithm, hash, saltLength) => {
    for (const pair of [rsa, pssOnly]) {
      const key = { key: pair.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
      expect(verify(hash, data, key, valueOf(signed(algorithm, pem(pair))))).toBe(true)
    }
  })

  it.each([
    ['ES256', 'sha256', p256, 64],
    ['ES384', 'sha384', p384, 96],
    ['ES512', 'sha512', p521, 132],
  ] as const)('%s is ECDSA with %s, written as r and s', (algorithm, hash, pair, length) => {
    const signature = valueOf(signed(algorithm, pem(pair)))
    expect(signature).toHaveLength(length)
    expect(verify(hash, data, { key: pair.publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true)
  })

  it.each([
    ['Ed25519', ed25519],
    ['Ed448', ed448],
  ] as const)('EdDSA signs with %s', (_name, pair) => {
    expect(verify(null, data, pair.publicKey, valueOf(signed('EdDSA', pem(pair))))).toBe(true)
  })
})

describe('A private key', () => {
  it('is read as PKCS#8, PKCS#1 and SEC 1', () => {
    const pkcs1 = rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
    const sec1 = p256.privateKey.export({ type: 'sec1', format: 'pem' }) as string
    expect(valueOf(signed('RS256', pkcs1))).toEqual(valueOf(signed('RS256', pem(rsa))))
    expect(valueOf(signed('ES256', sec1))).toHaveLength(64)
    expect(
      valueOf(signed('ES256', `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${sec1}`)),
    ).toHaveLength(64)
  })

  it('can be read if its line breaks are missing or written as \\n', () => {
    const expected = valueOf(signed('RS256', pem(rsa)))
    const variants = [
      pem(rsa).replaceAll('\n', ' '),
      pem(rsa).replaceAll('\n', ''),
      pem(rsa).replaceAll('\n', '\\n'),
      pem(rsa).replaceAll('\n', '\r\n'),
    ]
    for (const text of variants) expect(valueOf(signed('RS256', text))).toEqual(expected)
  })

  it('is refused if the algorithm needs another kind', () => {
    expect(refused('RS256', pem(p256))).toBe('This key is an EC key; RS256 needs an RSA key.')
    expect(refused('ES256', pem(rsa))).toBe('This key is an RSA key; ES256 needs an EC key.')
    expect(refused('EdDSA', pem(rsa))).toBe('This key is an RSA key; EdDSA needs an Ed25519 or Ed448 key.')
    expect(refused('PS256', pem(ed25519))).toBe('This key is an Ed25519 key; PS256 needs an RSA key.')
    expect(refused('EdDSA', pem(x25519))).toContain('x25519')
  })

  it('is refused if the algorithm needs another curve', () => {
    expect(refused('ES256', pem(p384))).toBe('This key is on the curve P-384; ES256 needs one on P-256.')
    expect(refused('ES256', pem(koblitz))).toContain('secp256k1')
    expect(refused('ES512', pem(p256))).toContain('P-521')
  })

  it('is refused by other algorithms if it was created for RSA-PSS', () => {
    expect(refused('RS256', pem(pssOnly))).toContain('only be used for RSA-PSS')
  })

  it('needs at least 2048 bits for RSA, except with RSA-SHA1, which older systems use with 1024', () => {
    expect(refused('RS256', pem(smallRsa))).toBe('This RSA key has 1024 bits; RS256 needs at least 2048.')
    expect(valueOf(signed('RS1', pem(smallRsa)))).toHaveLength(128)
  })

  it('is refused with the reason if it is encrypted, public, a certificate, damaged or not PEM', () => {
    const encrypted = rsa.privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    }) as string
    const oldEncrypted = rsa.privateKey.export({
      type: 'pkcs1',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    }) as string
    for (const text of [encrypted, oldEncrypted])
      expect(refused('RS256', text)).toContain('encrypted with a passphrase')
    expect(refused('RS256', rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string)).toContain('public key')
    expect(refused('RS256', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toContain('certificate')
    expect(refused('RS256', pem(rsa).slice(0, 400))).toContain('must be complete')
    expect(refused('RS256', pem(rsa).replace(/\n.{64}/, '\n'))).toContain('damaged')
    expect(refused('RS256', 'correct horse')).toContain('not a private key in PEM form')
  })

  // Shows C28.
  it('may be a JWK (RFC 7517), which is refused if it is not a private key', () => {
    const jwk = JSON.stringify(p256.privateKey.export({ format: 'jwk' }))
    const bytes = valueOf(signed('ES256', ` ${jwk}`))
    expect(verify('sha256', data, { key: p256.publicKey, dsaEncoding: 'ieee-p1363' }, bytes)).toBe(true)
    for (const text of [JSON.stringify(p256.publicKey.export({ format: 'jwk' })), '{', '{}', jwk.slice(0, -4)])
      expect(refused('ES256', text)).toContain('JWK')
    expect(refused('RS256', jwk)).toContain('needs an RSA key')
  })

  it('is never repeated in a refusal', () => {
    const bodies = [pem(p256), pem(smallRsa), pem(rsa).slice(0, 400), pem(rsa).replace(/\n.{64}/, '\n')]
    for (const text of bodies) {
      const content = text.replace(/-----[^-]+-----/g, '').trim()
      expect(JSON.stringify(signed('RS256', text))).not.toContain(content.slice(0, 20))
    }
  })
})
