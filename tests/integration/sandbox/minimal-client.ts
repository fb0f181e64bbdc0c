import { createHash, randomBytes } from 'node:crypto'
import { browseAuthorisation } from '@/tests/sandbox/browse-authorisation'
import { known } from '@/tests/sandbox/known'
import type { Sandbox } from '@/tests/sandbox/sandbox'

/** An OAuth client, written only for these tests. It shares no code with the product. */

export const redirectUri = 'http://localhost:38123/oauth/authenticate'

export type ClientName = keyof typeof known.clients
export type TokenAnswer = { status: number; contentType: string; text: string; json: Record<string, unknown> }

export function authoriseUrl(sandbox: Sandbox, client: ClientName, parameters: Record<string, string> = {}): string {
  const url = new URL(`${sandbox.url}/oauth/auth`)
  const all = {
    client_id: known.clients[client].id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'orders.read',
    state: 'state-1',
    ...parameters,
  }
  for (const [key, value] of Object.entries(all)) url.searchParams.set(key, value)
  return url.href
}

export async function callToken(
  sandbox: Sandbox,
  client: ClientName,
  parameters: Record<string, string>,
  signal?: AbortSignal,
): Promise<TokenAnswer> {
  const { id, secret } = known.clients[client]
  const form = new URLSearchParams(parameters)
  const headers: Record<string, string> = {}
  if (client === 'public' || client === 'post') form.set('client_id', id)
  if (client === 'post') form.set('client_secret', secret)
  if (client !== 'public' && client !== 'post')
    headers.authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
  const response = await fetch(`${sandbox.url}/oauth/token`, { method: 'POST', headers, body: form, signal })
  const text = await response.text()
  const contentType = response.headers.get('content-type') ?? ''
  const isJson = contentType.includes('json') && text.startsWith('{')
  return { status: response.status, contentType, text, json: isJson ? JSON.parse(text) : {} }
}

export function pkcePair() {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** The whole authorisation: login, consent, code, token. */
export async function obtainToken(
  sandbox: Sandbox,
  client: ClientName = 'basic',
  scope = 'orders.read',
): Promise<TokenAnswer> {
  const { verifier, challenge } = pkcePair()
  const callback = new URL(
    await browseAuthorisation(
      authoriseUrl(sandbox, client, { scope, code_challenge: challenge, code_challenge_method: 'S256' }),
    ),
  )
  const code = callback.searchParams.get('code') ?? ''
  return callToken(sandbox, client, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
}

export function refresh(
  sandbox: Sandbox,
  client: ClientName,
  refreshToken: unknown,
  signal?: AbortSignal,
): Promise<TokenAnswer> {
  return callToken(sandbox, client, { grant_type: 'refresh_token', refresh_token: String(refreshToken) }, signal)
}

export function getOrders(sandbox: Sandbox, accessToken: unknown): Promise<Response> {
  return fetch(`${sandbox.url}/orders`, { headers: { authorization: `Bearer ${String(accessToken)}` } })
}
