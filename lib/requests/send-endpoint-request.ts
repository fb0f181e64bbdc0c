import 'server-only'
import { workspaceDb } from '@/lib/db/client'
import { isId } from '@/lib/db/is-id'
import { permit, type Actor } from '@/lib/domain/actor'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { acceptsInstance } from '@/lib/enablement/queries'
import { loadCredentials, withShapeValues } from './credentials'
import { reportExchange, type ExchangeReport } from './exchange-report'
import { loadEndpoint } from './load-definitions'
import { causeOf } from './request-context'
import { sendWithToken } from './send-with-token'

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
  const available = await checkAvailable(actor, input)
  if (!available.ok) return available
  const [loaded, endpoint] = await Promise.all([loadCredentials(actor.workspaceId, input.instanceId), loadEndpoint(actor.workspaceId, input.endpointId)])
  if (!loaded.ok) return loaded
  if (!endpoint) return endpointNotFound()
  const credentials = withShapeValues(loaded.value, endpoint, new Map(Object.entries(input.values)))
  const { connector, method, values, confirmedOrigins } = credentials
  const { endpointId, flowId, shapeId, correlationId } = input
  const cause = causeOf(actor, endpoint.name, { endpointId, ...(flowId && { flowId }), ...(shapeId && { shapeId }), ...(correlationId && { correlationId }) })
  const filters = new Map(Object.entries(input.filters))
  const sent = await sendWithToken({
    ...{ credentials, cause, purpose: 'endpoint', timeoutMs: (input.timeoutSeconds ?? method.timeoutSeconds) * 1000 },
    build: (reserved) => buildEndpointRequest({ connector, method, endpoint, values, filters, reserved, confirmedOrigins }),
  })
  if (!sent.ok) return { ok: false, error: sent.error.refusal }
  if (!sent.value.outcome.ok) return sent.value.outcome
  return succeed(reportExchange(sent.value, sent.value.outcome, endpoint, cause.correlationId))
}

function endpointNotFound() {
  return refuse('not_found', 'This endpoint does not exist in your workspace; it may have been deleted.')
}

async function checkAvailable(actor: Actor, { instanceId, endpointId }: EndpointRequest): Promise<Result<null>> {
  if (!isId(instanceId)) return refuse('not_found', 'This instance does not exist in your workspace; it may have been deleted.')
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
