import 'server-only'
import type { WorkspaceDb } from '@/lib/platform/db/client'
import { succeed } from '@/lib/domain/result'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { acceptsInstance } from '@/lib/enablement/accepts-instance'
import { listOfferedEndpoints } from '@/lib/enablement/list-offered-endpoints'
import { endpointFieldRows, endpointFieldsOf } from './endpoint-fields'
import { type ChosenEndpoint, shapeSettings } from './shape-views'
import { operation } from '@/lib/operations/operation'
import { shapeSettingsSchema } from './shape-schema'
import { shapeNotFound, optionColumns, optionOf } from './instance-options'

/**
 * A shape's settings, with the saved instance and endpoint or with those that are being chosen. A choice that does not
 * exist in the workspace is ignored.
 */
export const getShapeSettings = operation({
  name: 'get_shape_settings',
  permission: 'see',
  input: shapeSettingsSchema,
  output: shapeSettings,
  run: async ({ actor, db }, { flowId, shapeId, choice = {} }) => {
    const shape = await db.shape.findFirst({
      where: { id: shapeId, flowVersion: { flowId, state: 'draft' } },
      include: {
        instance: { select: { name: true } },
        endpoint: { select: { name: true } },
        flowVersion: { select: { revision: true } },
      },
    })
    if (!shape) return shapeNotFound
    const instanceId = choice.instanceId ?? shape.instanceId
    const endpointId =
      choice.endpointId ??
      (choice.instanceId === undefined || choice.instanceId === shape.instanceId ? shape.endpointId : null)
    const row = instanceId ? await db.instance.findFirst({ where: { id: instanceId }, select: optionColumns }) : null
    const [offered, endpoint] = await Promise.all([
      row ? listOfferedEndpoints(actor, { instanceId: row.id }) : null,
      row && endpointId ? chosenEndpoint(db, shapeId, row, endpointId) : null,
    ])
    return succeed({
      id: shape.id,
      flowId,
      revision: shape.flowVersion.revision,
      name: shape.name,
      timeoutSeconds: shape.timeoutSeconds,
      saved: {
        ...{ instanceId: shape.instanceId, instanceName: shape.instance?.name ?? null },
        ...{ endpointId: shape.endpointId, endpointName: shape.endpoint?.name ?? null },
      },
      instance: row ? optionOf(row) : null,
      endpoint,
      offered: offered?.ok ? offered.value : null,
      offeredRefusal: offered && !offered.ok ? offered.error.message : null,
      defaultTimeoutSeconds: row?.method.timeoutSeconds ?? null,
    })
  },
})

async function chosenEndpoint(
  db: WorkspaceDb,
  shapeId: string,
  instance: { id: string; connectorId: string },
  endpointId: string,
): Promise<ChosenEndpoint | null> {
  const [endpoint, values, available] = await Promise.all([
    db.endpoint.findFirst({
      where: { id: endpointId, connectorId: instance.connectorId },
      include: endpointFieldRows,
    }),
    db.shapeValue.findMany({ where: { shapeId }, select: { variableId: true, parameterId: true, value: true } }),
    acceptsInstance(db, endpointId, instance.id),
  ])
  if (!endpoint) return null
  const { id, name, entityType, url } = endpoint
  return {
    ...{ id, name, entityType, url, available, httpMethod: endpoint.httpMethod as HttpMethod },
    ...endpointFieldsOf(endpoint, values),
  }
}
