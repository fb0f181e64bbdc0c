import { createPrivateKey, pbkdf2Sync, X509Certificate, type KeyObject } from 'node:crypto'
import forge from 'node-forge'
import { CertificateFailure } from './certificate-failure'

/**
 * Opens PKCS#12 (RFC 7292), including the older ciphers that Node's TLS refuses. Keys and certificates are read as
 * bytes, because the library itself only supports RSA.
 */

export type OpenedPkcs12 = { certificates: X509Certificate[]; keys: KeyObject[] }

/**
 * Limit for all parts together. Real files have at most four times 100,000; more would only serve to block the server.
 */
const mostIterations = 500_000

/**
 * Replaced because the library derives keys in JavaScript, which blocks the server and is ten times slower than
 * OpenSSL, and encodes a passphrase as Latin-1 instead of UTF-8 (RFC 8018 §3).
 */
forge.pkcs5.pbkdf2 = ((
  password: string,
  salt: string,
  count: number,
  length: number,
  digest: forge.md.MessageDigest & { algorithm: string },
) =>
  pbkdf2Sync(Buffer.from(password, 'utf8'), Buffer.from(salt, 'latin1'), count, length, digest.algorithm).toString(
    'latin1',
  )) as typeof forge.pkcs5.pbkdf2

const formatHelp = 'Export it again, or convert it to PEM with: openssl pkcs12 -in <file> -nodes'

function parsed(der: string): forge.asn1.Asn1 | null {
  try {
    return forge.asn1.fromDer(der)
  } catch {
    return null
  }
}

function integerOf(node: forge.asn1.Asn1): number {
  const bytes = node.value as string
  return bytes.length > 4 ? Number.POSITIVE_INFINITY : Number.parseInt(forge.util.bytesToHex(bytes) || '0', 16)
}

/** Sums the iteration counts: key derivation parameters are a salt followed by a count, anywhere in the file. */
function iterationsIn(node: forge.asn1.Asn1): number {
  const { OCTETSTRING, INTEGER } = forge.asn1.Type
  if (!Array.isArray(node.value)) {
    const inner = node.type === OCTETSTRING && node.value.length > 16 ? parsed(node.value) : null
    return inner ? iterationsIn(inner) : 0
  }
  const children = node.value as forge.asn1.Asn1[]
  const own = children.map((child, index) =>
    child.type === INTEGER && children[index - 1]?.type === OCTETSTRING ? integerOf(child) : 0,
  )
  return [...own, ...children.map(iterationsIn)].reduce((sum, count) => sum + count, 0)
}

/** Encrypted parts can contain further iteration counts, which are checked before any key is derived from them. */
function encryptedParts(node: forge.asn1.Asn1, passphrase: string): forge.asn1.Asn1[] {
  if (!Array.isArray(node.value)) {
    const inner = node.type === forge.asn1.Type.OCTETSTRING && node.value.length > 16 ? parsed(node.value) : null
    return inner ? encryptedParts(inner, passphrase) : []
  }
  const children = node.value as forge.asn1.Asn1[]
  const [kind, algorithm, content] = children
  if (
    children.length !== 3 ||
    kind?.type !== forge.asn1.Type.OID ||
    content?.tagClass !== forge.asn1.Class.CONTEXT_SPECIFIC
  ) {
    return children.flatMap((child) => encryptedParts(child, passphrase))
  }
  const inner = decryptedPart(algorithm!, content, passphrase)
  return inner ? [inner] : []
}

function bytesOf(content: forge.asn1.Asn1): string {
  return typeof content.value === 'string' ? content.value : (content.value as forge.asn1.Asn1[]).map(bytesOf).join('')
}

function decryptedPart(
  algorithm: forge.asn1.Asn1,
  content: forge.asn1.Asn1,
  passphrase: string,
): forge.asn1.Asn1 | null {
  const [oid, parameters] = algorithm.value as forge.asn1.Asn1[]
  const pbe = forge.pki as unknown as {
    pbe: { getCipher(oid: string, parameters: unknown, passphrase: string): forge.cipher.BlockCipher }
  }
  try {
    const cipher = pbe.pbe.getCipher(forge.asn1.derToOid(oid!.value as string), parameters, passphrase)
    cipher.update(forge.util.createBuffer(bytesOf(content)))
    return cipher.finish() ? parsed(cipher.output.getBytes()) : null
  } catch {
    return null
  }
}

function refuseCostly(nodes: forge.asn1.Asn1[]): void {
  if (nodes.reduce((sum, node) => sum + iterationsIn(node), 0) <= mostIterations) return
  throw new CertificateFailure(
    'pkcs12',
    `The file asks for more than ${mostIterations.toLocaleString('en-GB')} rounds of key derivation, which is not accepted. ${formatHelp}`,
  )
}

function openWith(asn1: forge.asn1.Asn1, passphrase: string): forge.pkcs12.Pkcs12Pfx {
  refuseCostly([asn1])
  refuseCostly([asn1, ...encryptedParts(asn1, passphrase)])
  return forge.pkcs12.pkcs12FromAsn1(asn1, false, passphrase)
}

function opened(asn1: forge.asn1.Asn1, passphrase: string): forge.pkcs12.Pkcs12Pfx {
  try {
    return openWith(asn1, passphrase)
  } catch (error) {
    if (error instanceof CertificateFailure) throw error
    const reason = error instanceof Error ? error.message : ''
    if (!/password|MAC could not be verified|decrypt/i.test(reason)) {
      throw new CertificateFailure(
        'pkcs12',
        `The PKCS#12 file is damaged, or encrypted in a way that is not supported. ${formatHelp}`,
      )
    }
    const message =
      passphrase === ''
        ? 'The PKCS#12 file is encrypted. Enter its passphrase.'
        : 'The passphrase for the PKCS#12 file is wrong.'
    throw new CertificateFailure('passphrase', message)
  }
}

function derOf(asn1: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1')
}

function bagsOf(pfx: forge.pkcs12.Pkcs12Pfx, oids: string[]): forge.pkcs12.Bag[] {
  return oids.flatMap((bagType) => pfx.getBags({ bagType })[bagType] ?? [])
}

function keyOf(bag: forge.pkcs12.Bag): KeyObject {
  const asn1 = bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1
  return createPrivateKey({ key: derOf(asn1), format: 'der', type: 'pkcs8' })
}

function certificateOf(bag: forge.pkcs12.Bag): X509Certificate {
  return new X509Certificate(derOf(bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1))
}

function contentsOf(pfx: forge.pkcs12.Pkcs12Pfx): OpenedPkcs12 {
  const { keyBag, pkcs8ShroudedKeyBag, certBag } = forge.pki.oids as Record<
    'keyBag' | 'pkcs8ShroudedKeyBag' | 'certBag',
    string
  >
  try {
    return {
      keys: bagsOf(pfx, [keyBag, pkcs8ShroudedKeyBag]).map(keyOf),
      certificates: bagsOf(pfx, [certBag]).map(certificateOf),
    }
  } catch {
    throw new CertificateFailure(
      'pkcs12',
      `The PKCS#12 file contains a key or certificate of a kind that cannot be used for TLS. ${formatHelp}`,
    )
  }
}

export function openPkcs12(base64: string, passphrase: string): OpenedPkcs12 {
  const bytes = Buffer.from(base64, 'base64')
  const asn1 = parsed(bytes.toString('latin1'))
  if (!asn1)
    throw new CertificateFailure(
      'pkcs12',
      'This is not a PKCS#12 file (.p12 or .pfx). Use the PEM field for a PEM file.',
    )
  return contentsOf(opened(asn1, passphrase))
}
