import { isUtf8 } from 'node:buffer'
import { createRedactor, type Redactor } from '@/lib/domain/redaction'
import { SecretBook, type KnownSecrets } from '@/lib/domain/secret-book'
import { countWork } from '@/lib/domain/work-meter'
import { bodyQuestion } from '@/lib/platform/bodies/body-question'
import { binaryNote } from './body-note'

/** What is kept of a body: text without secrets, at most 64 KiB; of anything else a note (DATA §10). */

export const mostBodyBytes = 64 * 1024

/** No secret is longer in any of its encoded forms, seen from the secret's own length. */
const longestForm = 12
const mostMargin = 512 * 1024

export type LoggedBody = {
  text: string
  truncated: boolean
  /** The text is a remark of ours about a body that is not stored. */
  isNote?: true
}

type Headers = readonly (readonly [string, string])[]

function contentType(headers: Headers): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
}

/** The text of the bytes, or null where they are none. A character that is cut in two at the end is left out. */
function decode(bytes: Uint8Array, charset: string): string | null {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: true })
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

/** Null characters are no text; a byte order mark is none of it. */
function plainText(bytes: Buffer): string | null {
  const text = bytes.toString('utf8')
  if (text.includes('\0')) return null
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

function textOf(bytes: Uint8Array, headers: Headers): string | null {
  countWork(bytes.byteLength)
  const charset = /charset="?([\w-]+)/i.exec(contentType(headers))?.[1] ?? 'utf-8'
  // Making a decoder costs more than all the rest of a short body.
  if (/^utf-?8$/i.test(charset) && isUtf8(bytes))
    return plainText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  return decode(bytes, charset) ?? decode(bytes, 'utf-8')
}

function noteOf(bytes: number, headers: Headers, redactor: Redactor): string {
  const type = redactor.text(contentType(headers).split(';')[0]!.trim().slice(0, 100))
  return binaryNote(type, bytes)
}

function firstBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text)
  return bytes.length <= limit ? text : (decode(bytes.subarray(0, limit), 'utf-8') ?? '')
}

/** How much more than what is kept is looked at, in bytes: a secret that begins before the cut may end behind it. */
export function marginOf(secrets: KnownSecrets): number {
  const longest = Math.max(0, ...secrets.texts().map((secret) => Buffer.byteLength(secret)))
  return Math.min(mostMargin, Math.max(1024, longest * longestForm))
}

/** How much of a body's beginning is looked at. */
export function windowOf(secrets: KnownSecrets): number {
  return mostBodyBytes + marginOf(secrets)
}

/**
 * Secrets are removed before the text is cut, from a window that is wider than what is kept: one that begins before
 * the cut and ends behind it is found whole, and what stands at the window's end, where one may be cut, is not kept.
 * @param length of the whole, where `body` is only its beginning
 */
export function loggedBody(
  body: string | Uint8Array,
  headers: Headers,
  redactor: Redactor,
  secrets: KnownSecrets,
  length = Buffer.byteLength(body),
): LoggedBody {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const window = bytes.subarray(0, windowOf(secrets))
  const text = textOf(window, headers)
  if (text === null) return { text: noteOf(length, headers, redactor), truncated: false, isNote: true }
  const clean = redactor.body(text)
  const whole = window.byteLength === length
  const sure = whole ? mostBodyBytes : Math.max(0, Buffer.byteLength(clean) - marginOf(secrets))
  const kept = firstBytes(clean, Math.min(mostBodyBytes, sure))
  return { text: kept, truncated: !whole || kept.length < clean.length }
}

type LargeBody = {
  /** The window of it. */
  body: Uint8Array
  headers: [name: string, value: string][]
  secrets: readonly string[]
  fieldNames: readonly string[]
  length: number
}

export const logLargeBody = bodyQuestion('log_large_body', (input: LargeBody): LoggedBody => {
  const { body, headers, fieldNames, length } = input
  const secrets = SecretBook.of(...input.secrets)
  return loggedBody(body, headers, createRedactor({ secrets, fieldNames }), secrets, length)
})
