import { clientAuthentications, type ClientAuthentication } from '../authentication/options'
import { base64, formEncode } from '../encoding'
import { refuse, succeed, type Result } from '../result'
import type { TemplateScope } from '../templates'
import { requiredValue } from './authorize-url'

/** What proves the client to the token endpoint. */
export type AppliedClientAuthentication = { headers: [string, string][]; fields: [string, string][]; secrets: string[] }

/** @see RFC 6749 §2.3.1 and §3.2.1 */
export function authenticateClient(kind: ClientAuthentication, scope: TemplateScope): Result<AppliedClientAuthentication> {
  const id = requiredValue(scope, 'client_id')
  if (!id.ok) return id
  if (kind === 'none') return succeed({ headers: [], fields: [['client_id', id.value]], secrets: [] })
  const secret = requiredValue(scope, 'client_secret')
  if (!secret.ok) return secret
  if (kind === 'client_secret_post') {
    return succeed({
      headers: [],
      fields: [
        ['client_id', id.value],
        ['client_secret', secret.value],
      ],
      secrets: [secret.value],
    })
  }
  // Both are form-encoded before they are joined, so that a colon in either cannot be taken for the one between them.
  const pair = base64(`${formEncode(id.value)}:${formEncode(secret.value)}`)
  return succeed({ headers: [['Authorization', `Basic ${pair}`]], fields: [], secrets: [secret.value, pair] })
}

export function readClientAuthentication(text: string | null, fallback: ClientAuthentication): Result<ClientAuthentication> {
  if (text === null || text === '') return succeed(fallback)
  if (Object.hasOwn(clientAuthentications, text)) return succeed(text as ClientAuthentication)
  return refuse('invalid_input', `${text} is not a client authentication that can be used here.`)
}
