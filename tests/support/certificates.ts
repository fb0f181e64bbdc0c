import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

/** Creates certificates: authorities, servers, clients, and every way in which they can be wrong. */

export type TestCertificate = { certificatePem: string; keyPem: string }

type Wanted = {
  name: string
  issuer?: TestCertificate
  authority?: boolean
  validFrom?: Date
  validTo?: Date
  hosts?: string[]
  bits?: number
}

const day = 86_400_000

/** 2048-bit keys are fast to create with OpenSSL and slow in JavaScript. */
export function aKeyPem(bits = 2048): string {
  return generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string
}

function nameOf(certificate: TestCertificate) {
  return forge.pki.certificateFromPem(certificate.certificatePem).subject.attributes
}

function extensionsOf({ authority = false, hosts = [] }: Wanted) {
  const names = hosts.map((host) => (/^[\d.]+$/.test(host) ? { type: 7, ip: host } : { type: 2, value: host }))
  return [
    { name: 'basicConstraints', cA: authority, critical: true },
    ...(names.length > 0 ? [{ name: 'subjectAltName', altNames: names }] : []),
  ]
}

export function aCertificate(wanted: Wanted): TestCertificate {
  const keyPem = aKeyPem(wanted.bits)
  const key = forge.pki.privateKeyFromPem(keyPem) as forge.pki.rsa.PrivateKey
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e)
  certificate.serialNumber = `01${forge.util.bytesToHex(forge.random.getBytesSync(8))}`
  certificate.validity.notBefore = wanted.validFrom ?? new Date(Date.now() - day)
  certificate.validity.notAfter = wanted.validTo ?? new Date(Date.now() + 365 * day)
  const subject = [{ name: 'commonName', value: wanted.name }]
  certificate.setSubject(subject)
  certificate.setIssuer(wanted.issuer ? nameOf(wanted.issuer) : subject)
  certificate.setExtensions(extensionsOf(wanted))
  certificate.sign(wanted.issuer ? forge.pki.privateKeyFromPem(wanted.issuer.keyPem) : key, forge.md.sha256.create())
  return { certificatePem: forge.pki.certificateToPem(certificate), keyPem }
}

export function anAuthority(name = 'Test authority', issuer?: TestCertificate): TestCertificate {
  return aCertificate({ name, authority: true, issuer })
}

/** PKCS#12 as older software writes it: triple DES, SHA-1. */
export function aPkcs12(
  parts: TestCertificate,
  passphrase: string,
  options: { chain?: string[]; algorithm?: '3des' | 'aes256'; count?: number } = {},
): string {
  const certificates = [parts.certificatePem, ...(options.chain ?? [])].map((pem) => forge.pki.certificateFromPem(pem))
  const asn1 = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(parts.keyPem) as forge.pki.rsa.PrivateKey,
    certificates,
    passphrase,
    {
      algorithm: options.algorithm ?? '3des',
      ...(options.count ? { count: options.count } : {}),
    },
  )
  return forge.util.encode64(forge.asn1.toDer(asn1).getBytes())
}

export function encrypted(keyPem: string, passphrase: string): string {
  return createPrivateKey(keyPem).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }) as string
}

type Asn1 = forge.asn1.Asn1

/** A file that needs two thousand million rounds of key derivation before it can be checked. */
export function anEndlessPkcs12(...given: Parameters<typeof aPkcs12>): string {
  const asn1 = forge.asn1.fromDer(forge.util.decode64(aPkcs12(...given)))
  const macData = (asn1.value as Asn1[])[2]!.value as Asn1[]
  macData[2]!.value = forge.util.hexToBytes('7fffffff')
  return forge.util.encode64(forge.asn1.toDer(asn1).getBytes())
}

/** A file with many parts that need few rounds each. */
export function aPkcs12OfManyParts(...[certificate, passphrase]: Parameters<typeof aPkcs12>): string {
  const asn1 = forge.asn1.fromDer(forge.util.decode64(aPkcs12(certificate, passphrase, { count: 30_000 })))
  const authenticatedSafe = (((asn1.value as Asn1[])[1]!.value as Asn1[])[1]!.value as Asn1[])[0]!
  const parts = forge.asn1.fromDer(authenticatedSafe.value as string)
  const list = parts.value as Asn1[]
  parts.value = Array.from({ length: 40 }, () => list).flat()
  authenticatedSafe.value = forge.asn1.toDer(parts).getBytes()
  return forge.util.encode64(forge.asn1.toDer(asn1).getBytes())
}
