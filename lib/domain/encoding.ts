/** Encodings of bytes and text that work both on the server and in the browser. */

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** RFC 4648 §4, of the text's UTF-8 bytes. */
export function base64(text: string): string {
  return base64OfBytes(utf8(text))
}

export function base64OfBytes(bytes: Uint8Array): string {
  return btoa(byteText(bytes))
}

/** The bytes as a text with one character, U+0000 to U+00FF, for each byte. */
export function byteText(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

/** The bytes of a text whose characters, U+0000 to U+00FF, each represent one byte, as in HTTP headers. */
export function bytesOfByteText(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

/** RFC 4648 §5, without padding. */
export function base64url(text: string): string {
  return base64urlOfBytes(utf8(text))
}

export function base64urlOfBytes(bytes: Uint8Array): string {
  return base64OfBytes(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Null if the text is not Base64. Line breaks and missing padding are common, and accepted. */
export function bytesOfBase64(text: string): Uint8Array | null {
  const plain = text.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return null
  try {
    return bytesOfByteText(atob(plain))
  } catch {
    return null
  }
}

/** Null if the text is not Base64url; padding is accepted. */
export function bytesOfBase64url(text: string): Uint8Array | null {
  return /^[A-Za-z0-9_-]*={0,2}$/.test(text) ? bytesOfBase64(text.replaceAll('-', '+').replaceAll('_', '/')) : null
}

/** Two lower-case hexadecimal digits for each byte. */
export function hexOfBytes(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexDigits[byte]
  return text
}

const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Null if the text does not consist of pairs of hexadecimal digits. */
export function bytesOfHex(text: string): Uint8Array | null {
  if (!/^(?:[0-9A-Fa-f]{2})*$/.test(text)) return null
  return Uint8Array.from({ length: text.length / 2 }, (_, index) => parseInt(text.slice(2 * index, 2 * index + 2), 16))
}

/** RFC 3986 §2.1: percent-encodes all but unreserved characters, so that a value cannot contain a delimiter. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** application/x-www-form-urlencoded, as browsers write it (WHATWG URL, "urlencoded serializing"): a space is `+`. */
export function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

/** The pairs of a form, each key and value encoded (RFC 6749 appendix B). */
export function formEncodePairs(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([key, value]) => `${formEncode(key)}=${formEncode(value)}`).join('&')
}

/** The content of a JSON string, without its quotes. */
export function jsonEscape(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** XML 1.0 §2.4: character data and attribute values. */
export function xmlEscape(text: string): string {
  const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)
}

/** Whether the text contains a C0 control character, DEL or a C1 control character. */
export function hasControlCharacter(text: string): boolean {
  return /[\u0000-\u001f\u007f-\u009f]/.test(text)
}
