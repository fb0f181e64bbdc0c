import type { OutboundResponse } from '../http-messages'
import { createRedactor } from '../redaction'
import type { KnownSecrets } from '../secret-book'
import { quotation } from '../sentences'
import { countWork } from '../work-meter'
import { jsonProblem, jsonProblems, parseJson } from './json-limits'
import { longestStructure, readXml, withoutPrefixes } from './xml-response'

/** Reads the responses of third parties. */

export function headerOf(response: Pick<OutboundResponse, 'headers'>, name: string): string | null {
  const lower = name.toLowerCase()
  return response.headers.find(([candidate]) => candidate.toLowerCase() === lower)?.[1] ?? null
}

export function textOf(response: Pick<OutboundResponse, 'body'>): string {
  countWork(response.body.byteLength)
  return new TextDecoder('utf-8').decode(response.body)
}

/** The body as JSON, whatever its content type says; undefined if it is not JSON or breaks a limit. */
export function jsonOf(response: Pick<OutboundResponse, 'body'>): unknown {
  const text = textOf(response)
  return /\d{16}/.test(text) ? parseJson(text, keepLongNumber) : parseJson(text)
}

/** Why the body cannot be read although it looks like JSON, in words for a person; null if it can be read. */
export function unreadableJson(response: Pick<OutboundResponse, 'body'>): string | null {
  const problem = jsonProblem(textOf(response))
  return problem && jsonProblems[problem]
}

/** An id or a token with this many digits would be rounded as a number, so it stays text as it was sent. */
function keepLongNumber(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  const { source = '' } = context ?? {}
  return /^-?\d+$/.test(source) ? source : value
}

/** The pairs of a form-encoded body; undefined if it is not a form, or is too large to be a token response. */
export function formOf(response: OutboundResponse): Record<string, string> | undefined {
  if (response.body.byteLength > longestStructure) return undefined
  const text = textOf(response).trim()
  if (!isDeclaredAsForm(response) && !/^[\w.\-%]+=[^\s<>]*$/.test(text)) return undefined
  return Object.fromEntries(new URLSearchParams(text))
}

function isDeclaredAsForm(response: OutboundResponse): boolean {
  return headerOf(response, 'content-type')?.includes('application/x-www-form-urlencoded') ?? false
}

const structures = new WeakMap<OutboundResponse, { value: unknown }>()

/**
 * The body as an object: JSON, XML or a form, whatever its content type says; undefined for any other format. Each
 * response is parsed once.
 */
export function structureOf(response: OutboundResponse): unknown {
  const known = structures.get(response)
  if (known) return known.value
  const value = jsonOf(response) ?? readXml(textOf(response)) ?? formOf(response)
  structures.set(response, { value })
  return value
}

const mostNames = 12

/**
 * The names in a response, for a person who looks for the right one; never a value. Leaves out what may be a value taken
 * for a name: a token that ends in `=` looks like a form.
 */
export function namesIn(response: OutboundResponse): string[] {
  const structure = structureOf(response)
  const guessed =
    !isDeclaredAsForm(response) && jsonOf(response) === undefined && readXml(textOf(response)) === undefined
  if (guessed && Object.values(asRecord(structure)).includes('')) return []
  const names = Object.entries(asRecord(structure)).flatMap(([name, value]) => [
    name,
    ...Object.keys(asRecord(value)).map((inner) => `${name}.${inner}`),
  ])
  return names.filter((name) => name.split('.').every(looksLikeName)).slice(0, mostNames)
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function looksLikeName(text: string): boolean {
  return /^[A-Za-z_@#][\w@#:-]{0,39}$/.test(text) && (text.length <= 20 || !/\d/.test(text))
}

/** The keys under which APIs name an error, besides OAuth's own `error` (RFC 6749 §5.2), which comes first. */
const errorKeys = ['error', 'code', 'type', 'status', 'errcode', 'error_code', 'errorCode', 'err', 'Code', 'faultcode']

/**
 * The names of the error in a response: `invalid_grant`, `190`, `Invalid refresh token`. Empty if it names none; the
 * code 0 means no error.
 */
export function errorNamesOf(response: OutboundResponse): string[] {
  const root = asRecord(withoutPrefixes(structureOf(response)))
  const names = (holder: Record<string, unknown>, keys: readonly string[]) =>
    keys.flatMap((key) => (Object.hasOwn(holder, key) ? textOfError(holder[key]) : []))
  const error = names(root, ['error'])
  const nested = ['error', 'errors', 'Error', 'fault'].flatMap((key) => {
    const value = Object.hasOwn(root, key) ? root[key] : undefined
    return names(asRecord(Array.isArray(value) ? value[0] : value), errorKeys)
  })
  // A successful response may have a type and a status too; a failed one may have nothing but a sentence.
  const atTop =
    response.status >= 400
      ? [...errorKeys, 'message', 'error_description']
      : errorKeys.filter((key) => key !== 'type' && key !== 'status')
  return [...new Set([...error, ...nested, ...names(root, atTop)])]
}

function textOfError(value: unknown): string[] {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  return text === '' || text === '0' ? [] : [text]
}

const reasonLength = 300
const reasonKeys = [
  ...[
    'error_description',
    'message',
    'error_message',
    'errorMessage',
    'error_msg',
    'errmsg',
    'msg',
    'Message',
    'faultstring',
    'detail',
  ],
  ...['title', 'description', 'reason', 'error', 'Error', 'errors', 'fault', 'Fault'],
]
const envelopes = ['Envelope', 'Body', 'response', 'Response', 'ErrorResponse']

/**
 * The reason that the third party gives, for a person; empty if there is nothing readable. Secrets in it are redacted
 * before the text is shortened, because half a secret could no longer be recognised.
 */
export function reasonOf(response: OutboundResponse, secrets: KnownSecrets): string {
  const structure = withoutPrefixes(structureOf(response))
  const text = structure === undefined ? plainReason(response) : reasonIn(structure, 0)
  return createRedactor({ secrets })
    .text(text)
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, reasonLength)
}

/** The same as a quotation; empty if the third party gives no reason. */
export function quotedReason(response: OutboundResponse, secrets: KnownSecrets): string {
  const reason = reasonOf(response, secrets)
  return reason === '' ? '' : quotation(reason)
}

function plainReason(response: OutboundResponse): string {
  const text = textOf({ body: response.body.subarray(0, 65_536) })
  const looksLikeHtml = /<(?:!doctype|html|head|body)/i.test(text)
  return looksLikeHtml ? (/<title[^<>]*>([^<]*)/i.exec(text)?.[1] ?? '') : text
}

function reasonIn(json: unknown, depth: number): string {
  if (typeof json === 'string') return json
  if (depth > 5 || typeof json !== 'object' || json === null) return ''
  if (Array.isArray(json)) return reasonIn(json[0], depth + 1)
  for (const key of [...reasonKeys, ...envelopes]) {
    const reason = Object.hasOwn(json, key) ? reasonIn((json as Record<string, unknown>)[key], depth + 1) : ''
    if (reason !== '') return reason
  }
  return ''
}
