import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerJson } from '../http/answer'
import { readBody } from '../http/read-body'
import { takeOnce, type SandboxState } from '../state'
import { readCaller, type Caller, type FindAccessToken } from './caller'
import { ApiFaultError, asFault } from './fault'
import { createRateLimiter } from './rate-limit'
import { apiRoutes, type ApiRoute } from './routes'

export function findRoute(method: string, path: string): { route: ApiRoute; id: string } {
  const matching = apiRoutes.filter((route) => route.path.test(path))
  if (matching.length === 0) throw new ApiFaultError(404, 'not_found', `Nothing found at ${path}`)
  const route = matching.find((candidate) => candidate.method === method)
  if (!route)
    throw new ApiFaultError(405, 'method_not_allowed', `${method} is not possible here`, {
      allow: matching.map((one) => one.method).join(', '),
    })
  return { route, id: decodeURIComponent(route.path.exec(path)?.[1] ?? '') }
}

export function parseBody(request: Pick<IncomingMessage, 'method' | 'headers'>, text: string): unknown {
  if (request.method === 'GET') return null
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(text))
  if (type !== 'application/json') throw new ApiFaultError(415, 'unsupported_media_type', 'Send application/json')
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiFaultError(400, 'invalid_json', 'The body is not JSON')
  }
}

/** The API key of a request: header, query, or member of the body. */
function apiKeyOf(request: IncomingMessage, url: URL, body: unknown): string | undefined {
  const header = request.headers['x-api-key']
  if (typeof header === 'string') return header
  const inQuery = url.searchParams.get('api_key')
  if (inQuery !== null) return inQuery
  const inBody = typeof body === 'object' && body !== null && 'api_key' in body ? body.api_key : undefined
  return typeof inBody === 'string' ? inBody : undefined
}

function checkAccepted(route: ApiRoute, caller: Caller): void {
  if (!route.accepts.includes(caller.type)) {
    throw new ApiFaultError(
      403,
      'authentication_type_not_accepted',
      `This endpoint does not accept ${caller.type} authentication; it accepts ${route.accepts.join(', ')}`,
    )
  }
  if (caller.type === 'oauth2' && route.scope !== undefined && !caller.scopes.includes(route.scope)) {
    throw new ApiFaultError(403, 'insufficient_scope', `The token lacks the scope ${route.scope}`, {
      'www-authenticate': `Bearer realm="Acme Commerce", error="insufficient_scope", scope="${route.scope}"`,
    })
  }
}

export async function applyFaults(state: SandboxState, path: string): Promise<void> {
  const here = ({ path: only }: { path?: string }) => only === undefined || only === path
  const delay = takeOnce(state.apiDelay, here)
  if (delay) await sleep(delay.ms)
  const fault = takeOnce(state.apiFault, here)
  if (!fault) return
  const headers: Record<string, string> =
    fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) }
  if (fault.status === 401) headers['www-authenticate'] = 'Bearer realm="Acme Commerce", error="invalid_token"'
  throw new ApiFaultError(fault.status, 'vendor_trouble', STATUS_CODES[fault.status] ?? 'Trouble', headers)
}

/** Acme Commerce's API: finds the route and the caller, and builds the response. */
export function createApi(state: SandboxState, findAccessToken: FindAccessToken) {
  const countRequest = createRateLimiter(state)

  async function answer(request: IncomingMessage, url: URL) {
    const { route, id } = findRoute(request.method ?? '', url.pathname)
    await applyFaults(state, url.pathname)
    const body = parseBody(request, await readBody(request))
    const caller =
      route.accepts.length === 0
        ? null
        : await readCaller(state, findAccessToken, request, apiKeyOf(request, url, body))
    if (caller) checkAccepted(route, caller)
    const limits = countRequest(caller)
    const { headers, ...result } = route.answer({ url, id, body, caller, catalogue: state.catalogue })
    return { ...result, headers: { ...limits, ...headers } }
  }

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    try {
      const { status, body, headers } = await answer(request, url)
      answerJson(response, status, body, headers)
    } catch (error) {
      const fault = asFault(error)
      answerJson(response, fault.status, { error: { code: fault.code, message: fault.message } }, fault.headers)
    }
  }
}
