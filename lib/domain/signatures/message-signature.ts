import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { MessageSignatureAlgorithm } from '../method-options/option-choices'
import type { KeyEncoding } from '../key-bytes'
import { utf8 } from '../encoding'
import type { OutboundRequest } from '../http-messages'
import { decodeKey } from '../key-bytes'
import { refuse, succeed, type Result } from '../result'
import { signWith, type SignatureAlgorithm, type Signer } from '../signer'
import { withContentDigest } from './content-digest'
import { readComponent, type Component } from './message-components'
import { headerValues, withHeader } from './request-parts'
import { isKey, serializeBytes, serializeString } from './structured-fields'

/** HTTP message signatures of requests (RFC 9421). */

export type MessageSignatureInput = {
  request: OutboundRequest
  components: readonly string[]
  label: string
  parameters: MessageSignatureParameters
  algorithm: MessageSignatureAlgorithm
  key: string
  keyEncoding: KeyEncoding
  contentDigest: 'none' | 'sha-256' | 'sha-512'
  now: Date
  signer?: Signer
}

/** RFC 9421 §2.3, with times in seconds. Empty and null parameters are left out. */
export type MessageSignatureParameters = {
  created: number | null
  expires: number | null
  keyid: string
  alg: string
  nonce: string
  tag: string
}

export type MessageSigned = { request: OutboundRequest; signature: string }

/** Adds `Signature-Input` and `Signature` to those that the request may already have. @see RFC 9421 §3.1 and §4 */
export function signMessage(input: MessageSignatureInput): Result<MessageSigned> {
  if (!isKey(input.label)) {
    return refuse(
      'invalid_input',
      'The label of the signature must consist of lower-case letters, digits, _ - . and *, and begin with a letter or *.',
    )
  }
  const request = withSignedHeaders(input)
  const components = readComponents(input.components, request)
  if (!components.ok) return components
  const parameters = serializeParameters(components.value, input.parameters)
  if (!parameters.ok) return parameters
  const signature = signBase(signatureBase(components.value, parameters.value), input)
  if (!signature.ok) return signature
  const bytes = serializeBytes(signature.value)
  const described = withMember(request, 'Signature-Input', input.label, parameters.value)
  return succeed({ request: withMember(described, 'Signature', input.label, bytes), signature: bytes.slice(1, -1) })
}

/**
 * Adds the headers that the signature needs: the digest of the body, and the date if it is signed and missing.
 */
function withSignedHeaders({ request, components, contentDigest, now }: MessageSignatureInput): OutboundRequest {
  const digested =
    contentDigest === 'none' || request.body === null ? request : withContentDigest(request, contentDigest)
  const needsDate =
    components.some((component) => component.trim().toLowerCase() === 'date') &&
    headerValues(request, 'date').length === 0
  return needsDate ? withHeader(digested, 'Date', now.toUTCString()) : digested
}

function readComponents(texts: readonly string[], request: OutboundRequest): Result<Component[]> {
  const components: Component[] = []
  for (const text of texts) {
    const read = readComponent(text, request)
    if (!read.ok) return read
    const component = read.value
    if (!component) continue
    // RFC 9421 §2: each component once.
    if (components.some(({ identifier }) => identifier === component.identifier)) {
      return refuse('invalid_input', `${component.identifier} is a duplicate component. Remove one of them.`)
    }
    components.push(component)
  }
  return succeed(components)
}

/** The value of both `@signature-params` and Signature-Input (RFC 9421 §2.3). */
function serializeParameters(components: readonly Component[], parameters: MessageSignatureParameters): Result<string> {
  let written = `(${components.map(({ identifier }) => identifier).join(' ')})`
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === '') continue
    const text = typeof value === 'number' ? succeed(String(value)) : serializeString(value)
    if (!text.ok) return text
    written += `;${name}=${text.value}`
  }
  return succeed(written)
}

/** RFC 9421 §2.5. */
function signatureBase(components: readonly Component[], parameters: string): string {
  return [
    ...components.map(({ identifier, value }) => `${identifier}: ${value}`),
    `"@signature-params": ${parameters}`,
  ].join('\n')
}

const joseNames: Record<Exclude<MessageSignatureAlgorithm, 'hmac-sha256'>, SignatureAlgorithm> = {
  'rsa-pss-sha512': 'PS512',
  'rsa-v1_5-sha256': 'RS256',
  'ecdsa-p256-sha256': 'ES256',
  'ecdsa-p384-sha384': 'ES384',
  ed25519: 'EdDSA',
}

/** RFC 9421 §3.3. */
function signBase(base: string, { algorithm, key, keyEncoding, signer }: MessageSignatureInput): Result<Uint8Array> {
  if (algorithm !== 'hmac-sha256') return signWith(signer, joseNames[algorithm], key, utf8(base))
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key)) {
    return refuse('invalid_value', 'This is a private key in PEM format, but hmac-sha256 needs a shared secret.')
  }
  const secret = decodeKey(key, keyEncoding)
  return secret.ok ? succeed(hmac(sha256, secret.value, utf8(base))) : secret
}

/** Adds a member to those of earlier signatures. */
function withMember(request: OutboundRequest, header: string, label: string, value: string): OutboundRequest {
  return withHeader(request, header, [...headerValues(request, header), `${label}=${value}`].join(', '))
}
