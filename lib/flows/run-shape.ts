import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { refuse, type Result } from '@/lib/domain/result'
import { callEndpoint } from '@/lib/calls/call-endpoint'
import { reportExchange, type ExchangeReport } from '@/lib/calls/report-exchange'
import { openShapeValues } from '@/lib/credentials/open-shape-values'
import { flushRequestLog } from '@/lib/request-log/record'
import { shapeNotFound } from './shape-queries'

/** *Run this shape*: sends the real request with what is saved, through the same path as every run. */
export async function runShape(
  actor: Actor,
  input: { flowId: string; shapeId: string },
): Promise<Result<ExchangeReport>> {
  const allowed = permit(actor, 'run')
  if (!allowed.ok) return allowed
  if (!isId(input.flowId) || !isId(input.shapeId)) return shapeNotFound
  const { flowId, shapeId } = input
  const shape = await workspaceDb(actor.workspaceId).shape.findFirst({
    where: { id: shapeId, flowVersion: { flowId, state: 'draft' } },
    select: { instanceId: true, endpointId: true, timeoutSeconds: true },
  })
  if (!shape) return shapeNotFound
  const { instanceId, endpointId, timeoutSeconds } = shape
  if (!instanceId || !endpointId)
    return refuse('invalid_input', 'Choose an instance and an endpoint, and save the shape before you run it.')
  const { values, filters } = await openShapeValues(actor.workspaceId, shapeId)
  const called = await callEndpoint(actor, {
    instanceId,
    endpointId,
    values,
    filters,
    flowId,
    shapeId,
    ...(timeoutSeconds !== null && { timeoutSeconds }),
  })
  const report = called.ok ? await reportExchange(called.value) : called
  // The report links to its line in the log, which a click must find.
  await flushRequestLog()
  return report
}
