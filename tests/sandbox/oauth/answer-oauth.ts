import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import { known } from '../known'
import type { SandboxState } from '../state'
import { answerInteraction } from './interactions'
import { falsifyIssuer } from './issuer-door'
import { createRevocationDoor } from './revocation-door'
import { createTokenDoor } from './token-door'

export const mountPath = '/oauth'

const discoveryPath = `${mountPath}/.well-known/openid-configuration`
/** RFC 8414 §3.1: the issuer's path comes last. */
const metadataPath = `/.well-known/oauth-authorization-server${mountPath}`

export function isOauthPath(path: string): boolean {
  return path.startsWith(`${mountPath}/`) || path === metadataPath
}

/** An application that requests no scope gets all of them. @see RFC 6749 §3.3 */
function withDefaultScope(url: URL): string {
  url.searchParams.set('scope', known.scopes.join(' '))
  return url.pathname + url.search
}

/** Everything under /oauth: our pages, the token endpoint, and the provider itself. */
export function createOauthServer(provider: Provider, state: SandboxState) {
  const answerToken = createTokenDoor(provider, state, '/token')
  const answerRevocation = createRevocationDoor(provider, state)
  const answerByProvider = provider.callback()

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    if (url.pathname === metadataPath) request.url = discoveryPath
    const path = url.pathname.slice(mountPath.length)
    if (path.startsWith('/interaction/')) return answerInteraction(provider, request, response, path.split('/')[3])
    if (path === '/token' && (request.method === 'POST' || request.method === 'GET'))
      return answerToken(request, response)
    if (path === '/token/revocation' && request.method === 'POST') return answerRevocation(request, response)
    falsifyIssuer(response, state)
    if (path === '/auth' && !url.searchParams.has('scope')) request.url = withDefaultScope(url)
    Object.assign(request, { originalUrl: request.url, url: request.url!.slice(mountPath.length) || '/' })
    await answerByProvider(request, response)
  }
}
