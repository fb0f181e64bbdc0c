import 'server-only'
import { callEndpoint, type CallFailure, type EndpointResponse } from '@/lib/calls/call-endpoint'
import type { Actor } from '@/lib/domain/access/actor'
import { refuse, type Result } from '@/lib/domain/result'
import { callPathPattern } from '@/lib/platform/call-path'
import { newId } from '@/lib/platform/db/new-id'
import { StreamedBody } from '@/lib/platform/http/streamed-body'
import { refusalOfFailure } from '../failure'
import { decoded } from '../find-route'
import { problemOf, type ApiRefusal } from '../problem'
import { findSender } from './find-sender'
import { findTarget } from './find-target'
import type { IncomingCall, OutgoingResponse } from './messages'
import { readGiven } from './read-call'
import { responseHeaders } from './response-headers'

/**
 * `POST /instances/{instanceId}/endpoints/{endpointId}/call`: calls an endpoint with an instance and passes on the third
 * party's response as it is, in constant memory (DATA §13). Our own refusals are problem details.
 */

/** A program waits for its response, and what is between it and us gives up after a minute at the latest. */
const mostWaitMs = 60_000

/** @param path of the request, which matches `callPathPattern` */
export async function answerCall(incoming: IncomingCall, path: string): Promise<OutgoingResponse> {
  const correlationId = newId()
  try {
    const called = await call(incoming, path, correlationId)
    return called.ok ? passOn(called.value) : refusal(called.error, correlationId)
  } catch (error) {
    return refusal(refusalOfFailure(error), correlationId)
  }
}

type Called = Result<EndpointResponse, ApiRefusal>

const otherMethod: { ok: false; error: ApiRefusal } = {
  ok: false,
  error: {
    code: 'method_not_allowed',
    message: 'This address accepts only POST, whichever method the endpoint has. Nothing was sent.',
    headers: { allow: 'POST' },
  },
}
const noQuery = refuse(
  'invalid_input',
  'A call takes no query. Send values of variables as “Patchbay-Values” and of optional parameters as “Patchbay-Filters”. Nothing was sent.',
)

async function call(incoming: IncomingCall, path: string, correlationId: string): Promise<Called> {
  const body = incoming.body && new StreamedBody(incoming.body, incoming.bodyLength)
  const first = await callOnce(incoming, path, { correlationId, body }, false)
  // What was cached may be out of date: a key has another role by now, or another instance the same key.
  const isDoubtful = !first.called.ok && ['not_allowed', 'not_found'].includes(first.called.error.code)
  if (!first.isCached || !isDoubtful) return first.called
  return (await callOnce(incoming, path, { correlationId, body }, true)).called
}

type Attempt = { correlationId: string; body: StreamedBody | null }

/** Reads what was cached again if asked to. */
async function callOnce(
  incoming: IncomingCall,
  path: string,
  attempt: Attempt,
  asOfNow: boolean,
): Promise<{ called: Called; isCached: boolean }> {
  const { caller, isCached } = await findSender(incoming, asOfNow)
  if (!caller.ok) return { called: caller, isCached }
  if (incoming.method !== 'POST') return { called: otherMethod, isCached }
  if (incoming.url.includes('?')) return { called: noQuery, isCached }
  const target = await findTarget(caller.value, partsOf(path), asOfNow)
  if (!target.ok) return { called: target, isCached }
  const called = await callTarget(incoming, caller.value, target.value, attempt)
  return { called, isCached: isCached || target.value.isCached }
}

async function callTarget(
  incoming: IncomingCall,
  actor: Actor,
  { instanceId, endpointId }: { instanceId: string; endpointId: string },
  { correlationId, body }: Attempt,
): Promise<Called> {
  const given = readGiven(incoming.headers)
  if (!given.ok) return given
  const called = await callEndpoint(actor, {
    ...{ instanceId, endpointId, correlationId, mostWaitMs },
    ...given.value,
    isFromProgram: true,
    content: { headers: [...incoming.pairs], body },
    streams: true,
    maxResponseBytes: Infinity,
  })
  return called.ok ? called : { ok: false, error: refusalOf(called.error) }
}

/** RFC 9110 §10.2.3 */
function refusalOf({ retryAfterSeconds, ...failure }: CallFailure): ApiRefusal {
  return retryAfterSeconds === undefined
    ? failure
    : { ...failure, headers: { 'retry-after': String(retryAfterSeconds) } }
}

function partsOf(path: string): [instance: string, endpoint: string] {
  const [, instance = '', endpoint = ''] = callPathPattern.exec(path) ?? []
  return [decoded(instance) ?? '', decoded(endpoint) ?? '']
}

function passOn(response: EndpointResponse): OutgoingResponse {
  const { status, body } = response
  const hasBody = response.sent.built.request.method !== 'HEAD' && status !== 204 && status !== 304
  return { status, headers: responseHeaders(response, hasBody), body }
}

function refusal(error: ApiRefusal, correlationId: string): OutgoingResponse {
  const { status, headers, body } = problemOf(error)
  const own = { 'patchbay-response': 'patchbay', 'patchbay-request-log': correlationId }
  return { status, headers: Object.entries({ ...headers, ...own }), body }
}
