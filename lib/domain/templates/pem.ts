import { bytesOfBase64 } from '../encoding'
import { refuse, succeed, type Result } from '../result'

/**
 * The content of the first block of a PEM text, also where a form or a JSON file has spoiled its line breaks (RFC 7468
 * §2).
 */
export function bytesOfPem(text: string): Result<Uint8Array> {
  const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/.exec(
    text.replaceAll('\\n', '\n').replaceAll('\\r', ''),
  )
  const bytes = bytesOfBase64(block?.[2] ?? '')
  if (bytes && bytes.length > 0) return succeed(bytes)
  return refuse('invalid_value', 'the value is not PEM. It begins with -----BEGIN …----- and has to be whole.')
}

/** A public key or a certificate. Of a private key nobody means the fingerprint. */
export function bytesOfPublicPem(text: string): Result<Uint8Array> {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return bytesOfPem(text)
  return refuse(
    'invalid_value',
    'this is a private key. A fingerprint is made of the certificate or the public key that belongs to it.',
  )
}
