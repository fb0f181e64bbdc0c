import { isUtf8 } from 'node:buffer'
import { createRedactor, type Redactor } from '@/lib/domain/redaction'
import { SecretBook, type KnownSecrets } from '@/lib/domain/secret-book'
import { countWork } from '@/lib/domain/work-meter'
import { bodyQuestion } from '@/lib/platform/bodies/body-question'
import { binaryNote } from './body-note'

/** The stored part of a body: at most 64 KiB of text without secrets, or a note if the body is not text (DATA §10). */

export const mostBodyBytes = 64 * 1024

/** No encoded form of a secret is longer than this many times its length. */
const longestForm = 12
const mostMargin = 512 * 1024

export type LoggedBody = {
  text: string
  truncated: boolean
  /** The text is our note about a body that is not stored. */
  isNote?: true
}

type Headers = readonly (readonly [string, string])[]

function contentType(headers: Headers): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
}

/** The text of the bytes; null if they are not text. An incomplete character at the end is left out. */
function decode(bytes: Uint8Array, charset: string): string | null {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: true })
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

/** Null if the text contains null characters. A byte order mark is removed. */
function plainText(bytes: Buffer): string | null {
  const text = bytes.toString('utf8')
  if (text.includes('\0')) return null
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

function textOf(bytes: Uint8Array, headers: Headers): string | null {
  countWork(bytes.byteLength)
  const charset = /charset="?([\w-]+)/i.exec(contentType(headers))?.[1] ?? 'utf-8'
  // For a short body, creating a decoder takes longer than everything else.
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

/** How many bytes beyond the stored part are searched, because a secret that begins before the cut may end after it. */
export function marginOf(secrets: KnownSecrets): number {
  const longest = Math.max(0, ...secrets.texts().map((secret) => Buffer.byteLength(secret)))
  return Math.min(mostMargin, Math.max(1024, longest * longestForm))
}

/** How many bytes at the beginning of a body are searched for secrets. */
export function windowOf(secrets: KnownSecrets): number {
  return mostBodyBytes + marginOf(secrets)
}

/**
 * Secrets are removed before the text is cut, from a window that is larger than the stored part. A secret that crosses
 * the cut is therefore found completely. The end of the window, which may contain part of a secret, is not stored.
 * @param length of the complete body, if `body` is only its beginning
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
  const stored = firstBytes(clean, Math.min(mostBodyBytes, sure))
  return { text: stored, truncated: !whole || stored.length < clean.length }
}

type LargeBody = {
  /** The beginning of the body that is searched. */
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
