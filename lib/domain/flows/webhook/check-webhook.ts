import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesOfBase64, utf8 } from '../../encoding'
import { countWork } from '../../work-meter'
import { sameBytes } from './same-bytes'
import { standardKey, timeWindow, type WebhookSecurity } from './webhook-settings'

/** A request to a webhook, as far as its signature depends on it. */
export type WebhookRequest = {
  headers: readonly (readonly [name: string, value: string])[]
  body: Uint8Array
}

/**
 * Why a request is refused. Written to the log of the trigger; the sender only learns the status, because each further
 * word would help somebody who guesses.
 */
export const webhookRefusals = {
  signature_missing: 'The request has no signature.',
  signature_wrong: 'The signature of the request does not match its body and the secret.',
  credentials_missing: 'The request has no user name and password.',
  credentials_wrong: 'The user name or password of the request is wrong.',
  id_missing: 'The request has no ID, so it could be sent again by somebody who has seen it.',
  time_missing: 'The request does not say when it was sent.',
  too_old: 'The request was signed more than five minutes ago.',
  too_early: 'The request was signed more than five minutes in the future. Check the clocks of both servers.',
} as const
export type WebhookRefusal = keyof typeof webhookRefusals

export type WebhookDecision =
  | {
      accepted: true
      /** A second request with this ID is the same message again; null if it has none. */
      replayId: string | null
      /** Until when the ID has to be known; null: as long as IDs are stored. */
      replayUntil: Date | null
    }
  | { accepted: false; reason: WebhookRefusal }

/** Decides whether a request comes from the sender. Its ID has to be compared with those of earlier requests afterwards. */
export function checkWebhook(
  request: WebhookRequest,
  security: WebhookSecurity,
  secret: string,
  now: Date,
): WebhookDecision {
  countWork(request.body.byteLength)
  switch (security.kind) {
    case 'none':
      return accepted(null)
    case 'basic':
      return checkBasic(request, security.username, secret)
    case 'standard':
      return checkStandard(request, secret, now)
    case 'hmac':
      return checkHmac(request, security, secret)
  }
}

function accepted(replayId: string | null, replayUntil: Date | null = null): WebhookDecision {
  return { accepted: true, replayId, replayUntil }
}

function refused(reason: WebhookRefusal): WebhookDecision {
  return { accepted: false, reason }
}

/** Null if the header is missing, empty, or occurs more than once: nobody could say which of them counts. */
function headerOf({ headers }: WebhookRequest, name: string): string | null {
  const values = headers.filter(([candidate]) => candidate.toLowerCase() === name.toLowerCase())
  return values.length === 1 ? values[0]![1].trim() || null : null
}

/** @see RFC 7617 */
function checkBasic(request: WebhookRequest, username: string, password: string): WebhookDecision {
  const header = headerOf(request, 'authorization') ?? ''
  const [, encoded] = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(header) ?? []
  const given = encoded === undefined ? null : bytesOfBase64(encoded)
  if (!given) return refused('credentials_missing')
  const isRight = password !== '' && sameBytes(given, utf8(`${username}:${password}`))
  return isRight ? accepted(null) : refused('credentials_wrong')
}

const longestId = 256
const mostSignatures = 10

/** @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
function checkStandard(request: WebhookRequest, secret: string, now: Date): WebhookDecision {
  const id = headerOf(request, 'webhook-id')
  const time = headerOf(request, 'webhook-timestamp')
  const signatures = headerOf(request, 'webhook-signature')
  if (signatures === null) return refused('signature_missing')
  if (id === null || id.length > longestId) return refused('id_missing')
  if (time === null || !/^\d{1,12}$/.test(time)) return refused('time_missing')
  const key = standardKey(secret)
  const expected = key && hmac(sha256, key, joined(utf8(`${id}.${time}.`), request.body))
  // A secret is being replaced while there are two signatures.
  const given = signatures.split(' ', mostSignatures).flatMap((text) => {
    const [version, encoded = ''] = text.split(',')
    return version === 'v1' ? [bytesOfBase64(encoded)] : []
  })
  const isRight = given.map((bytes) => expected !== null && bytes !== null && sameBytes(bytes, expected)).includes(true)
  if (!isRight) return refused('signature_wrong')
  const sent = Number(time) * 1_000
  if (now.getTime() - sent > timeWindow) return refused('too_old')
  if (sent - now.getTime() > timeWindow) return refused('too_early')
  return accepted(id, new Date(sent + timeWindow))
}

function checkHmac(
  request: WebhookRequest,
  { header, encoding, prefix, idHeader }: Extract<WebhookSecurity, { kind: 'hmac' }>,
  secret: string,
): WebhookDecision {
  const signature = headerOf(request, header)
  if (signature === null) return refused('signature_missing')
  const expected = hmac(sha256, utf8(secret), request.body)
  const isPrefixed = signature.startsWith(prefix)
  const given = isPrefixed ? bytesOf(signature.slice(prefix.length), encoding) : null
  if (secret === '' || given === null || !sameBytes(given, expected)) return refused('signature_wrong')
  if (idHeader === '') return accepted(null)
  const id = headerOf(request, idHeader)
  if (id === null || id.length > longestId) return refused('id_missing')
  return accepted(id)
}

/** The digits of hex may be of either case; Base64 may have lost its padding. */
function bytesOf(text: string, encoding: 'hex' | 'base64'): Uint8Array | null {
  if (text.length > longestId) return null
  if (encoding === 'base64') return bytesOfBase64(text)
  if (!/^(?:[0-9a-f]{2})+$/i.test(text)) return null
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length)
  bytes.set(first)
  bytes.set(second, first.length)
  return bytes
}
