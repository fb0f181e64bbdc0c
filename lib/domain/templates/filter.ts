import { base64OfBytes, base64urlOfBytes, hexOfBytes, utf8 } from '../encoding'
import { refuse, succeed, type Result } from '../result'
import type { Signer } from '../signer'

/** What a template filter is: a pure function of a value and its arguments, with words for people. */

/** Between filters a value may be bytes, such as a decoded key; at the end it has to be text again. */
export type FilterValue = string | Uint8Array

export type FilterParameter = {
  name: string
  /** What stands for it where it is left out; a parameter without one has to be given. */
  fallback?: string
  choices?: readonly string[]
  /** A key: without it nothing can be made. */
  key?: true
  /** What is wrong with an argument, as a sentence; null where nothing is. */
  check?: (text: string) => string | null
}

export type FilterGroup = 'Text' | 'Encoding' | 'Hash' | 'HMAC' | 'Signature' | 'Time'

export type Filter = {
  group: FilterGroup
  description: string
  parameters: readonly FilterParameter[]
  /** A template with names of `lib/platform/forms/template-samples.ts`. */
  example: string
  /** What it costs besides reading its value, in characters. */
  cost?: number
  /** One argument per parameter, those that are left out filled in. */
  apply: (value: FilterValue, given: readonly string[], tools: FilterTools) => Result<FilterValue>
}

export type FilterTools = { signer?: Signer }

export function bytesOf(value: FilterValue): Uint8Array {
  return typeof value === 'string' ? utf8(value) : value
}

/** Bytes that are UTF-8 are text. */
export function textOf(value: FilterValue): Result<string> {
  if (typeof value === 'string') return succeed(value)
  try {
    return succeed(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value))
  } catch {
    return refuse(
      'invalid_value',
      'the bytes are not text. Write them with hex_encode, base64_encode or base64url_encode.',
    )
  }
}

/** For filters of text to text. */
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
