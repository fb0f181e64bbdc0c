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
  /** The connection shape's values, by variable id. */
  values: Record<string, string>
  /** Values of optional parameters, by parameter id. */
  filters: Record<string, string>
  timeoutSeconds?: number
  /** A longer body ends with an error. */
  maxResponseBytes?: number
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
export type CallFailure = Refusal & { delivery: 'not_sent' | 'unknown' }

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
  const { correlationId = newId(), maxResponseBytes, readsWhole } = input
  let asOfNow = false
  const sent = await sendWithToken({
    purpose: 'endpoint',
    maxResponseBytes,
    readsWhole,
    load: async (fresh) => {
      // A cached plan is checked before the request is sent. While the request waits for its turn, every further read
      // compares the plan with the database.
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
