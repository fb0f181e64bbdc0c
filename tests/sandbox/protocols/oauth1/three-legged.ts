import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { answerHtml, redirect } from '../../http/answer'
import { known } from '../../known'
import { isRegisteredRedirect } from '../../oauth/clients'
import { decisionPage, errorPage } from '../../oauth/pages'
import type { SandboxState } from '../../state'
import { readMembers, refuse, type ArrivedRequest, type Door } from '../protocol'
import { verifyRequest } from './verify'

const newToken = () => randomBytes(12).toString('hex')

function answerForm(response: ServerResponse, members: Record<string, string>): void {
  response
    .writeHead(200, { 'content-type': 'application/x-www-form-urlencoded' })
    .end(new URLSearchParams(members).toString())
}

/** RFC 5849 §2.1 */
function giveRequestToken(state: SandboxState, request: ArrivedRequest, response: ServerResponse): void {
  const { consumerKey, parameters } = verifyRequest(state, request, () => null)
  const callback = parameters.oauth_callback ?? refuse('parameter_absent', 'oauth_callback is missing')
  if (!isRegisteredRedirect(callback.split('?')[0]!, state.redirectUris))
    refuse('callback_rejected', 'oauth_callback is not registered')
  const [token, secret] = [newToken(), newToken()]
  state.protocols.oauth1Requests.set(token, { consumerKey, secret, callback, verifier: null })
  answerForm(response, { oauth_token: token, oauth_token_secret: secret, oauth_callback_confirmed: 'true' })
}

/** §2.2 */
function showPage(state: SandboxState, { url }: ArrivedRequest, response: ServerResponse): void {
  const token = url.searchParams.get('oauth_token') ?? ''
  if (!state.protocols.oauth1Requests.has(token))
    return answerHtml(response, 400, errorPage('token_rejected', 'The request token is unknown or used'))
  answerHtml(response, 200, decisionPage('the dashboard', '/oauth1/decide', { oauth_token: token }))
}

function decide(state: SandboxState, request: ArrivedRequest, response: ServerResponse): void {
  const { oauth_token = '', decision } = readMembers(request)
  const pending = state.protocols.oauth1Requests.get(oauth_token)
  if (!pending) return answerHtml(response, 400, errorPage('token_rejected', 'The request token is unknown or used'))
  const target = new URL(pending.callback)
  if (decision === 'allow') {
    pending.verifier = newToken()
    target.searchParams.set('oauth_token', oauth_token)
    target.searchParams.set('oauth_verifier', pending.verifier)
  } else {
    state.protocols.oauth1Requests.delete(oauth_token)
    target.searchParams.set('denied', oauth_token)
  }
  redirect(response, target.href)
}

/** §2.3 */
function giveAccessToken(state: SandboxState, request: ArrivedRequest, response: ServerResponse): void {
  const requests = state.protocols.oauth1Requests
  const { consumerKey, parameters } = verifyRequest(state, request, (token, key) => {
    const pending = requests.get(token)
    return pending?.consumerKey === key ? pending.secret : null
  })
  const { oauth_token = '', oauth_verifier = '' } = parameters
  const pending = requests.get(oauth_token) ?? refuse('token_rejected', 'oauth_token is missing')
  if (pending.verifier === null || pending.verifier !== oauth_verifier)
    refuse('verifier_invalid', 'oauth_verifier is missing or wrong')
  requests.delete(oauth_token)
  const [token, secret] = [newToken(), newToken()]
  state.protocols.oauth1Tokens.set(token, { consumerKey, secret, account: 'casey' })
  answerForm(response, {
    oauth_token: token,
    oauth_token_secret: secret,
    realm_id: known.oauth1.realm,
    user_id: 'casey',
  })
}

/** The authorisation by a person. */
export function createThreeLeggedDoors(state: SandboxState): Door[] {
  return [
    {
      method: 'POST',
      path: '/oauth1/request_token',
      grantType: 'oauth1_request',
      answer: (request, response) => giveRequestToken(state, request, response),
    },
    { method: 'GET', path: '/oauth1/authorize', answer: (request, response) => showPage(state, request, response) },
    { method: 'POST', path: '/oauth1/decide', answer: (request, response) => decide(state, request, response) },
    {
      method: 'POST',
      path: '/oauth1/access_token',
      grantType: 'oauth1_access',
      answer: (request, response) => giveAccessToken(state, request, response),
    },
  ]
}
