import { bytesOfBase64 } from '../encoding'
import { refuse, succeed, type Result } from '../result'

/**
 * The content of the first block of a PEM text, even if a form or a JSON file has damaged its line breaks (RFC 7468 §2).
 */
export function bytesOfPem(text: string): Result<Uint8Array> {
  const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/.exec(
    text.replaceAll('\\n', '\n').replaceAll('\\r', ''),
  )
  const bytes = bytesOfBase64(block?.[2] ?? '')
  if (bytes && bytes.length > 0) return succeed(bytes)
  return refuse('invalid_value', 'the value is not PEM. It must be complete and begin with -----BEGIN …-----.')
}

/** The content of a public key or a certificate. A private key is refused, because its fingerprint is never meant. */
export function bytesOfPublicPem(text: string): Result<Uint8Array> {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return bytesOfPem(text)
  return refuse('invalid_value', 'this is a private key. Use its certificate or its public key for a fingerprint.')
}
