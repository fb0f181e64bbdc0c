import 'server-only'
import { refuse } from '@/lib/domain/result'
import { openShapeValues } from '@/lib/credentials/open-shape-values'
import { callEndpoint } from '@/lib/calls/call-endpoint'
import { shapeNotFound } from './instance-options'
import { operation } from '@/lib/operations/operation'
import { runShapeSchema } from './shape-schema'
import { exchangeReport } from '@/lib/calls/exchange-report'
import { reportExchange } from '@/lib/calls/report-exchange'
import { flushRequestLog } from '@/lib/request-log/record'

/** *Run this shape*: sends the real request with the saved settings, in the same way as every run. */
export const runShape = operation({
  name: 'run_shape',
  permission: 'run',
  input: runShapeSchema,
  output: exchangeReport,
  run: async ({ actor, db }, input) => {
    const { flowId, shapeId } = input
    const shape = await db.shape.findFirst({
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
      readsWhole: true,
      ...(timeoutSeconds !== null && { timeoutSeconds }),
    })
    const report = called.ok ? await reportExchange(called.value) : called
    // The report links to its line in the log, which a click must find.
    await flushRequestLog()
    return report
  },
})
