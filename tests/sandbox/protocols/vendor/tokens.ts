import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { answerJson } from '../../http/answer'
import { known } from '../../known'
import type { SandboxState } from '../../state'
import { header, readMembers, type ArrivedRequest } from '../protocol'

const { clientKey, clientSecret } = known.vendor

type Issued = { access: string; refresh: string; expires_in_ms: number }

/** Errors also have the status 200. */
function refuse(response: ServerResponse, code: number, message: string): void {
  answerJson(response, 200, { code, message })
}

function issue(state: SandboxState): Issued {
  const [access, refresh] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')]
  const lifetimeMs = state.tokenLifetimeSeconds * 1000
  state.protocols.issued.set(`vendor:${access}`, { account: 'casey', expiresAt: Date.now() + lifetimeMs })
  state.protocols.renewTokens.add(refresh)
  return { access, refresh, expires_in_ms: lifetimeMs }
}

function knowsClient(members: Record<string, string>): boolean {
  return members.client_key === clientKey && members.client_secret === clientSecret
}

function sendNested(response: ServerResponse, token: Issued, instanceUrl: string): void {
  answerJson(response, 200, { code: 0, message: 'ok', data: { token, instance_url: instanceUrl } })
}

/** Exchanges the code for a token: nested JSON, or a form. */
export function answerToken(
  state: SandboxState,
  instanceUrl: string,
  format: 'json' | 'form',
  request: ArrivedRequest,
  response: ServerResponse,
): void {
  const members = readMembers(request)
  if (!knowsClient(members)) return refuse(response, 40001, 'bad client_key or client_secret')
  if (members.grant_type !== 'authorization_code') return refuse(response, 40002, 'bad grant_type')
  const code = members.auth_code ?? ''
  const redirectUri = state.protocols.vendorCodes.get(code)
  state.protocols.vendorCodes.delete(code)
  if (redirectUri === undefined || redirectUri !== members.redirect_uri)
    return refuse(response, 40003, 'bad auth_code or redirect_uri')
  const token = issue(state)
  if (format === 'json') return sendNested(response, token, instanceUrl)
  const form = new URLSearchParams({
    access: token.access,
    refresh: token.refresh,
    expires_in_ms: String(token.expires_in_ms),
    instance_url: instanceUrl,
  })
  response.writeHead(200, { 'content-type': 'application/x-www-form-urlencoded' }).end(form.toString())
}

/** At its own URL, with its own grant type and parameter. The old token is consumed. */
export function renew(
  state: SandboxState,
  instanceUrl: string,
  request: ArrivedRequest,
  response: ServerResponse,
): void {
  const members = readMembers(request)
  if (!knowsClient(members)) return refuse(response, 40001, 'bad client_key or client_secret')
  if (members.grant_type !== 'renew') return refuse(response, 40002, 'bad grant_type')
  if (!state.protocols.renewTokens.delete(members.renew_token ?? '')) return refuse(response, 40004, 'bad renew_token')
  sendNested(response, issue(state), instanceUrl)
}

export function deauthorize(state: SandboxState, request: ArrivedRequest, response: ServerResponse): void {
  const [, inHeader] = /^Vendor (\S+)$/.exec(header(request, 'authorization')) ?? []
  const token = inHeader ?? readMembers(request).access_token ?? ''
  const found = state.protocols.issued.delete(`vendor:${token}`)
  state.revocations.push({ at: new Date().toISOString(), clientId: clientKey, token, tokenTypeHint: '', status: 200 })
  answerJson(response, 200, found ? { code: 0, message: 'ok' } : { code: 40100, message: 'access token expired' })
}
