import { createPrivateKey, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { certificateWarning } from '@/lib/certificates/certificate-warning'
import { readCertificate, type CertificateInput } from '@/lib/certificates/read-certificate'
import {
  ellipticAccentPkcs12,
  ellipticCertificatePem,
  ellipticKeyPem,
  ellipticLegacyPkcs12,
  ellipticModernPkcs12,
  ellipticOpenPkcs12,
  fixturePassphrase,
  rsaCertificatePem,
  rsaDesKeyPem,
} from '../../support/certificate-fixtures'
import {
  aCertificate,
  aKeyPem,
  anAuthority,
  anEndlessPkcs12,
  aPkcs12,
  aPkcs12OfManyParts,
  encrypted,
} from '../../support/certificates'

const now = new Date()
const day = 86_400_000

const root = anAuthority('Root')
const intermediate = anAuthority('Intermediate', root)
const client = aCertificate({ name: 'client', issuer: intermediate })

function read(input: CertificateInput, at = now) {
  const result = readCertificate(input, at)
  if (!result.ok) throw new Error(`${result.error.field}: ${result.error.message}`)
  return result.value
}

function refused(input: CertificateInput, at = now) {
  const result = readCertificate(input, at)
  if (result.ok) throw new Error('accepted')
  expect(result.error.code).toBe('invalid_certificate')
  return { field: result.error.field, message: result.error.message }
}

const subjects = (pem: string | null) =>
  (pem ?? '').match(/-----BEGIN[\s\S]*?END CERTIFICATE-----/g)?.map((part) => new X509Certificate(part).subject)

describe('PEM', () => {
  it('certificate and key together, in any order', () => {
    for (const pem of [client.certificatePem + client.keyPem, client.keyPem + client.certificatePem]) {
      const found = read({ pem })
      expect(found).toMatchObject({ subject: 'CN=client', issuer: 'CN=Intermediate', caPem: null })
      expect(found.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
      expect(found.validTo!.getTime()).toBeGreaterThan(now.getTime() + 300 * day)
      expect(new X509Certificate(found.certificatePem!).checkPrivateKey(createPrivateKey(found.keyPem!))).toBe(true)
    }
  })

  it('the chain is sorted, leaf first, and other certificates are left out', () => {
    const stranger = anAuthority('Stranger').certificatePem
    const found = read({
      pem: [root, intermediate].map(({ certificatePem }) => certificatePem).join('') + stranger + client.certificatePem,
      keyPem: client.keyPem,
    })
    expect(subjects(found.certificatePem)).toEqual(['CN=client', 'CN=Intermediate', 'CN=Root'])
  })

  it('text around the blocks, Windows line endings and indentation are accepted', () => {
    const pem = `\uFEFFBag Attributes\r\n  friendlyName: x\r\n${(client.certificatePem + client.keyPem).replace(/\r?\n/g, '\r\n  ')}\r\nend`
    expect(read({ pem }).subject).toBe('CN=client')
  })

  it('keys on elliptic curves, in their older format', () => {
    expect(read({ pem: ellipticCertificatePem, keyPem: ellipticKeyPem }).subject).toBe(
      'CN=elliptic client, O=Acme, C=GB',
    )
  })

  it('an encrypted key opens with its passphrase and is returned decrypted', () => {
    const found = read({
      pem: client.certificatePem,
      keyPem: encrypted(client.keyPem, 'open sesame'),
      passphrase: 'open sesame',
    })
    expect(found.keyPem).toContain('-----BEGIN PRIVATE KEY-----')
    expect(read({ pem: rsaCertificatePem, keyPem: rsaDesKeyPem, passphrase: fixturePassphrase }).subject).toBe(
      'CN=old client',
    )
  })

  it.each([
    ['nothing at all', {}, 'pem', 'Add a certificate'],
    ['only blanks', { pem: '  \n ' }, 'pem', 'Add a certificate'],
    ['no PEM', { pem: 'hello' }, 'pem', 'not PEM text'],
    ['half a block', { pem: client.certificatePem.slice(0, 300) }, 'pem', 'not PEM text'],
    [
      'a damaged certificate',
      { pem: client.certificatePem.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA'), keyPem: client.keyPem },
      'pem',
      'damaged',
    ],
    [
      'a signing request',
      { pem: '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----' },
      'pem',
      'signing request',
    ],
    [
      'an OpenSSH key',
      {
        pem: client.certificatePem,
        keyPem: '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----',
      },
      'keyPem',
      'ssh-keygen',
    ],
    ['an unknown block', { pem: '-----BEGIN POEM-----\nAAAA\n-----END POEM-----' }, 'pem', 'POEM'],
    ['no key', { pem: client.certificatePem }, 'keyPem', 'private key of the certificate is missing'],
    ['no certificate', { keyPem: client.keyPem }, 'pem', 'certificate is missing'],
    ['two keys', { pem: client.certificatePem + client.keyPem, keyPem: aKeyPem() }, 'keyPem', 'more than one'],
    [
      'a damaged key',
      { pem: client.certificatePem, keyPem: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' },
      'keyPem',
      'damaged',
    ],
    [
      'a key of another certificate',
      { pem: client.certificatePem, keyPem: aKeyPem() },
      'keyPem',
      'does not match the certificate (CN=client)',
    ],
    [
      'an encrypted key without passphrase',
      { pem: client.certificatePem, keyPem: encrypted(client.keyPem, 'x') },
      'passphrase',
      'Enter its passphrase',
    ],
    [
      'a wrong passphrase',
      { pem: client.certificatePem, keyPem: encrypted(client.keyPem, 'x'), passphrase: 'y' },
      'passphrase',
      'passphrase for the private key is wrong',
    ],
    [
      'a wrong passphrase of an old key',
      { pem: rsaCertificatePem, keyPem: rsaDesKeyPem, passphrase: 'y' },
      'passphrase',
      'passphrase for the private key is wrong',
    ],
    ['a certificate of 300 KiB', { pem: client.certificatePem + ' '.repeat(300_000) }, 'pem', '256 KiB'],
    [
      'PEM and PKCS#12',
      { pem: client.certificatePem, keyPem: client.keyPem, pkcs12Base64: 'AAAA' },
      'pkcs12',
      'not both',
    ],
  ])('%s is an error on its field, with the reason', (_name, input, field, words) => {
    const failure = refused(input)
    expect(failure.field).toBe(field)
    expect(failure.message).toContain(words)
  })

  it('a key that is too weak for TLS is refused before it is stored, not when it is used', () => {
    const weak = aCertificate({ name: 'weak', bits: 1024 })
    expect(refused({ pem: weak.certificatePem + weak.keyPem })).toMatchObject({
      field: 'pem',
      message: expect.stringContaining('too small'),
    })
  })

  it('no error repeats the key or the passphrase', () => {
    const failure = refused({
      pem: client.certificatePem,
      keyPem: encrypted(client.keyPem, 'x'),
      passphrase: 'wrong-passphrase',
    })
    expect(failure.message).not.toContain('wrong-passphrase')
  })
})

describe('validity', () => {
  it('an expired certificate is refused with the day', () => {
    const old = aCertificate({ name: 'old', validFrom: new Date(0), validTo: new Date('2020-02-03T00:00:00Z') })
    expect(refused({ pem: old.certificatePem + old.keyPem })).toMatchObject({
      field: 'pem',
      message: expect.stringContaining('expired on 2020-02-03'),
    })
  })

  it('one that is not valid yet is refused with the day', () => {
    const early = aCertificate({ name: 'early', validFrom: new Date(now.getTime() + 9 * day) })
    expect(refused({ pem: early.certificatePem + early.keyPem }).message).toContain('is not valid before')
  })

  it('an expired certificate in the chain is refused by name', () => {
    const old = aCertificate({
      name: 'Old authority',
      authority: true,
      issuer: root,
      validFrom: new Date(0),
      validTo: new Date(1e12),
    })
    const leaf = aCertificate({ name: 'leaf', issuer: old })
    expect(refused({ pem: leaf.certificatePem + leaf.keyPem + old.certificatePem }).message).toContain(
      'chain (CN=Old authority) expired',
    )
  })

  it('a warning appears from 30 days before the expiry', () => {
    const at = (left: number) =>
      certificateWarning(
        new Date(Date.parse('2026-03-31T12:00:00Z')),
        new Date(Date.parse('2026-03-31T12:00:00Z') - left),
      )
    expect(at(30 * day + 1)).toBeNull()
    expect(at(30 * day)).toContain('in 30 days, on 2026-03-31')
    expect(at(day)).toContain('in 1 day,')
    expect(at(day - 1)).toContain('today')
    expect(at(0)).toContain('expired on 2026-03-31')
    expect(certificateWarning(null, now)).toBeNull()
  })
})

describe('PKCS#12', () => {
  it.each([
    ['triple DES', aPkcs12(client, 'p', { algorithm: '3des' }), 'p', 'CN=client'],
    ['AES', aPkcs12(client, 'pässwörd', { algorithm: 'aes256' }), 'pässwörd', 'CN=client'],
    ['40-bit RC2', ellipticLegacyPkcs12, fixturePassphrase, 'CN=elliptic client, O=Acme, C=GB'],
    ['OpenSSL 3', ellipticModernPkcs12, fixturePassphrase, 'CN=elliptic client, O=Acme, C=GB'],
    ['a passphrase outside ASCII', ellipticAccentPkcs12, 'pässwörd€', 'CN=elliptic client, O=Acme, C=GB'],
    ['an empty passphrase', ellipticOpenPkcs12, '', 'CN=elliptic client, O=Acme, C=GB'],
  ])('%s opens', (_name, pkcs12Base64, passphrase, subject) => {
    const found = read({ pkcs12Base64, passphrase })
    expect(found.subject).toBe(subject)
    expect(new X509Certificate(found.certificatePem!).checkPrivateKey(createPrivateKey(found.keyPem!))).toBe(true)
  })

  it('the certificate comes out byte for byte, with its chain', () => {
    const found = read({
      pkcs12Base64: aPkcs12(client, 'p', { chain: [root.certificatePem, intermediate.certificatePem] }),
      passphrase: 'p',
    })
    expect(found.fingerprint).toBe(new X509Certificate(client.certificatePem).fingerprint256)
    expect(subjects(found.certificatePem)).toEqual(['CN=client', 'CN=Intermediate', 'CN=Root'])
  })

  it.each([
    [
      'a wrong passphrase',
      { pkcs12Base64: aPkcs12(client, 'p'), passphrase: 'q' },
      'passphrase',
      'passphrase for the PKCS#12 file is wrong',
    ],
    [
      'a wrong passphrase of a modern file',
      { pkcs12Base64: ellipticModernPkcs12, passphrase: 'q' },
      'passphrase',
      'passphrase for the PKCS#12 file is wrong',
    ],
    ['no passphrase', { pkcs12Base64: aPkcs12(client, 'p') }, 'passphrase', 'Enter its passphrase'],
    ['something else', { pkcs12Base64: Buffer.from('hello world').toString('base64') }, 'pkcs12', 'not a PKCS#12 file'],
    [
      'PEM in the wrong field',
      { pkcs12Base64: Buffer.from(client.certificatePem).toString('base64') },
      'pkcs12',
      'not a PKCS#12 file',
    ],
    [
      'half a file',
      { pkcs12Base64: aPkcs12(client, 'p').slice(0, 1000), passphrase: 'p' },
      'pkcs12',
      'not a PKCS#12 file',
    ],
    ['300 KiB', { pkcs12Base64: 'A'.repeat(400_000) }, 'pkcs12', '256 KiB'],
    [
      'a mismatched pair',
      { pkcs12Base64: aPkcs12({ certificatePem: client.certificatePem, keyPem: aKeyPem() }, 'p'), passphrase: 'p' },
      'pkcs12',
      'does not match',
    ],
  ])('%s is an error on its field, with the reason', (_name, input, field, words) => {
    const failure = refused(input)
    expect(failure.field).toBe(field)
    expect(failure.message).toContain(words)
  })

  it('a file with excessive key derivation is refused', () => {
    const failure = refused({ pkcs12Base64: anEndlessPkcs12(client, 'p'), passphrase: 'p' })
    expect(failure).toMatchObject({ field: 'pkcs12', message: expect.stringContaining('rounds of key derivation') })
  })

  it('the iterations of many parts are counted together', () => {
    const { message } = refused({ pkcs12Base64: aPkcs12OfManyParts(client, 'p'), passphrase: 'p' })
    expect(message).toContain('rounds of key derivation')
  })

  it('an expired certificate in it is an error on the file', () => {
    const old = aCertificate({ name: 'old', validFrom: new Date(0), validTo: new Date(1e12) })
    expect(refused({ pkcs12Base64: aPkcs12(old, 'p'), passphrase: 'p' }).field).toBe('pkcs12')
  })
})

describe('a private CA', () => {
  it('can be uploaded alone, with several certificates, and together with a client certificate', () => {
    expect(read({ caPem: root.certificatePem })).toMatchObject({
      certificatePem: null,
      keyPem: null,
      subject: 'CN=Root',
    })
    expect(subjects(read({ caPem: root.certificatePem + intermediate.certificatePem }).caPem)).toHaveLength(2)
    expect(read({ pem: client.certificatePem + client.keyPem, caPem: root.certificatePem })).toMatchObject({
      subject: 'CN=client',
      caPem: root.certificatePem.replaceAll('\r', ''),
    })
  })

  it.each([
    ['a certificate that is not a CA', client.certificatePem, 'not a certificate authority'],
    ['a CA with its key', root.certificatePem + root.keyPem, 'private key'],
    ['no PEM', 'hello', 'not PEM text'],
    [
      'an expired CA',
      aCertificate({ name: 'Old', authority: true, validFrom: new Date(0), validTo: new Date(1e12) }).certificatePem,
      'expired',
    ],
  ])('%s is refused', (_name, caPem, words) => {
    const failure = refused({ caPem })
    expect(failure.field).toBe('caPem')
    expect(failure.message).toContain(words)
  })
})
