import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { percentEncode } from '../encoding'
import type { OutboundRequest } from '../http-messages'
import { canonicalQuery } from '../urls/url'
import { bodyBytes, compareTexts, pairsOf, type Pair } from './request-parts'

/** The canonical form of a request for AWS Signature Version 4. */

/** Services that sign the path as it is; all others encode it once more. */
const encodedOnce = ['s3', 's3-outposts', 's3-object-lambda', 's3express']

/** Whether the service signs the path as it is sent. */
export function isS3(service: string): boolean {
  return encodedOnce.includes(service)
}

/** Headers that are added or changed on the way or belong to the signature. AWS's own libraries leave them out too. */
const unsigned = [
  ...[
    'authorization',
    'cache-control',
    'connection',
    'expect',
    'from',
    'keep-alive',
    'max-forwards',
    'pragma',
    'proxy-authorization',
  ],
  ...['referer', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'user-agent', 'x-amzn-trace-id'],
]

export type CanonicalRequest = { text: string; signedHeaders: string }

/** The text that is hashed and signed, and the headers that it covers. */
export function canonicalRequest(request: OutboundRequest, service: string, payloadHash: string): CanonicalRequest {
  const headers = canonicalHeaders(request)
  const signedHeaders = signedHeaderNames(request)
  const lines = headers.map(([name, value]) => `${name}:${value}\n`)
  const target = [request.method, canonicalPath(request.url, service), canonicalQuery(request.url)]
  return { text: [...target, lines.join(''), signedHeaders, payloadHash].join('\n'), signedHeaders }
}

/** The list of headers for `SignedHeaders`. */
export function signedHeaderNames(request: OutboundRequest): string {
  return canonicalHeaders(request)
    .map(([name]) => name)
    .join(';')
}

/** The SHA-256 of the body in hexadecimal; without a body, that of the empty text. */
export function payloadHashOf(request: OutboundRequest): string {
  return bytesToHex(sha256(bodyBytes(request)))
}

function canonicalPath(address: string, service: string): string {
  const { pathname } = new URL(address)
  if (isS3(service)) return pathname.split('/').map(encodeOnce).join('/')
  // Empty segments are ignored, except in S3, where they are part of an object's key.
  const segments = pathname.split('/').filter((segment) => segment !== '')
  const end = segments.length > 0 && pathname.endsWith('/') ? '/' : ''
  return `/${segments.map(percentEncode).join('/')}${end}`
}

function encodeOnce(segment: string): string {
  try {
    return percentEncode(decodeURIComponent(segment))
  } catch {
    return percentEncode(segment)
  }
}

/** Sorted, with names in lower case and values without redundant spaces; several values are joined by commas. */
function canonicalHeaders({ headers, url }: OutboundRequest): Pair[] {
  const byName = new Map<string, string>([['host', new URL(url).host]])
  for (const [name, value] of headers) {
    const lower = name.toLowerCase()
    if (unsigned.includes(lower) || lower === 'host') continue
    const trimmed = value.trim().replace(/\s+/g, ' ')
    const earlier = byName.get(lower)
    byName.set(lower, earlier === undefined ? trimmed : `${earlier},${trimmed}`)
  }
  return [...byName].sort(([one], [other]) => compareTexts(one, other))
}

/** Sends the query as it is signed: a space is %20, never +, which servers read in two ways. */
export function withUnambiguousQuery(request: OutboundRequest): OutboundRequest {
  const url = new URL(request.url)
  url.search = url.search.slice(1).split('&').map(strictlyEncoded).join('&')
  return { ...request, url: url.href }
}

function strictlyEncoded(pair: string): string {
  const [[name, value] = ['', '']] = pairsOf(pair)
  return pair.includes('=') ? `${percentEncode(name)}=${percentEncode(value)}` : percentEncode(name)
}
