import { createHash } from 'node:crypto'
import tls, { type SecureContext } from 'node:tls'

/**
 * PEM texts: the client certificate with its chain, its key, and private authorities to trust besides the public ones.
 */
export type TlsMaterial = { certificatePem?: string | null; keyPem?: string | null; caPem?: string | null }

/** The oldest version that is not deprecated (RFC 8996). */
const minVersion = 'TLSv1.2'

const fingerprints = new WeakMap<TlsMaterial, string>()

/** Distinguishes connections with different material without revealing it. */
export function tlsFingerprint(material: TlsMaterial): string {
  const known = fingerprints.get(material) ?? computeFingerprint(material)
  fingerprints.set(material, known)
  return known
}

function computeFingerprint(material: TlsMaterial): string {
  const parts = [material.certificatePem, material.keyPem, material.caPem].map((part) => part ?? '')
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

/** Includes those of NODE_EXTRA_CA_CERTS if Node can list them (22.15 and newer). */
function publicAuthorities(): readonly string[] {
  const known = tls.getCACertificates as typeof tls.getCACertificates | undefined
  return known?.('default') ?? tls.rootCertificates
}

/** A private authority may be an intermediate one, which is then trusted by itself. */
function trust(caPem: string | null | undefined) {
  return caPem ? { ca: [...publicAuthorities(), caPem], allowPartialTrustChain: true } : {}
}

/** Throws OpenSSL's error if the material is not usable. */
export function secureContextFor({ certificatePem, keyPem, caPem }: TlsMaterial): SecureContext {
  const client = certificatePem && keyPem ? { cert: certificatePem, key: keyPem } : {}
  return tls.createSecureContext({ minVersion, ...client, ...trust(caPem) })
}

/** Why the material is not usable, in OpenSSL's words; null if it is. */
export function tlsMaterialFault(material: TlsMaterial): string | null {
  try {
    secureContextFor(material)
    return null
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error:[^:]*:[^:]*::/, '') : 'unknown reason'
  }
}
