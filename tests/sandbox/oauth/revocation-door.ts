import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import { readBody } from '../http/read-body'
import type { SandboxState } from '../state'
import { processCall } from './process-call'

function clientOf(request: IncomingMessage, form: URLSearchParams): string {
  const [, credentials] = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  return credentials === undefined
    ? (form.get('client_id') ?? '')
    : decodeURIComponent(Buffer.from(credentials, 'base64').toString().split(':')[0]!)
}

/** RFC 7009; revoked tokens are recorded. */
export function createRevocationDoor(provider: Provider, state: SandboxState) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request)
    const { status, headers, body: answer } = await processCall(provider, request, body, '/token/revocation')
    const form = new URLSearchParams(body)
    state.revocations.push({
      at: new Date().toISOString(),
      clientId: clientOf(request, form),
      token: form.get('token') ?? '',
      tokenTypeHint: form.get('token_type_hint') ?? '',
      status,
    })
    response.writeHead(status, headers).end(answer)
  }
}
