import { createHash, createHmac } from 'node:crypto'
import { same, type Caller } from '../../api/caller'
import { known } from '../../known'
import type { SandboxState } from '../../state'
import { header, refuse, refuseOldTime, refuseUsedNonce, type ArrivedRequest, type CreatePart } from '../protocol'

/** RFC 3986 §2.3: everything but the unreserved characters is escaped. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

function canonicalQuery(url: URL): string {
  return [...url.searchParams]
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .sort()
    .join('&')
}

function stringToSign(request: ArrivedRequest, timestamp: string, nonce: string): string {
  const bodyHash = createHash('sha256').update(request.body).digest('hex')
  return [request.method, request.url.pathname, canonicalQuery(request.url), bodyHash, timestamp, nonce].join('\n')
}

function verify(state: SandboxState, request: ArrivedRequest): Caller {
  const [key, timestamp, nonce, signature] = ['key', 'timestamp', 'nonce', 'signature'].map((name) =>
    header(request, `x-acme-${name}`),
  ) as [string, string, string, string]
  if (signature === '') refuse('signature_missing', 'Send X-Acme-Signature')
  if (key !== known.hmac.key) refuse('unknown_key', 'X-Acme-Key is unknown')
  refuseOldTime(/^\d+$/.test(timestamp) ? Number(timestamp) : Number.NaN)
  const wanted = stringToSign(request, timestamp, nonce)
  const expected = createHmac('sha256', known.hmac.secret).update(wanted).digest('hex')
  if (!same(signature, expected))
    refuse('signature_mismatch', `The signature does not match. Expected signed text: ${JSON.stringify(wanted)}`)
  refuseUsedNonce(state, 'hmac', nonce)
  return { type: 'hmac', name: key, scopes: [] }
}

/** A header with an HMAC over method, path, query, body, time and nonce. */
export const createHmacHeader: CreatePart = (state) => ({
  doors: [],
  protocols: [{ prefix: '/hmac', authenticate: (request) => verify(state, request) }],
})
