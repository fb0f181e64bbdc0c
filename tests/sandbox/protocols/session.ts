import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Caller } from '../api/caller'
import { answerJson } from '../http/answer'
import { known } from '../known'
import type { SandboxState } from '../state'
import { header, readMembers, refuse, type ArrivedRequest, type CreatePart } from './protocol'

const { account, username, password, cookie } = known.session
const ticketLifetimeMs = 60_000

function checkLogin(members: Record<string, string>): void {
  if (members.username !== username || members.password !== password)
    refuse('invalid_login', 'The username or the password is wrong')
}

function openSession(state: SandboxState): { token: string; setCookie: string; expiresAt: number } {
  const token = randomBytes(20).toString('hex')
  const expiresAt = Date.now() + state.tokenLifetimeSeconds * 1000
  state.protocols.issued.set(`session:${token}`, { account: username, expiresAt })
  return { token, setCookie: `${cookie}=${token}; Path=/session; HttpOnly; SameSite=Lax`, expiresAt }
}

function giveTicket(state: SandboxState, url: string, request: ArrivedRequest, response: ServerResponse): void {
  const members = readMembers(request)
  if (members.account !== account) refuse('unknown_account', 'The account is unknown')
  checkLogin(members)
  const ticket = randomBytes(12).toString('hex')
  state.protocols.tickets.set(ticket, Date.now() + ticketLifetimeMs)
  answerJson(response, 200, { result: { ticket, open_url: `${url}/session/open` } })
}

/** XML in, XML out. */
function exchangeTicket(state: SandboxState, request: ArrivedRequest, response: ServerResponse): void {
  if (!header(request, 'content-type').includes('xml')) refuse('xml_needed', 'Send application/xml')
  const [, ticket = ''] =
    /^\s*(?:<\?xml[^>]*>\s*)?<login>\s*<ticket>([^<]*)<\/ticket>\s*<\/login>\s*$/.exec(request.body) ?? []
  const endsAt = state.protocols.tickets.get(ticket) ?? 0
  state.protocols.tickets.delete(ticket)
  if (endsAt < Date.now()) refuse('invalid_ticket', 'The ticket is unknown, used or too old')
  const { token, setCookie, expiresAt } = openSession(state)
  const expiry = `<lifetime unit="seconds">${state.tokenLifetimeSeconds}</lifetime><expires>${new Date(expiresAt).toISOString()}</expires>`
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<response status="ok"><session id="${randomBytes(4).toString('hex')}"><token>${token}</token>${expiry}</session></response>`
  response
    .writeHead(200, {
      'content-type': 'application/xml; charset=utf-8',
      'set-cookie': setCookie,
      'x-session-token': token,
    })
    .end(body)
}

function login(state: SandboxState, request: ArrivedRequest, response: ServerResponse): void {
  checkLogin(readMembers(request))
  response.writeHead(204, { 'set-cookie': ['acme_theme=dark; Path=/', openSession(state).setCookie] }).end()
}

function findSession(state: SandboxState, request: ArrivedRequest): Caller {
  const [, inCookie = ''] = new RegExp(`(?:^|; *)${cookie}=([^;]*)`).exec(header(request, 'cookie')) ?? []
  const token = header(request, 'x-session') || inCookie
  if (token === '') refuse('session_missing', `Send X-Session or the cookie ${cookie}`)
  const session = state.protocols.issued.get(`session:${token}`) ?? refuse('session_unknown', 'The session is unknown')
  if (session.expiresAt <= Date.now()) refuse('session_expired', 'The session has expired')
  return { type: 'session', name: session.account, scopes: [] }
}

/** A login with one or two requests that returns a session. */
export const createSession: CreatePart = (state, url) => ({
  protocols: [{ prefix: '/session', authenticate: (request) => findSession(state, request) }],
  doors: [
    {
      method: 'POST',
      path: '/session/ticket',
      grantType: 'session_ticket',
      answer: (request, response) => giveTicket(state, url(), request, response),
    },
    {
      method: 'POST',
      path: '/session/open',
      grantType: 'session_open',
      answer: (request, response) => exchangeTicket(state, request, response),
    },
    {
      method: 'POST',
      path: '/session/login',
      grantType: 'session_login',
      answer: (request, response) => login(state, request, response),
    },
  ],
})
