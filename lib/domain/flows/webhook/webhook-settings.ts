import { bytesOfBase64 } from '../../encoding'
import { refuse, succeed, type Result } from '../../result'

/** How a webhook proves that it comes from the right sender. */
export type WebhookSecurity =
  /** Only the URL, which nobody can guess. */
  | { kind: 'none' }
  | { kind: 'basic'; username: string }
  /** https://www.standardwebhooks.com */
  | { kind: 'standard' }
  /** HMAC-SHA-256 of the body. */
  | {
      kind: 'hmac'
      header: string
      encoding: 'hex' | 'base64'
      /** Before the signature, such as `sha256=`; may be empty. */
      prefix: string
      /** The header with the ID of the message, which no other message has; empty if the sender has none. */
      idHeader: string
    }

/** How far the time of a message may be from now, in milliseconds. */
export const timeWindow = 300_000

const headerName = /^[!#$%&'*+\-.^_`|~\w]{1,128}$/

/** @param secret the password, or the secret of the signature; empty for none */
export function checkWebhookSecurity(security: WebhookSecurity, secret: string): Result<WebhookSecurity> {
  if (security.kind === 'none') return succeed(security)
  if (secret === '') return refuse('invalid_input', 'Enter the secret that the sender uses.', 'secret')
  if (security.kind === 'standard' && standardKey(secret) === null)
    return refuse('invalid_input', 'Enter the secret as the sender shows it: whsec_ and Base64.', 'secret')
  if (security.kind === 'basic' && (security.username === '' || security.username.includes(':')))
    return refuse('invalid_input', 'Enter a user name without a colon.', 'username')
  if (security.kind !== 'hmac') return succeed(security)
  if (!headerName.test(security.header))
    return refuse('invalid_input', 'Enter the name of the header with the signature, such as X-Signature.', 'header')
  if (security.idHeader !== '' && !headerName.test(security.idHeader))
    return refuse('invalid_input', 'Enter the name of the header with the ID of the message, or nothing.', 'idHeader')
  return succeed(security)
}

/** The bytes of a Standard Webhooks secret; null if it is not one. */
export function standardKey(secret: string): Uint8Array | null {
  const bytes = bytesOfBase64(secret.trim().replace(/^whsec_/, ''))
  return bytes && bytes.byteLength > 0 ? bytes : null
}
