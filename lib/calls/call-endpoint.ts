import 'server-only'
import { signer } from '@/lib/platform/crypto/signer'
import { workspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { newId } from '@/lib/platform/db/new-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { acceptsInstance } from '@/lib/enablement/accepts-instance'
import { loadCredentials, withShapeValues } from '@/lib/credentials/credentials'
import { reportExchange, type ExchangeReport } from './report-exchange'
import { loadEndpoint } from '@/lib/credentials/load-definitions'
import { rememberBriefly } from './remember-briefly'
import { causeOf } from '@/lib/exchange/request-context'
import { sendWithToken, type Loaded } from './send-with-token'

export type EndpointRequest = {
  instanceId: string
  endpointId: string
  /** Of the connection shape, by variable id. */
  values: Record<string, string>
  /** Of optional parameters, by parameter id. */
  filters: Record<string, string>
  timeoutSeconds?: number
  flowId?: string
  shapeId?: string
  correlationId?: string
}

/**
 * Calls one endpoint with one instance: the one path for *Run this shape* and for runs. Whether the endpoint accepts
 * the instance is asked of the database each time, before anything is sent (rule R3).
 */
export async function sendEndpointRequest(actor: Actor, input: EndpointRequest): Promise<Result<ExchangeReport>> {
  const allowed = permit(actor, 'run')
  if (!allowed.ok) return allowed
  const correlationId = input.correlationId ?? newId()
  const sent = await sendWithToken({
    purpose: 'endpoint',
    load: rememberBriefly(() => loadRequest(actor, { ...input, correlationId })),
  })
  if (!sent.ok) return { ok: false, error: sent.error.refusal }
  const { outcome, from } = sent.value
  return outcome.ok ? succeed(reportExchange(sent.value, outcome, from.endpoint, correlationId)) : outcome
}

async function loadRequest(
  actor: Actor,
  input: EndpointRequest & { correlationId: string },
): Promise<Result<Loaded & { endpoint: EndpointDefinition }>> {
  const { endpointId, flowId, shapeId, correlationId } = input
  const available = await checkAvailable(actor, input)
  if (!available.ok) return available
  const [loaded, endpoint] = await Promise.all([
    loadCredentials(actor.workspaceId, input.instanceId),
    loadEndpoint(actor.workspaceId, endpointId),
  ])
  if (!loaded.ok) return loaded
  if (!endpoint) return endpointNotFound()
  const credentials = withShapeValues(loaded.value, endpoint, new Map(Object.entries(input.values)))
  const { connector, method, values, confirmedOrigins } = credentials
  const filters = new Map(Object.entries(input.filters))
  return succeed({
    ...{ endpoint, credentials, timeoutMs: (input.timeoutSeconds ?? method.timeoutSeconds) * 1000 },
    cause: causeOf(actor, endpoint.name, {
      endpointId,
      correlationId,
      ...(flowId && { flowId }),
      ...(shapeId && { shapeId }),
    }),
    build: (reserved) =>
      buildEndpointRequest({ connector, method, endpoint, values, filters, reserved, signer, confirmedOrigins }),
  })
}

function endpointNotFound() {
  return refuse('not_found', 'This endpoint does not exist in your workspace; it may have been deleted.')
}

async function checkAvailable(actor: Actor, { instanceId, endpointId }: EndpointRequest): Promise<Result<null>> {
  if (!isId(instanceId))
    return refuse('not_found', 'This instance does not exist in your workspace; it may have been deleted.')
  if (!isId(endpointId)) return endpointNotFound()
  const db = workspaceDb(actor.workspaceId)
  const [instance, endpoint, accepts] = await Promise.all([
    db.instance.findFirst({ where: { id: instanceId }, select: { name: true } }),
    db.endpoint.findFirst({ where: { id: endpointId }, select: { name: true } }),
    acceptsInstance(db, endpointId, instanceId),
  ])
  if (!instance) return refuse('not_found', 'This instance does not exist in your workspace; it may have been deleted.')
  if (!endpoint) return endpointNotFound()
  if (accepts) return succeed(null)
  return refuse(
    'endpoint_not_available',
    `“${endpoint.name}” is no longer available for “${instance.name}”: its authentication method is not switched on for this endpoint. Nothing was sent.`,
  )
}
