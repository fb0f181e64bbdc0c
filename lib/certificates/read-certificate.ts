import 'server-only'
import type { X509Certificate } from 'node:crypto'
import { succeed, type Result } from '@/lib/domain/result'
import { CertificateFailure, type CertificateField } from './certificate-failure'
import { checkValidity, distinguishedName, pairUp, readX509, type ClientCertificate } from './client-certificate'
import { pemBlocks, type PemBlocks } from './pem-blocks'
import { openPkcs12 } from './pkcs12'
import { readPrivateKey } from './private-key'

/** What a person uploads for mutual TLS and for a private authority (PRODUCT: Certificate). */
export type CertificateInput = {
  /** Certificate and chain, in any order; the key may be among them. */
  pem?: string
  keyPem?: string
  pkcs12Base64?: string
  /** For the PKCS#12 file or an encrypted key. */
  passphrase?: string
  caPem?: string
}

export type ReadCertificate = {
  /** Leaf first; null if only a private CA was uploaded. */
  certificatePem: string | null
  /** PKCS#8, decrypted, so it must be sealed immediately. */
  keyPem: string | null
  caPem: string | null
  subject: string
  issuer: string
  /** SHA-256, in hexadecimal with colons. */
  fingerprint: string
  validFrom: Date | null
  validTo: Date | null
}

const mostBytes = 256 * 1024

const named: [keyof CertificateInput, CertificateField][] = [
  ['pem', 'pem'],
  ['keyPem', 'keyPem'],
  ['pkcs12Base64', 'pkcs12'],
  ['caPem', 'caPem'],
]

function checkSizes(input: CertificateInput): void {
  for (const [name, field] of named) {
    const text = input[name] ?? ''
    const bytes = name === 'pkcs12Base64' ? Math.ceil((text.length * 3) / 4) : Buffer.byteLength(text)
    if (bytes > mostBytes)
      throw new CertificateFailure(
        field,
        'The file is larger than 256 KiB. A certificate with its chain is much smaller: check that this is the right file.',
      )
  }
  if ((input.passphrase ?? '').length > 1024)
    throw new CertificateFailure('passphrase', 'The passphrase is longer than 1,024 characters.')
}

const given = (text: string | undefined): text is string => text !== undefined && text.trim() !== ''

function blocksOf(input: CertificateInput): PemBlocks {
  const main = given(input.pem) ? pemBlocks(input.pem, 'pem') : { certificates: [], keys: [] }
  const key = given(input.keyPem) ? pemBlocks(input.keyPem, 'keyPem') : { certificates: [], keys: [] }
  return { certificates: [...main.certificates, ...key.certificates], keys: [...main.keys, ...key.keys] }
}

function fromPem(input: CertificateInput, now: Date): ClientCertificate {
  const { certificates, keys } = blocksOf(input)
  if (certificates.length === 0)
    throw new CertificateFailure(
      'pem',
      'The certificate is missing: this is only a private key. Add the certificate that belongs to it.',
    )
  const keyField: CertificateField = given(input.keyPem) || keys.length === 0 ? 'keyPem' : 'pem'
  const [key, another] = keys
  if (key === undefined)
    throw new CertificateFailure(
      keyField,
      'The private key of the certificate is missing. Add it here, or in the same text as the certificate.',
    )
  if (another !== undefined)
    throw new CertificateFailure(
      keyField,
      'There is more than one private key. Keep the one that belongs to the certificate.',
    )
  const read = certificates.map((pem) => readX509(pem, 'pem'))
  return pairUp(read, readPrivateKey(key, input.passphrase ?? '', keyField), now, { certificate: 'pem', key: keyField })
}

function fromPkcs12(base64: string, passphrase: string, now: Date): ClientCertificate {
  const { certificates, keys } = openPkcs12(base64, passphrase)
  if (certificates.length === 0) throw new CertificateFailure('pkcs12', 'The PKCS#12 file contains no certificate.')
  const [key, another] = keys
  if (key === undefined)
    throw new CertificateFailure(
      'pkcs12',
      'The PKCS#12 file contains no private key. Export the certificate together with its key.',
    )
  if (another !== undefined)
    throw new CertificateFailure(
      'pkcs12',
      'The PKCS#12 file contains more than one private key. Export only the one to use.',
    )
  return pairUp(certificates, key, now, { certificate: 'pkcs12', key: 'pkcs12' })
}

function clientCertificate(input: CertificateInput, now: Date): ClientCertificate | null {
  const pem = given(input.pem) || given(input.keyPem)
  if (!given(input.pkcs12Base64)) return pem ? fromPem(input, now) : null
  if (pem) throw new CertificateFailure('pkcs12', 'Upload either PEM or a PKCS#12 file, not both.')
  return fromPkcs12(input.pkcs12Base64, input.passphrase ?? '', now)
}

/** Only a certificate that may sign others can be used to trust a server. */
function authority(pem: string, now: Date): X509Certificate {
  const certificate = readX509(pem, 'caPem')
  if (!certificate.ca) {
    throw new CertificateFailure(
      'caPem',
      `${distinguishedName(certificate.subject)} is not a certificate authority (CA:TRUE is missing). Upload the certificate of the authority that signed the server's certificate.`,
    )
  }
  checkValidity(certificate, now, 'caPem', 'The CA certificate')
  return certificate
}

function authorities(text: string | undefined, now: Date): X509Certificate[] {
  if (!given(text)) return []
  const { certificates, keys } = pemBlocks(text, 'caPem')
  if (keys.length > 0)
    throw new CertificateFailure(
      'caPem',
      'This contains a private key. Upload only the certificate of the CA and keep its key private.',
    )
  return certificates.map((pem) => authority(pem, now))
}

function described(client: ClientCertificate | null, cas: X509Certificate[]): ReadCertificate {
  const shown = client?.leaf ?? cas[0]!
  return {
    certificatePem: client?.certificatePem ?? null,
    keyPem: client?.keyPem ?? null,
    caPem: cas.length > 0 ? cas.map((ca) => ca.toString()).join('') : null,
    subject: distinguishedName(shown.subject),
    issuer: distinguishedName(shown.issuer),
    fingerprint: shown.fingerprint256,
    validFrom: shown.validFromDate,
    validTo: shown.validToDate,
  }
}

/** Reads an upload in memory and checks everything that can be checked before it is used. */
export function readCertificate(input: CertificateInput, now: Date): Result<ReadCertificate> {
  try {
    checkSizes(input)
    const client = clientCertificate(input, now)
    const cas = authorities(input.caPem, now)
    if (client === null && cas.length === 0)
      throw new CertificateFailure('pem', 'Add a certificate with its key, or the certificate of a private CA.')
    return succeed(described(client, cas))
  } catch (error) {
    if (error instanceof CertificateFailure) return error.refusal()
    throw error
  }
}
