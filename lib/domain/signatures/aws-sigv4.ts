import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { percentEncode, utf8 } from '../encoding'
import type { OutboundRequest } from '../http-messages'
import { canonicalRequest, isS3, payloadHashOf, signedHeaderNames, withUnambiguousQuery } from './aws-canonical-request'
import { headerValues, withHeader, withQueryText } from './request-parts'

/** AWS Signature Version 4, as in the reference of AWS Identity and Access Management. */

export type AwsInput = {
  request: OutboundRequest
  accessKeyId: string
  secretAccessKey: string
  /** The session token of temporary credentials; empty for permanent ones. */
  sessionToken: string
  region: string
  service: string
  signedIn: 'header' | 'query'
  /** The lifetime of a signature in the query. */
  expiresSeconds: number
  now: Date
}

export type AwsSigned = { request: OutboundRequest; signature: string }

const algorithm = 'AWS4-HMAC-SHA256'

/** Signs the request in its Authorization header, or in its query as a presigned URL. */
export function signAws(input: AwsInput): AwsSigned {
  const request = withUnambiguousQuery(input.request)
  return input.signedIn === 'header' ? signInHeader({ ...input, request }) : signInQuery({ ...input, request })
}

function signInHeader(input: AwsInput): AwsSigned {
  const { sessionToken, service, now } = input
  let request = withHeader(input.request, 'X-Amz-Date', amzDate(now))
  if (sessionToken !== '') request = withHeader(request, 'X-Amz-Security-Token', sessionToken)
  const payloadHash = givenPayloadHash(request) ?? payloadHashOf(request)
  if (wantsPayloadHash(service)) request = withHeader(request, 'X-Amz-Content-Sha256', payloadHash)
  const { text, signedHeaders } = canonicalRequest(request, service, payloadHash)
  const signature = sign(text, input)
  const credential = `${input.accessKeyId}/${scopeOf(input)}`
  const value = `${algorithm} Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`
  return { request: withHeader(request, 'Authorization', value), signature }
}

/** A presigned URL: everything except the signature is part of the query that is signed. */
function signInQuery(input: AwsInput): AwsSigned {
  const parameters: [string, string][] = [
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', `${input.accessKeyId}/${scopeOf(input)}`],
    ['X-Amz-Date', amzDate(input.now)],
    ['X-Amz-Expires', String(input.expiresSeconds)],
    ...(input.sessionToken === '' ? [] : [['X-Amz-Security-Token', input.sessionToken] as [string, string]]),
    ['X-Amz-SignedHeaders', signedHeaderNames(input.request)],
  ]
  const request = withQueryText(
    input.request,
    parameters.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&'),
  )
  const payloadHash = givenPayloadHash(request) ?? (isS3(input.service) ? 'UNSIGNED-PAYLOAD' : payloadHashOf(request))
  const signature = sign(canonicalRequest(request, input.service, payloadHash).text, input)
  return { request: withQueryText(request, `X-Amz-Signature=${signature}`), signature }
}

/** A parameter of the method may set it, for example to UNSIGNED-PAYLOAD. */
function givenPayloadHash(request: OutboundRequest): string | undefined {
  return headerValues(request, 'x-amz-content-sha256')[0]
}

/** Services that refuse a request without the hash in a header. */
function wantsPayloadHash(service: string): boolean {
  return isS3(service) || ['aoss', 'glacier', 'vpc-lattice-svcs'].includes(service)
}

function sign(canonical: string, input: AwsInput): string {
  const stringToSign = [algorithm, amzDate(input.now), scopeOf(input), bytesToHex(sha256(utf8(canonical)))].join('\n')
  return bytesToHex(hmac(sha256, signingKey(input), utf8(stringToSign)))
}

function signingKey({ secretAccessKey, region, service, now }: AwsInput): Uint8Array {
  const parts = [amzDate(now).slice(0, 8), region, service, 'aws4_request']
  return parts.reduce((key, part) => hmac(sha256, key, utf8(part)), utf8(`AWS4${secretAccessKey}`))
}

function scopeOf({ region, service, now }: AwsInput): string {
  return `${amzDate(now).slice(0, 8)}/${region}/${service}/aws4_request`
}

/** 20261121T051500Z */
function amzDate(now: Date): string {
  return now.toISOString().replace(/[-:]|\.\d{3}/g, '')
}
