import { hmac } from '@noble/hashes/hmac.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { decodeKey } from '../key-bytes'
import { bytesOf, encodingParameter, textOf, writeBytes, type Filter } from './filter'
import { bytesOfPublicPem } from './pem'
import { refuse, succeed, type Result } from '../result'
import { signWith, type SignatureAlgorithm } from '../signer'

/** Hashes, keyed hashes and signatures. Only the signer of the context uses a private key. */

type Hash = typeof sha256 | typeof sha1

function hash(name: string, algorithm: Hash): Filter {
  return {
    group: 'Hash',
    description: `${name} of the bytes`,
    parameters: [encodingParameter('hex')],
    example: `{{ text | ${filterName(name)} }}`,
    apply: (value, [encoding = 'hex']) => succeed(writeBytes(algorithm(bytesOf(value)), encoding)),
  }
}

const keyForms = ['text', 'hex', 'base64', 'base64url'] as const

function keyed(name: string, algorithm: Hash): Filter {
  return {
    group: 'HMAC',
    description: `HMAC with ${name}; key_encoding is the encoding of the key`,
    parameters: [
      { name: 'key', key: true },
      encodingParameter('hex'),
      { name: 'key_encoding', fallback: 'text', choices: keyForms },
    ],
    example: `{{ text | hmac_${filterName(name)}: secret_key${name === 'SHA-1' || name === 'MD5' ? '' : ', "base64"'} }}`,
    apply: (value, [key = '', encoding = 'hex', form = 'text']) => {
      const bytes = decodeKey(key, keyForms.find((known) => known === form) ?? 'text')
      return bytes.ok ? succeed(writeBytes(hmac(algorithm, bytes.value, bytesOf(value)), encoding)) : bytes
    },
  }
}

function filterName(name: string): string {
  return name.toLowerCase().replace('-', '')
}

function signature(algorithm: SignatureAlgorithm, description: string): Filter {
  return {
    group: 'Signature',
    description,
    parameters: [{ name: 'private_key', key: true }, encodingParameter('base64')],
    example: `{{ text | sign_${algorithm.toLowerCase()}: private_key }}`,
    cost: 65_536,
    apply: (value, [key = '', encoding = 'base64'], { signer }) => {
      const signed = signWith(signer, algorithm, key, bytesOf(value))
      return signed.ok ? succeed(writeBytes(signed.value, encoding)) : signed
    },
  }
}

export const hashFilters = {
  md5: hash('MD5', md5),
  sha1: hash('SHA-1', sha1),
  sha256: hash('SHA-256', sha256),
  sha384: hash('SHA-384', sha384),
  sha512: hash('SHA-512', sha512),
  hmac_md5: keyed('MD5', md5),
  hmac_sha1: keyed('SHA-1', sha1),
  hmac_sha256: keyed('SHA-256', sha256),
  hmac_sha384: keyed('SHA-384', sha384),
  hmac_sha512: keyed('SHA-512', sha512),
  sign_rs256: signature('RS256', 'Signed with an RSA key in PEM, PKCS #1 v1.5 and SHA-256'),
  sign_rs384: signature('RS384', 'Signed with an RSA key in PEM, PKCS #1 v1.5 and SHA-384'),
  sign_rs512: signature('RS512', 'Signed with an RSA key in PEM, PKCS #1 v1.5 and SHA-512'),
  sign_rs1: signature('RS1', 'Signed with an RSA key in PEM, PKCS #1 v1.5 and SHA-1'),
  sign_ps256: signature('PS256', 'Signed with an RSA key in PEM, PSS and SHA-256'),
  sign_ps384: signature('PS384', 'Signed with an RSA key in PEM, PSS and SHA-384'),
  sign_ps512: signature('PS512', 'Signed with an RSA key in PEM, PSS and SHA-512'),
  sign_es256: signature('ES256', 'Signed with a P-256 key in PEM: r and s side by side, as in a JWT'),
  sign_es384: signature('ES384', 'Signed with a P-384 key in PEM: r and s side by side, as in a JWT'),
  sign_es512: signature('ES512', 'Signed with a P-521 key in PEM: r and s side by side, as in a JWT'),
  sign_eddsa: signature('EdDSA', 'Signed with an Ed25519 or Ed448 key in PEM'),
  fingerprint: {
    group: 'Hash',
    description: 'The hash of a certificate or public key in PEM; x5t of a JWT is "sha1", "base64url"',
    parameters: [{ name: 'hash', fallback: 'sha256', choices: ['sha256', 'sha1'] }, encodingParameter('hex')],
    example: '{{ public_key | fingerprint: "sha1", "base64url" }}',
    apply: (value, [algorithm = 'sha256', encoding = 'hex']) => {
      const text = textOf(value)
      const bytes = text.ok ? bytesOfPublicPem(text.value) : text
      return bytes.ok ? succeed(writeBytes((algorithm === 'sha1' ? sha1 : sha256)(bytes.value), encoding)) : bytes
    },
  },
  digits: {
    group: 'Hash',
    description: 'A number with this many digits, computed from the bytes; random with nonce',
    parameters: [
      {
        name: 'count',
        fallback: '10',
        check: (given) =>
          /^\d{1,2}$/.test(given) && digitsOf(given) ? null : 'count must be a whole number from 1 to 40.',
      },
    ],
    example: '{{ nonce | digits: 12 }}',
    apply: (value, [count = '10']) => numberOf(sha256(bytesOf(value)), count),
  },
} satisfies Record<string, Filter>

function digitsOf(count: string): number | null {
  const number = Number(count)
  return number >= 1 && number <= 40 ? number : null
}

/** Never begins with 0, so that it stays the same when it is read as a number. */
function numberOf(hashed: Uint8Array, count: string): Result<string> {
  const length = digitsOf(count)
  if (length === null) return refuse('invalid_value', 'count must be a whole number from 1 to 40.')
  const smallest = length === 1 ? 0n : 10n ** BigInt(length - 1)
  return succeed(String(smallest + (BigInt(`0x${writeBytes(hashed, 'hex')}`) % (10n ** BigInt(length) - smallest))))
}
