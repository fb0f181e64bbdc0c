import { constants, createHash, createHmac, createPublicKey, verify as verifySignature } from 'node:crypto'
import { same } from '../../api/caller'
import { known } from '../../known'
import { header, refuse, type ArrivedRequest } from '../protocol'

export type Pair = [name: string, value: string]

/** RFC 5849 §3.6 */
export function percentEncode(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) =>
      /[\w.~-]/.test(String.fromCharCode(byte)) && byte < 128
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('')
}

function readAuthorization(request: ArrivedRequest): { realm: string | null; pairs: Pair[] } {
  const value = header(request, 'authorization')
  if (!/^OAuth\s/i.test(value)) return { realm: null, pairs: [] }
  const all = [...value.matchAll(/([\w%.~-]+)="([^"]*)"/g)].map(([, name, text]): Pair => [
    decodeURIComponent(name!),
    text!,
  ])
  const realm = all.find(([name]) => name === 'realm')?.[1] ?? null
  return {
    realm,
    pairs: all.filter(([name]) => name !== 'realm').map(([name, text]) => [name, decodeURIComponent(text)]),
  }
}

/** §3.4.1.3.1: parameters of the header, the query, and the body if it is a form. */
export function readParameters(request: ArrivedRequest): { realm: string | null; pairs: Pair[] } {
  const { realm, pairs } = readAuthorization(request)
  const isForm = header(request, 'content-type').toLowerCase().startsWith('application/x-www-form-urlencoded')
  const body: Pair[] = isForm ? [...new URLSearchParams(request.body)] : []
  return { realm, pairs: [...pairs, ...request.url.searchParams, ...body] }
}

const compare = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0)

/** §3.4.1: method, URL and parameters, sorted by name and then by value, after encoding. */
export function baseString(request: ArrivedRequest, pairs: Pair[]): string {
  const encoded = pairs
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]): Pair => [percentEncode(name), percentEncode(value)])
  encoded.sort((left, right) => compare(left[0], right[0]) || compare(left[1], right[1]))
  const parameters = encoded.map(([name, value]) => `${name}=${value}`).join('&')
  const address = `${request.url.protocol}//${request.url.host}${request.target.split('?')[0]}`
  return [request.method.toUpperCase(), address, parameters].map(percentEncode).join('&')
}

const publicKey = createPublicKey(known.keys.rsa)

/** §3.4.2 to §3.4.4, with the newer hashes in addition to SHA-1. */
export function signatureMatches(
  method: string,
  signature: string,
  base: string,
  secrets: { consumer: string; token: string },
): boolean {
  const key = `${percentEncode(secrets.consumer)}&${percentEncode(secrets.token)}`
  const [, kind = '', hash = ''] = /^(HMAC|RSA)-(SHA1|SHA256|SHA512)$/.exec(method) ?? []
  if (kind === 'HMAC') return same(signature, createHmac(hash.toLowerCase(), key).update(base).digest('base64'))
  const padded = { key: publicKey, padding: constants.RSA_PKCS1_PADDING }
  if (kind === 'RSA')
    return verifySignature(hash.toLowerCase(), Buffer.from(base), padded, Buffer.from(signature, 'base64'))
  if (method === 'PLAINTEXT') return same(signature, key)
  return refuse('signature_method_rejected', `${method || '(none)'} is no signature method of ours`)
}

/** The body hash extension, for bodies that are not forms. */
export function checkBodyHash(request: ArrivedRequest, method: string, sent: string | undefined): void {
  if (sent === undefined) return
  const [, hash = 'SHA1'] = /(SHA\d+)$/.exec(method) ?? []
  if (!same(sent, createHash(hash.toLowerCase()).update(request.body).digest('base64')))
    refuse('body_hash_mismatch', 'oauth_body_hash does not match the body')
}
