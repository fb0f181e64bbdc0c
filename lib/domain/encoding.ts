/** Ways of writing bytes and text, in code that runs on the server and in the browser alike. */

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** RFC 4648 §4, of the text's UTF-8 bytes. */
export function base64(text: string): string {
  return base64OfBytes(utf8(text))
}

export function base64OfBytes(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** RFC 4648 §5, without padding. */
export function base64url(text: string): string {
  return base64urlOfBytes(utf8(text))
}

export function base64urlOfBytes(bytes: Uint8Array): string {
  return base64OfBytes(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** RFC 3986 §2.1: everything but unreserved characters is percent-encoded, so that a value cannot hold a delimiter. */
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

/** Whether the text holds a C0 control character, DEL or a C1 control character. */
export function hasControlCharacter(text: string): boolean {
  return /[\u0000-\u001f\u007f-\u009f]/.test(text)
}
