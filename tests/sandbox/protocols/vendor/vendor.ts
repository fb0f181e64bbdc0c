import type { ServerResponse } from 'node:http'
import type { Caller } from '../../api/caller'
import { ApiFaultError } from '../../api/fault'
import { answerHtml, redirect } from '../../http/answer'
import { known } from '../../known'
import { decisionPage, errorPage } from '../../oauth/pages'
import { isRegisteredRedirect } from '../../oauth/clients'
import type { SandboxState } from '../../state'
import { header, readMembers, refuse, type ArrivedRequest, type CreatePart } from '../protocol'
import { answerToken, deauthorize, renew } from './tokens'
import { randomBytes } from 'node:crypto'

const shopPrefix = '/vendor/shops/casey'

function showPage(state: SandboxState, { url }: ArrivedRequest, response: ServerResponse): void {
  const parameters = Object.fromEntries(url.searchParams)
  const scopes = (parameters.scope ?? '').split(',')
  const refuseHere = (error: string, description: string) => answerHtml(response, 400, errorPage(error, description))
  if (parameters.client_key !== known.vendor.clientKey) return refuseHere('unknown_client', 'client_key is unknown')
  if (parameters.response_type !== 'code') return refuseHere('invalid_request', 'response_type must be code')
  if (!isRegisteredRedirect(parameters.redirect_uri ?? '', state.redirectUris))
    return refuseHere('invalid_request', 'redirect_uri is not registered')
  if (!scopes.every((scope) => known.vendor.scopes.some((one) => one === scope)))
    return refuseHere('invalid_scope', 'scope must be orders, products or orders,products')
  answerHtml(
    response,
    200,
    decisionPage('the dashboard', '/vendor/decide', {
      redirect_uri: parameters.redirect_uri!,
      state: parameters.state ?? '',
    }),
  )
}

/** The code is returned as `auth_code`, together with the shop's number. */
function decide(state: SandboxState, request: ArrivedRequest, response: ServerResponse): void {
  const { redirect_uri = '', decision, ...rest } = readMembers(request)
  if (!isRegisteredRedirect(redirect_uri, state.redirectUris))
    return answerHtml(response, 400, errorPage('invalid_request', 'redirect_uri is not registered'))
  const target = new URL(redirect_uri)
  target.searchParams.set('state', rest.state ?? '')
  if (decision === 'allow') {
    const code = randomBytes(12).toString('hex')
    state.protocols.vendorCodes.set(code, redirect_uri)
    target.searchParams.set('auth_code', code)
    target.searchParams.set('realmId', known.vendor.realmId)
  } else {
    target.searchParams.set('error', 'access_denied')
  }
  redirect(response, target.href)
}

function findCaller(state: SandboxState, request: ArrivedRequest): Caller {
  const [, inAuthorization] = /^Vendor (\S+)$/.exec(header(request, 'authorization')) ?? []
  const token = inAuthorization ?? header(request, 'x-vendor-token')
  if (token === '') refuse('40101', 'access token missing')
  const found = state.protocols.issued.get(`vendor:${token}`)
  if (!found || found.expiresAt <= Date.now()) refuse('40100', 'access token expired')
  return { type: 'vendor', name: found.account, scopes: [] }
}

/** Reports an error with status 200. */
function renderFault({ code, message }: ApiFaultError): { status: number; body: unknown } {
  return { status: 200, body: { code: Number(code) || 40000, message } }
}

/** A vendor with unusual conventions: other names, nested responses, errors with status 200, a host for each shop. */
export const createVendor: CreatePart = (state, url) => {
  const instanceUrl = () => `${url()}${shopPrefix}`
  return {
    protocols: [{ prefix: shopPrefix, authenticate: (request) => findCaller(state, request), renderFault }],
    doors: [
      { method: 'GET', path: '/vendor/authorize', answer: (request, response) => showPage(state, request, response) },
      { method: 'POST', path: '/vendor/decide', answer: (request, response) => decide(state, request, response) },
      {
        method: 'POST',
        path: '/vendor/token',
        grantType: 'vendor_token',
        answer: (request, response) => answerToken(state, instanceUrl(), 'json', request, response),
      },
      {
        method: 'POST',
        path: '/vendor/token-form',
        grantType: 'vendor_token',
        answer: (request, response) => answerToken(state, instanceUrl(), 'form', request, response),
      },
      {
        method: 'POST',
        path: '/vendor/renew',
        grantType: 'vendor_renew',
        answer: (request, response) => renew(state, instanceUrl(), request, response),
      },
      {
        method: 'POST',
        path: '/vendor/deauthorize',
        answer: (request, response) => deauthorize(state, request, response),
      },
    ],
  }
}
