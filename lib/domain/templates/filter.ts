import { base64OfBytes, base64urlOfBytes, hexOfBytes, utf8 } from '../encoding'
import { refuse, succeed, type Result } from '../result'
import type { Signer } from '../signer'

/** A template filter: a pure function of a value and its arguments, with a description for people. */

/** Between filters a value may be bytes, such as a decoded key. The final value must be text. */
export type FilterValue = string | Uint8Array

export type FilterParameter = {
  name: string
  /** The default; a parameter without one is required. */
  fallback?: string
  choices?: readonly string[]
  /** A key, which must not be empty. */
  key?: true
  /** What is wrong with an argument, as a sentence; null if it is valid. */
  check?: (text: string) => string | null
}

export type FilterGroup = 'Text' | 'Encoding' | 'Hash' | 'HMAC' | 'Signature' | 'Time'

export type Filter = {
  group: FilterGroup
  description: string
  parameters: readonly FilterParameter[]
  /** A template that uses the names of `lib/platform/forms/template-samples.ts`. */
  example: string
  /** The cost besides reading the value, in characters. */
  cost?: number
  /** Gets one argument per parameter, with defaults filled in. */
  apply: (value: FilterValue, given: readonly string[], tools: FilterTools) => Result<FilterValue>
}

export type FilterTools = { signer?: Signer }

export function bytesOf(value: FilterValue): Uint8Array {
  return typeof value === 'string' ? utf8(value) : value
}

/** Bytes become text if they are UTF-8. */
export function textOf(value: FilterValue): Result<string> {
  if (typeof value === 'string') return succeed(value)
  try {
    return succeed(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value))
  } catch {
    return refuse(
      'invalid_value',
      'the bytes are not text. Encode them with hex_encode, base64_encode or base64url_encode.',
    )
  }
}

/** For filters that take text. */
export function ofText(
  apply: (text: string, ...given: string[]) => Result<FilterValue> | FilterValue,
): Filter['apply'] {
  return (value, given) => {
    const text = textOf(value)
    if (!text.ok) return text
    const result = apply(text.value, ...given)
    return typeof result === 'string' || result instanceof Uint8Array ? succeed(result) : result
  }
}

export const byteEncodings = ['hex', 'base64', 'base64url'] as const
export type ByteEncoding = (typeof byteEncodings)[number]

export function writeBytes(bytes: Uint8Array, encoding: string): string {
  if (encoding === 'base64') return base64OfBytes(bytes)
  return encoding === 'base64url' ? base64urlOfBytes(bytes) : hexOfBytes(bytes)
}

export function encodingParameter(fallback: ByteEncoding): FilterParameter {
  return { name: 'encoding', fallback, choices: byteEncodings }
}
