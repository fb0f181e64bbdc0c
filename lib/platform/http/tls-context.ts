import { createHash } from 'node:crypto'
import tls, { type SecureContext } from 'node:tls'

/**
 * PEM text: the client certificate with its chain, its key, and private authorities to trust besides the public ones.
 */
export type TlsMaterial = { certificatePem?: string | null; keyPem?: string | null; caPem?: string | null }

/** The oldest protocol that is still fit for use (RFC 8996). */
const minVersion = 'TLSv1.2'

const fingerprints = new WeakMap<TlsMaterial, string>()

/** Tells connections of different material apart; says nothing about it. */
export function tlsFingerprint(material: TlsMaterial): string {
  const known = fingerprints.get(material) ?? computeFingerprint(material)
  fingerprints.set(material, known)
  return known
}

function computeFingerprint(material: TlsMaterial): string {
  const parts = [material.certificatePem, material.keyPem, material.caPem].map((part) => part ?? '')
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

/** With those that NODE_EXTRA_CA_CERTS adds, where Node (22.15 and newer) can tell them. */
function publicAuthorities(): readonly string[] {
  const known = tls.getCACertificates as typeof tls.getCACertificates | undefined
  return known?.('default') ?? tls.rootCertificates
}

/** A private authority may be an intermediate one: then it is trusted as it stands. */
function trust(caPem: string | null | undefined) {
  return caPem ? { ca: [...publicAuthorities(), caPem], allowPartialTrustChain: true } : {}
}

/** Throws what OpenSSL throws when the material is not usable. */
export function secureContextFor({ certificatePem, keyPem, caPem }: TlsMaterial): SecureContext {
  const client = certificatePem && keyPem ? { cert: certificatePem, key: keyPem } : {}
  return tls.createSecureContext({ minVersion, ...client, ...trust(caPem) })
}

/** Why TLS would not take the material, in OpenSSL's words; null when it does. */
export function tlsMaterialFault(material: TlsMaterial): string | null {
  try {
    secureContextFor(material)
    return null
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error:[^:]*:[^:]*::/, '') : 'unknown reason'
  }
}
