import { sha256, sha512 } from '@noble/hashes/sha2.js'
import type { OutboundRequest } from '../http-messages'
import { bodyBytes, withHeader } from './request-parts'
import { serializeBytes } from './structured-fields'

/** The header that binds a signature to the body. @see RFC 9530 §2 */
export function withContentDigest(request: OutboundRequest, algorithm: 'sha-256' | 'sha-512'): OutboundRequest {
  const hash = algorithm === 'sha-256' ? sha256 : sha512
  return withHeader(request, 'Content-Digest', `${algorithm}=${serializeBytes(hash(bodyBytes(request)))}`)
}
