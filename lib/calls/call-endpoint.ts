import 'server-only'
import type { Readable } from 'node:stream'
import { signer } from '@/lib/platform/crypto/signer'
import { newId } from '@/lib/platform/db/new-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import type { CredentialVerdict } from '@/lib/domain/authentication/credential-verdict'
import { readsBody } from '@/lib/domain/authentication/reads-body'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import type { PagePosition } from '@/lib/domain/pagination/page-position'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import { callerContentOf } from '@/lib/domain/requests/caller-content'
import { valuesByKey } from '@/lib/domain/requests/values-by-key'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import { withShapeValues } from '@/lib/credentials/credentials'
import { causeOf } from '@/lib/exchange/request-context'
import type { RawResponse } from '@/lib/platform/http/send-raw'
import type { StreamedBody } from '@/lib/platform/http/streamed-body'
import type { Timing } from '@/lib/platform/http/trace'
import { callPlan, checkPlan, type CallPlan } from './call-plans'
import { noteHealth } from './note-health'
import { sendWithToken, type Sent } from './send-with-token'
import type { Loaded } from './types'

export type EndpointRequest = {
  instanceId: string
  endpointId: string
  /** The connection shape's values, by variable id. */
  values: Record<string, string>
  /** Values of optional parameters, by parameter id. */
  filters: Record<string, string>
  /** The values of a program: named by key or ID, and plain text, in which nothing is a flow value. */
  isFromProgram?: true
  /** What the program sends besides: headers to pass on, and a body instead of the endpoint's. */
  content?: { headers: [name: string, value: string][]; body: StreamedBody | null }
  /** Which page of the records is asked for. Default: what the endpoint defines, without a page. */
  page?: PagePosition
  timeoutSeconds?: number
  /** A longer body ends with an error. */
  maxResponseBytes?: number
  /** The caller reads and writes at its own speed: the timeout is for each piece of the bodies. */
  streams?: true
  /** The longest wait for the limits of the instance. Default: 10 minutes. */
  mostWaitMs?: number
  /** For `reportExchange`: an error while the response is read is recorded in its line of the request log. */
  readsWhole?: boolean
  flowId?: string
  shapeId?: string
  correlationId?: string
}

/** The response exactly as received: not read, decompressed or redacted (DATA §13). */
export type EndpointResponse = {
  status: number
  /** As received. */
  headers: [name: string, value: string][]
  /** The bytes as they arrive. They must be read within the request's time limit. */
  body: Readable
  /** Turns an error of the body into a message for a person. */
  explain: (error: unknown) => Refusal
  attempts: number
  /** Time spent waiting for the limits of the instance. */
  waitedMs: number
  /** The token was refreshed, but the body could be sent only once: sending it again can work (DATA §13). */
  isWorthRepeating: boolean
  timing: () => Timing
  correlationId: string
  /** What the response says about the credentials (PRODUCT §11). */
  verdict: CredentialVerdict
  /** Settles when the body has ended and the line of the request log is recorded. */
  ended: Promise<void>
  /** The input of `reportExchange`. Contains secrets. */
  sent: SentCall
}

type LoadedCall = Loaded & { plan: CallPlan }
export type SentCall = Omit<Sent<LoadedCall>, 'outcome'> & { outcome: RawResponse }

/**
 * `not_sent`: no byte of the request was sent, so it may be sent again. `unknown`: the third party may have acted on
 * it.
 */
export type CallFailure = Refusal & {
  delivery: 'not_sent' | 'unknown'
  /** If the limits of the instance refused it: when another try can succeed. */
  retryAfterSeconds?: number
}

/**
 * Calls one endpoint with one instance: the only path for *Run this shape*, runs and programs. The call plan is cached;
 * one query directly before the request is sent checks that the plan is still valid and that the actor may still use it
 * (rules R3 and R9).
 */
