import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { recordRequest } from '../http/record-request'
import { answerJson, redirect } from '../http/answer'
import { known } from '../known'
import type { SandboxState } from '../state'

type Addresses = { url: string; evilUrl: string }

/** The attacker redirects the browser to the honest server, which responds to the victim's redirect URI. */
function mixUp(url: URL, addresses: Addresses): string {
  const target = new URL(`${addresses.url}/oauth/auth`)
  for (const [key, value] of url.searchParams) target.searchParams.set(key, value)
  target.searchParams.set('client_id', known.clients.basic.id)
  return target.href
}

function ownCode(url: URL, addresses: Addresses): string {
  const target = new URL(url.searchParams.get('redirect_uri') ?? addresses.url)
  target.searchParams.set('code', randomBytes(16).toString('hex'))
  target.searchParams.set('state', url.searchParams.get('state') ?? '')
  target.searchParams.set('iss', addresses.evilUrl)
  return target.href
}

function metadata({ evilUrl }: Addresses) {
  return {
    issuer: evilUrl,
    authorization_endpoint: `${evilUrl}/authorize`,
    token_endpoint: `${evilUrl}/token`,
    response_types_supported: ['code'],
    authorization_response_iss_parameter_supported: true,
  }
}

/**
 * An attacker's authorisation server on a different origin (mix-up attack, RFC 9207 §1; cross-app attacks). All
 * requests to it are recorded: getRequests({ server: 'evil' }).
 */
export function createEvilServer(state: SandboxState, addresses: () => Addresses) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', addresses().evilUrl)
    recordRequest(state, 'evil', request, response)
    request.resume()
    if (url.pathname.startsWith('/.well-known/')) return answerJson(response, 200, metadata(addresses()))
    if (url.pathname === '/authorize')
      return redirect(response, (state.evilMode === 'mix_up' ? mixUp : ownCode)(url, addresses()))
    if (url.pathname === '/token') {
      return answerJson(response, 200, {
        access_token: randomBytes(16).toString('hex'),
        token_type: 'Bearer',
        expires_in: 3600,
      })
    }
    if (url.pathname === '/collect') return answerJson(response, 200, { collected: true })
    answerJson(response, 404, { error: 'not_found' })
  }
}
