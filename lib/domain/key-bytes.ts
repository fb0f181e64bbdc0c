import { bytesOfBase64, bytesOfBase64url, bytesOfHex, utf8 } from './encoding'
import { refuse, succeed, type Result } from './result'

/** How a key is encoded in its variable. */
export const keyEncodings = {
  pem: 'PEM',
  text: 'Text',
  base64: 'Base64',
  base64url: 'Base64url',
  hex: 'Hexadecimal',
} as const
export type KeyEncoding = keyof typeof keyEncodings

/** The bytes of a shared secret in the method's encoding. A refusal never quotes it. */
export function decodeKey(text: string, encoding: KeyEncoding): Result<Uint8Array> {
  const bytes = encoding === 'text' || encoding === 'pem' ? utf8(text) : decoders[encoding](text.trim())
  if (bytes === null)
    return refuse('invalid_value', `The key is not ${names[encoding]}, which the authentication method expects.`)
  if (bytes.length === 0) return refuse('missing_value', 'The key is empty. Enter the key to sign with.')
  return succeed(bytes)
}

const names: Record<KeyEncoding, string> = {
  pem: 'PEM',
  text: 'text',
  base64: 'Base64',
  base64url: 'Base64url',
  hex: 'hexadecimal',
}

const decoders = { base64: bytesOfBase64, base64url: bytesOfBase64url, hex: bytesOfHex }
