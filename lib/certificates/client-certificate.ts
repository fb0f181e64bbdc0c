import { X509Certificate, type KeyObject } from 'node:crypto'
import { tlsMaterialFault } from '@/lib/platform/http/tls-context'
import { CertificateFailure, type CertificateField } from './certificate-failure'

/** A certificate with its key, checked so that TLS accepts it. */

export type ClientCertificate = { leaf: X509Certificate; certificatePem: string; keyPem: string }

/** The distinguished name on one line, for people. */
export function distinguishedName(lines: string): string {
  return lines.split('\n').filter(Boolean).reverse().join(', ')
}

export function readX509(pem: string, field: CertificateField): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw new CertificateFailure(
      field,
      'A certificate in this text is damaged: the part between BEGIN and END is incomplete.',
    )
  }
}

export function checkValidity(certificate: X509Certificate, now: Date, field: CertificateField, what: string): void {
  const day = (date: Date) => date.toISOString().slice(0, 10)
  const named = `${what} (${distinguishedName(certificate.subject)})`
  if (certificate.validToDate <= now) {
    throw new CertificateFailure(
      field,
      `${named} expired on ${day(certificate.validToDate)}. Upload one that is valid.`,
    )
  }
  if (certificate.validFromDate <= now) return
  const advice = 'Upload it again on that day, or check this server’s clock.'
  throw new CertificateFailure(field, `${named} is not valid before ${day(certificate.validFromDate)}. ${advice}`)
}

/** The leaf followed by its issuers, if present (RFC 8446 §4.4.2). Certificates outside the chain are left out. */
function chainFrom(leaf: X509Certificate, all: X509Certificate[]): X509Certificate[] {
  const chain = [leaf]
  const rest = new Set(all.filter((certificate) => certificate.fingerprint256 !== leaf.fingerprint256))
  for (let issuer = issuerOf(leaf, rest); issuer; issuer = issuerOf(issuer, rest)) {
    chain.push(issuer)
    rest.delete(issuer)
  }
  return chain
}

function issuerOf(certificate: X509Certificate, candidates: Set<X509Certificate>): X509Certificate | undefined {
  return [...candidates].find((candidate) => certificate.checkIssued(candidate))
}

function checkUsable(certificatePem: string, keyPem: string, field: CertificateField): void {
  const fault = tlsMaterialFault({ certificatePem, keyPem })
  if (fault === null) return
  throw new CertificateFailure(
    field,
    `The certificate cannot be used for TLS: ${fault}. It may be too weak by current standards (a key under 2048 bits, or SHA-1). Ask its issuer for a new one.`,
  )
}

type Fields = { certificate: CertificateField; key: CertificateField }

export function pairUp(certificates: X509Certificate[], key: KeyObject, now: Date, fields: Fields): ClientCertificate {
  const leaf = certificates.find((certificate) => certificate.checkPrivateKey(key))
  if (!leaf) {
    const names = certificates.map((certificate) => distinguishedName(certificate.subject)).join('; ')
    throw new CertificateFailure(
      fields.key,
      `The private key does not match the certificate (${names}). Upload the key that the certificate was issued for.`,
    )
  }
  const chain = chainFrom(leaf, certificates)
  for (const certificate of chain) {
    checkValidity(
      certificate,
      now,
      fields.certificate,
      certificate === leaf ? 'The certificate' : 'A certificate in the chain',
    )
  }
  const certificatePem = chain.map((certificate) => certificate.toString()).join('')
  const keyPem = key.export({ type: 'pkcs8', format: 'pem' }) as string
  checkUsable(certificatePem, keyPem, fields.certificate)
  return { leaf, certificatePem, keyPem }
}
