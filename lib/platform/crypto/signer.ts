import 'server-only'
import { constants, createHash, createPrivateKey, sign, type JsonWebKey, type KeyObject } from 'node:crypto'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { SignatureAlgorithm, Signer } from '@/lib/domain/signer'

/** The server's signer. Parsed keys are cached, because reading a PEM takes longer than signing with a small key. */

type Family = 'RSA' | 'EC' | 'Ed25519 or Ed448'

type Rule = { family: Family; hash: string | null; pss?: true; curve?: string; smallestRsa?: number }

const rules: Record<SignatureAlgorithm, Rule> = {
  RS256: { family: 'RSA', hash: 'sha256' },
  RS384: { family: 'RSA', hash: 'sha384' },
  RS512: { family: 'RSA', hash: 'sha512' },
  PS256: { family: 'RSA', hash: 'sha256', pss: true },
  PS384: { family: 'RSA', hash: 'sha384', pss: true },
  PS512: { family: 'RSA', hash: 'sha512', pss: true },
  ES256: { family: 'EC', hash: 'sha256', curve: 'prime256v1' },
  ES384: { family: 'EC', hash: 'sha384', curve: 'secp384r1' },
  ES512: { family: 'EC', hash: 'sha512', curve: 'secp521r1' },
  EdDSA: { family: 'Ed25519 or Ed448', hash: null },
  // APIs that still require SHA-1 are old, and use keys of 1024 bits.
  RS1: { family: 'RSA', hash: 'sha1', smallestRsa: 1024 },
}

/** RFC 7518 §3.3: a key of at least 2048 bits. */
const smallestRsa = 2048

const curveNames: Record<string, string> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
  secp256k1: 'secp256k1',
}

export const signer: Signer = (algorithm, keyPem, data) => {
  const key = readKey(keyPem)
  if (!key.ok) return key
  const rule = rules[algorithm]
  const wrong = reasonAgainst(key.value, algorithm, rule)
  if (wrong !== null) return refuse('invalid_value', wrong)
  try {
    return succeed(new Uint8Array(sign(rule.hash, data, signingKey(key.value, rule))))
  } catch {
    return refuse('invalid_value', `This private key cannot sign with ${algorithm}.`)
  }
}

function signingKey(key: KeyObject, { family, pss, hash }: Rule): Parameters<typeof sign>[2] {
  if (family === 'EC') return { key, dsaEncoding: 'ieee-p1363' }
  if (pss)
    return {
      key,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: hash === null ? 0 : createHash(hash).digest().length,
    }
  return key
}

function reasonAgainst(key: KeyObject, algorithm: SignatureAlgorithm, rule: Rule): string | null {
  const family = familyOf(key)
  if (family !== rule.family) return `This key is ${nameOf(key)}; ${algorithm} needs an ${rule.family} key.`
  if (family === 'EC') return curveReason(key, algorithm, rule)
  if (family !== 'RSA') return null
  if (key.asymmetricKeyType === 'rsa-pss' && !rule.pss)
    return `This key can only be used for RSA-PSS; ${algorithm} needs an RSA key without this restriction.`
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  const smallest = rule.smallestRsa ?? smallestRsa
  return bits < smallest ? `This RSA key has ${bits} bits; ${algorithm} needs at least ${smallest}.` : null
}

function curveReason(key: KeyObject, algorithm: SignatureAlgorithm, { curve = '' }: Rule): string | null {
  const own = key.asymmetricKeyDetails?.namedCurve ?? ''
  return own === curve
    ? null
    : `This key is on the curve ${curveNames[own] ?? own}; ${algorithm} needs one on ${curveNames[curve]}.`
}

function familyOf({ asymmetricKeyType }: KeyObject): Family | null {
  if (asymmetricKeyType === 'rsa' || asymmetricKeyType === 'rsa-pss') return 'RSA'
  if (asymmetricKeyType === 'ec') return 'EC'
  return asymmetricKeyType === 'ed25519' || asymmetricKeyType === 'ed448' ? 'Ed25519 or Ed448' : null
}

function nameOf(key: KeyObject): string {
  const names: Record<string, string> = { rsa: 'RSA', 'rsa-pss': 'RSA', ec: 'EC', ed25519: 'Ed25519', ed448: 'Ed448' }
  const name = names[key.asymmetricKeyType ?? '']
  return name ? `an ${name} key` : `of the kind ${key.asymmetricKeyType}`
}

/** Some third parties provide a key as JSON. @see RFC 7517 §4 */
function parseJwk(text: string): Result<KeyObject> {
  try {
    return succeed(createPrivateKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' }))
  } catch {
    return refuse('invalid_value', 'This JSON is not a private key (JWK). It must be complete and contain kty and d.')
  }
}

const parsedKeys = new Map<string, KeyObject>()
const mostParsedKeys = 64

/**
 * Parsed keys by the hash of their text, so that the text of a key is not stored. The least recently used one is
 * dropped first.
 */
function readKey(pem: string): Result<KeyObject> {
  const id = createHash('sha256').update(pem).digest('base64')
  const known = parsedKeys.get(id)
  const read = known ? succeed(known) : parseKey(pem)
  if (!read.ok) return read
  parsedKeys.delete(id)
  parsedKeys.set(id, read.value)
  for (const oldest of parsedKeys.keys()) {
    if (parsedKeys.size <= mostParsedKeys) break
    parsedKeys.delete(oldest)
  }
  return read
}

const kinds = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY']

const mistaken: Record<string, string> = {
  'ENCRYPTED PRIVATE KEY':
    'This private key is encrypted with a passphrase. Remove it first: openssl pkey -in key.pem -out plain.pem',
  'PUBLIC KEY': 'This is a public key. Enter the private key that belongs to it.',
  'RSA PUBLIC KEY': 'This is a public key. Enter the private key that belongs to it.',
  CERTIFICATE: 'This is a certificate. Enter the private key that belongs to it.',
  'OPENSSH PRIVATE KEY': 'This is a key in the format of OpenSSH. Convert it with: ssh-keygen -p -m PEM -f <file>',
}

/**
 * PKCS#8, PKCS#1 and SEC 1 (RFC 7468, RFC 8017, RFC 5915), even if a form or a JSON file has damaged the line breaks.
 */
function parseKey(text: string): Result<KeyObject> {
  if (text.trimStart().startsWith('{')) return parseJwk(text)
  const tidied = text.replaceAll('\\n', '\n').replaceAll('\\r', '')
  const blocks = [...tidied.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g)]
  const [, label = '', content = ''] = blocks.find(([, found = '']) => kinds.includes(found)) ?? blocks[0] ?? []
  if (mistaken[label]) return refuse('invalid_value', mistaken[label])
  if (/Proc-Type:.*ENCRYPTED/.test(content)) return refuse('invalid_value', mistaken['ENCRYPTED PRIVATE KEY'] ?? '')
  if (!kinds.includes(label)) {
    return refuse(
      'invalid_value',
      'This is not a private key in PEM format or a JWK. It must be complete and begin with -----BEGIN PRIVATE KEY-----.',
    )
  }
  try {
    const lines = content.replace(/\s+/g, '').match(/.{1,64}/g) ?? []
    return succeed(createPrivateKey([`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')))
  } catch {
    return refuse(
      'invalid_value',
      'This private key is damaged: its text between the first and the last line cannot be read.',
    )
  }
}
