import { base64OfBytes } from '../encoding'
import { refuse, succeed, type Result } from '../result'

/** Structured field values (RFC 9651), as far as signatures need them. */

/** RFC 9651 §4.1.6: printable ASCII, in quotes. */
export function serializeString(text: string): Result<string> {
  if (!/^[\u0020-\u007e]*$/.test(text)) {
    return refuse('invalid_value', 'A parameter of the signature contains a character that is not printable ASCII.')
  }
  return succeed(`"${text.replace(/["\\]/g, '\\$&')}"`)
}

/** RFC 9651 §4.1.8. */
export function serializeBytes(bytes: Uint8Array): string {
  return `:${base64OfBytes(bytes)}:`
}

/** RFC 9651 §3.1.2: whether the text can be the name of a member or a parameter. */
export function isKey(text: string): boolean {
  return /^[a-z*][a-z0-9_\-.*]*$/.test(text)
}
