import 'server-only'
import type { Readable } from 'node:stream'
import { signer } from '@/lib/platform/crypto/signer'
import { newId } from '@/lib/platform/db/new-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import type { CredentialVerdict } from '@/lib/domain/authentication/credential-verdict'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import { withShapeValues } from '@/lib/credentials/credentials'
import { causeOf } from '@/lib/exchange/request-context'
import type { RawResponse } from '@/lib/platform/http/send-raw'
import type { Timing } from '@/lib/platform/http/trace'
import { callPlan, checkPlan, type CallPlan } from './call-plans'
import { noteHealth } from './note-health'
import { sendWithToken, type Sent } from './send-with-token'
import type { Loaded } from './types'

export type EndpointRequest = {
  instanceId: string
  endpointId: string
  /** Of the connection shape, by variable id. */
  values: Record<string, string>
  /** Of optional parameters, by parameter id. */
  filters: Record<string, string>
  timeoutSeconds?: number
  /** More than this ends the body with a failure. */
  maxResponseBytes?: number
  /** For `reportExchange`: what goes wrong while the answer is read belongs in its line of the request log. */
  readsWhole?: boolean
  flowId?: string
  shapeId?: string
  correlationId?: string
}

/** The response as it is: nothing in it is read, decompressed or redacted (DATA §13). */
export type EndpointResponse = {
  status: number
  /** As they came. */
  headers: [name: string, value: string][]
  /** The bytes as they come. Reading them too slowly, or not at all, ends with the request's time limit. */
  body: Readable
  /** An error of the body, in words for people. */
  explain: (error: unknown) => Refusal
  attempts: number
  /** For its turn under the limits of the instance. */
  waitedMs: number
  timing: () => Timing
  correlationId: string
  /** What it says about the credentials (PRODUCT §11). */
  verdict: CredentialVerdict
  /** The body is over, and the line of the request log recorded. */
  ended: Promise<void>
  /** What `reportExchange` makes a report from; full of secrets. */
  sent: SentCall
}

type LoadedCall = Loaded & { plan: CallPlan }
export type SentCall = Omit<Sent<LoadedCall>, 'outcome'> & { outcome: RawResponse }

/**
 * `not_sent`: no byte of the request left, so it may be sent again. `unknown`: the third party may have acted on it.
 */
export type CallFailure = Refusal & { delivery: 'not_sent' | 'unknown' }

/**
 * Calls one endpoint with one instance: the one path for *Run this shape*, runs and programs. What the request is made
 * from is remembered; whether it still holds, and whether the actor still may, is one query directly before the request
 * leaves (rules R3 and R9).
 */
export async function callEndpoint(
  actor: Actor,
  input: EndpointRequest,
): Promise<Result<EndpointResponse, CallFailure>> {
  const allowed = permit(actor, 'run')
  if (!allowed.ok) return notSent(allowed.error)
  const { correlationId = newId(), maxResponseBytes, readsWhole } = input
  let asOfNow = false
  const sent = await sendWithToken({
    purpose: 'endpoint',
    maxResponseBytes,
    readsWhole,
    load: async (fresh) => {
      // What is remembered is checked before it leaves; what waits for its turn is compared each time.
      const plan = await callPlan(allowed.value, input, asOfNow || fresh === true)
      asOfNow = true
      return plan.ok ? succeed(requestFrom(actor, plan.value, { ...input, correlationId })) : plan
    },
    clearance: ({ plan }) => checkPlan(allowed.value, input, plan),
  })
  if (!sent.ok) return notSent(sent.error.refusal)
  const { attempts, waitedMs, ended } = sent.value
  const { outcome, verdict } = await noteHealth(sent.value)
  if (!outcome.ok) return failed(outcome.error, outcome.delivery === 'unknown' ? 'unknown' : 'not_sent')
  const { status, headers, body, timing, explain } = outcome
  return succeed({
    ...{ status, headers, body, explain, attempts, waitedMs, timing, correlationId, ended },
    verdict,
    sent: { ...sent.value, outcome },
  })
}

function notSent(refusal: Refusal) {
  return failed(refusal, 'not_sent')
}

function failed(refusal: Refusal, delivery: CallFailure['delivery']): { ok: false; error: CallFailure } {
  return { ok: false, error: { ...refusal, delivery } }
}

function requestFrom(actor: Actor, plan: CallPlan, input: EndpointRequest & { correlationId: string }): LoadedCall {
  const { endpoint } = plan
  const { endpointId, flowId, shapeId, correlationId } = input
  const credentials = withShapeValues(plan.credentials, new Map(Object.entries(input.values)))
  const { connector, method, values, confirmedOrigins } = credentials
  const filters = new Map(Object.entries(input.filters))
  return {
    ...{ plan, credentials, knownToken: plan.token },
    timeoutMs: (input.timeoutSeconds ?? method.timeoutSeconds) * 1000,
    cause: causeOf(actor, endpoint.name, {
      endpointId,
      correlationId,
      ...(flowId && { flowId }),
      ...(shapeId && { shapeId }),
    }),
    build: (reserved) =>
      buildEndpointRequest({ connector, method, endpoint, values, filters, reserved, signer, confirmedOrigins }),
  }
}
