import type { IncomingMessage, ServerResponse } from 'node:http'
import { applyFaults, findRoute, parseBody } from '../api/answer-api'
import { asFault, type ApiFaultError } from '../api/fault'
import { createRateLimiter } from '../api/rate-limit'
import type { TokenCall } from '../control/control'
import { answerJson } from '../http/answer'
import { readBody } from '../http/read-body'
import type { SandboxState } from '../state'
import { createAws } from './signatures/aws'
import { createDigest } from './digest'
import { createHmacHeader } from './signatures/hmac-header'
import { createKeys } from './keys'
import { createMessageSignatures } from './signatures/message-signatures'
import { createOauth1 } from './oauth1/oauth1'
import { createSession } from './session'
import { createSignedJwt } from './signed-jwt'
import { createVendor } from './vendor/vendor'
import { createWsse } from './signatures/wsse'
import { arrivedRequest, header, readMembers, type ArrivedRequest, type Door, type Protocol } from './protocol'

const parts = [
  createAws,
  createDigest,
  createHmacHeader,
  createKeys,
  createMessageSignatures,
  createOauth1,
  createSession,
  createSignedJwt,
  createVendor,
  createWsse,
]

function renderFault(fault: ApiFaultError): { status: number; body: unknown } {
  return { status: fault.status, body: { error: { code: fault.code, message: fault.message } } }
}

function noteCall(state: SandboxState, grantType: string, request: ArrivedRequest, response: ServerResponse): void {
  const call: TokenCall = {
    at: new Date().toISOString(),
    grantType,
    outcome: null,
    status: null,
    error: null,
    delivered: false,
    contentType: header(request, 'content-type'),
    authorization: header(request, 'authorization'),
    parameters: readMembers(request),
  }
  state.tokenCalls.push(call)
  response.once('finish', () => {
    const succeeded = response.statusCode < 400
    Object.assign(call, {
      outcome: succeeded ? 'succeeded' : 'refused',
      status: response.statusCode,
      delivered: !response.closed,
    })
  })
}

async function answerDoor(
  state: SandboxState,
  door: Door,
  request: ArrivedRequest,
  response: ServerResponse,
): Promise<void> {
  if (door.grantType) noteCall(state, door.grantType, request, response)
  try {
    await door.answer(request, response)
  } catch (error) {
    const fault = asFault(error)
    const { status, body } = renderFault(fault)
    answerJson(response, status, body, fault.headers)
  }
}

/** The longest matching prefix: `/oauth1/realm` before `/oauth1`. */
function findProtocol(protocols: Protocol[], path: string): Protocol | undefined {
  const fitting = protocols.filter(({ prefix }) => path.startsWith(`${prefix}/`))
  return fitting.sort((left, right) => right.prefix.length - left.prefix.length)[0]
}

/**
 * The authentication protocols with their own URLs. Each protects the same API under its prefix.
 * @returns the handler of a URL, or null if it belongs to none of them
 */
export function createProtocols(state: SandboxState, url: () => string) {
  const created = parts.map((create) => create(state, url))
  const protocols = created.flatMap((part) => part.protocols)
  const doors = created.flatMap((part) => part.doors)
  const countRequest = createRateLimiter(state)

  async function callApi(protocol: Protocol, request: ArrivedRequest) {
    const method = protocol.readsByPost && request.method === 'POST' ? 'GET' : request.method
    const { route, id } = findRoute(method, request.url.pathname.slice(protocol.prefix.length))
    await applyFaults(state, request.url.pathname)
    const caller = await protocol.authenticate(request)
    const limits = countRequest(caller)
    const body = parseBody({ method, headers: request.headers }, request.body)
    const { headers, ...answer } = route.answer({ url: request.url, id, body, caller, catalogue: state.catalogue })
    return { ...answer, headers: { ...limits, ...headers } }
  }

  async function answerApi(protocol: Protocol, request: ArrivedRequest, response: ServerResponse): Promise<void> {
    try {
      const { status, body, headers } = await callApi(protocol, request)
      answerJson(response, status, body, headers)
    } catch (error) {
      const fault = asFault(error)
      const { status, body } = (protocol.renderFault ?? renderFault)(fault)
      answerJson(response, status, body, fault.headers)
    }
  }

  return (request: IncomingMessage, address: URL): ((response: ServerResponse) => Promise<void>) | null => {
    const door = doors.find(({ method, path }) => method === request.method && path === address.pathname)
    const protocol = findProtocol(protocols, address.pathname)
    if (!door && !protocol) return null
    return async (response) => {
      const arrived = arrivedRequest(request, address, await readBody(request))
      await (door ? answerDoor(state, door, arrived, response) : answerApi(protocol!, arrived, response))
    }
  }
}
