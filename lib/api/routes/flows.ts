import { addShape } from '@/lib/flows/add-shape'
import { createFlow } from '@/lib/flows/create-flow'
import { deleteFlow } from '@/lib/flows/delete-flow'
import { getFlow } from '@/lib/flows/get-flow'
import { getShapeSettings } from '@/lib/flows/get-shape-settings'
import { listFlows } from '@/lib/flows/list-flows'
import { moveShape } from '@/lib/flows/move-shape'
import { removeShape } from '@/lib/flows/remove-shape'
import { reorderShape } from '@/lib/flows/reorder-shape'
import { runShape } from '@/lib/flows/run-shape'
import { saveShape } from '@/lib/flows/save-shape'
import { updateFlow } from '@/lib/flows/update-flow'
import { act, change, create, list, read, remove, resource, type JsonObject } from '../route'

const flow = resource('/flows/{flowId}', getFlow)
const shape = resource('/flows/{flowId}/shapes/{shapeId}', getShapeSettings)
/** For a form that is being filled in. */
const hides = ['choice']

/** Values that are not sent are kept; the filters are those that are set. */
function shapeOf({ name, timeoutSeconds, saved, endpoint }: JsonObject): JsonObject {
  const { instanceId, endpointId } = saved as JsonObject
  const { filters = [] } = (endpoint ?? {}) as { filters?: { definition: { id: string }; value: string | null }[] }
  const set = filters.flatMap(({ definition, value }) =>
    value === null ? [] : [{ parameterId: definition.id, value }],
  )
  return { name, timeoutSeconds, instanceId, endpointId, values: [], filters: set }
}

export const flowRoutes = [
  list('/flows', listFlows, 'List flows'),
  create('/flows', createFlow, flow, 'Create a flow', { defaults: { description: '' } }),
  read(flow, 'Read a flow and its shapes'),
  change(flow, updateFlow, 'Change the name and description of a flow', { needsRevision: true }),
  remove(flow, deleteFlow, 'Delete a flow'),
  create('/flows/{flowId}/shapes', addShape, shape, 'Add a connection shape', {
    needsRevision: true,
    defaults: { x: 0, y: 0 },
  }),
  read(shape, 'Read a shape', { hides }),
  change(shape, saveShape, 'Change a shape', { needsRevision: true, baseOf: shapeOf }),
  remove(shape, removeShape, 'Remove a shape', { needsRevision: true }),
  act(`${shape.path}/position`, moveShape, 'Move a shape on the canvas', { method: 'PATCH' }),
  act(`${shape.path}/order`, reorderShape, 'Move a shape behind another one, or behind the trigger', {
    needsRevision: true,
  }),
  act(`${shape.path}/run`, runShape, 'Run a shape and read the report, with secrets redacted'),
]
