import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import type { SandboxState } from '../state'
import { answerInteraction } from './interactions'
import { falsifyIssuer } from './issuer-door'
import { createTokenDoor } from './token-door'

export const mountPath = '/oauth'

/** Everything under /oauth: our pages, the token door, and the provider itself. */
export function createOauthServer(provider: Provider, state: SandboxState) {
  const answerToken = createTokenDoor(provider, state, '/token')
  const answerByProvider = provider.callback()

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const path = url.pathname.slice(mountPath.length)
    if (path.startsWith('/interaction/')) return answerInteraction(provider, request, response, path.split('/')[3])
    if (path === '/token' && request.method === 'POST') return answerToken(request, response)
    falsifyIssuer(response, state)
    Object.assign(request, { originalUrl: request.url, url: request.url!.slice(mountPath.length) || '/' })
    await answerByProvider(request, response)
  }
}
