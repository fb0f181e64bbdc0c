import type { KeyEncoding } from '../authentication/options'
import { utf8 } from '../encoding'
import { refuse, succeed, type Result } from '../result'

/** A shared secret's bytes, as the method says it is written. A refusal never quotes it. */
export function decodeKey(text: string, encoding: KeyEncoding): Result<Uint8Array> {
  const bytes = encoding === 'text' || encoding === 'pem' ? utf8(text) : decoders[encoding](text.trim())
  if (bytes === null) return refuse('invalid_value', `The key is not ${names[encoding]}, as the method says it is.`)
  if (bytes.length === 0) return refuse('missing_value', 'The key is empty, and nothing can be signed without it.')
  return succeed(bytes)
}

const names: Record<KeyEncoding, string> = { pem: 'PEM', text: 'text', base64: 'Base64', base64url: 'Base64url', hex: 'hexadecimal' }

const decoders = {
  base64: (text: string) => (/^[A-Za-z0-9+/\s]*={0,2}$/.test(text) ? bytesOfBase64(text.replace(/\s+/g, '')) : null),
  base64url: (text: string) => (/^[A-Za-z0-9_-]*={0,2}$/.test(text) ? bytesOfBase64(text.replaceAll('-', '+').replaceAll('_', '/')) : null),
  hex: (text: string) => (/^(?:[0-9A-Fa-f]{2})*$/.test(text) ? Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16)) : null),
}

function bytesOfBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