export async function callEndpoint(
  actor: Actor,
  input: EndpointRequest,
): Promise<Result<EndpointResponse, CallFailure>> {
  const allowed = permit(actor, 'run')
  if (!allowed.ok) return notSent(allowed.error)
  const { correlationId = newId(), maxResponseBytes, readsWhole, streams, mostWaitMs } = input
  const body = await readOwnBody(input.content?.body ?? null)
  let asOfNow = false
  const sent = await sendWithToken({
    purpose: 'endpoint',
    ...{ maxResponseBytes, readsWhole, streams, mostWaitMs },
    load: async (fresh) => {
      // A cached plan is checked before the request is sent. While the request waits for its turn, every further read
      // compares the plan with the database.
      const plan = await callPlan(allowed.value, input, asOfNow || fresh === true)
      asOfNow = true
      return plan.ok ? requestFrom(actor, plan.value, { ...input, correlationId }, body) : plan
    },
    clearance: ({ plan }) => checkPlan(allowed.value, input, plan),
  })
  if (!sent.ok) return notSent(sent.error.refusal, sent.error.retryAfterSeconds)
  const { attempts, waitedMs, isWorthRepeating = false, ended } = sent.value
  // A request with an expired token says nothing about the credentials.
  const { outcome, verdict } = isWorthRepeating
    ? { outcome: sent.value.outcome, verdict: 'nothing' as const }
    : await noteHealth(sent.value)
  if (!outcome.ok) return failed(outcome.error, outcome.delivery === 'unknown' ? 'unknown' : 'not_sent')
  const { status, headers, body: received, timing, explain } = outcome
  return succeed({
    ...{ status, headers, body: received, explain, attempts, waitedMs, isWorthRepeating, timing, correlationId, ended },
    verdict,
    sent: { ...sent.value, outcome },
  })
}

function notSent(refusal: Refusal, retryAfterSeconds?: number) {
  return failed({ ...refusal, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) }, 'not_sent')
}

function failed(refusal: Refusal, delivery: CallFailure['delivery']): { ok: false; error: CallFailure } {
  return { ok: false, error: { ...refusal, delivery } }
}

/** A longer body is sent once, as it arrives (DATA §13). */
const keptBytes = 1024 * 1024
const mostSignedBytes = 10 * 1024 * 1024

type OwnBody = { bytes: Uint8Array | null; stream: StreamedBody } | null

/** Null without a body: that of the endpoint is sent. */
async function readOwnBody(stream: StreamedBody | null): Promise<OwnBody> {
  const bytes = stream && (await stream.readWhole(keptBytes))
  return stream === null || bytes?.byteLength === 0 ? null : { bytes, stream }
}

/** A longer body is streamed, unless the method needs the whole body: then it is read, up to its limit. */
async function bytesToBuild(own: OwnBody, { type }: MethodDefinition): Promise<Result<Uint8Array | 'streamed' | null>> {
  if (own === null || own.bytes) return succeed(own && own.bytes)
  if (!readsBody(type)) return succeed('streamed')
  const whole = await own.stream.readWhole(mostSignedBytes)
  return whole ? succeed(whole) : tooLongToSign
}

const tooLongToSign = refuse(
  'request_too_large',
  'The authentication method of this instance signs the body or sends it twice, so a body may have at most 10 MB. Nothing was sent.',
)

async function requestFrom(
  actor: Actor,
  plan: CallPlan,
  input: EndpointRequest & { correlationId: string },
  own: OwnBody,
): Promise<Result<LoadedCall>> {
  const { endpoint } = plan
  const bytes = await bytesToBuild(own, plan.credentials.method)
  if (!bytes.ok) return bytes
  const content = input.content && callerContentOf(input.content.headers, bytes.value)
  const { endpointId, flowId, shapeId, correlationId } = input
  const given = input.isFromProgram ? valuesByKey(endpoint, input) : succeed(input)
  const credentials = withShapeValues(plan.credentials, new Map(Object.entries(given.ok ? given.value.values : {})))
  const { connector, method, values, confirmedOrigins } = credentials
  return succeed({
    ...{ plan, credentials, knownToken: plan.token },
    ...(bytes.value === 'streamed' && own && { body: own.stream }),
    timeoutMs: (input.timeoutSeconds ?? method.timeoutSeconds) * 1000,
    cause: causeOf(actor, endpoint.name, {
      endpointId,
      correlationId,
      ...(flowId && { flowId }),
      ...(shapeId && { shapeId }),
    }),
    build: (reserved) => {
      // Refused here, because a variable that an earlier plan does not have may exist by now.
      if (!given.ok) return given
      const filters = new Map(Object.entries(given.value.filters))
      return buildEndpointRequest({
        ...{ connector, method, endpoint, values, filters, reserved, signer, confirmedOrigins, content },
        page: input.page,
        ...(input.isFromProgram && { flow: null }),
      })
    },
  })
}
