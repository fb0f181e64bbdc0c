import { listPendingOrigins } from '@/lib/connectors/origins/list-pending-origins'
import { succeed } from '@/lib/domain/result'
import { applyMatrix } from '@/lib/enablement/apply-matrix'
import { getMatrix } from '@/lib/enablement/get-matrix'
import { listMethodSwitches } from '@/lib/enablement/list-method-switches'
import { planMatrix } from '@/lib/enablement/plan-matrix'
import { setEnablement } from '@/lib/enablement/set-enablement'
import { cloneEndpoint } from '@/lib/endpoints/clone-endpoint'
import { createEndpoint } from '@/lib/endpoints/create-endpoint'
import { createEndpoints } from '@/lib/endpoints/create-endpoints'
import { deleteEndpoint } from '@/lib/endpoints/delete-endpoint'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { getEndpointSchemas } from '@/lib/endpoints/get-endpoint-schemas'
import { listEndpoints } from '@/lib/endpoints/list-endpoints'
import { listEntityTypes } from '@/lib/endpoints/list-entity-types'
import { saveEndpoint } from '@/lib/endpoints/save-endpoint'
import { act, change, create, createSeveral, list, read, remove, resource, type JsonObject } from '../route'

const endpoints = '/connectors/{connectorId}/endpoints'
const endpoint = resource(`${endpoints}/{endpointId}`, getEndpoint)

/** Without what only the parameters of a method have. */
function savedFields(view: JsonObject): JsonObject {
  const { name, entityType, direction, httpMethod, url, bodyFormat, body, dataPath, ...others } = view
  const { deprecated, description, scopes, pagination } = others
  const parameters = (view.parameters as JsonObject[]).map(({ phases: _, steps: __, ...parameter }) => parameter)
  return {
    ...{ name, entityType, direction, httpMethod, url, bodyFormat, body, dataPath },
    ...{ deprecated, description, scopes, pagination },
    parameters,
  }
}

export const endpointRoutes = [
  list(endpoints, listEndpoints, 'List the endpoints of a connector'),
  create(endpoints, createEndpoint, endpoint, 'Create an endpoint'),
  createSeveral(`${endpoints}/bulk`, createEndpoints, 'Create several endpoints', {
    again: async (actor, endpointIds, { connectorId }) => {
      const pending = await listPendingOrigins(actor, { connectorId: connectorId! })
      if (!pending.ok) return pending
      const pendingOrigins = pending.value.map(({ origin }) => origin)
      return succeed({ created: endpointIds.length, endpointIds, pendingOrigins })
    },
  }),
  read(endpoint, 'Read an endpoint'),
  change(endpoint, saveEndpoint, 'Change an endpoint', { needsRevision: true, baseOf: savedFields }),
  remove(endpoint, deleteEndpoint, 'Delete an endpoint that no flow uses'),
  create(`${endpoint.path}/clone`, cloneEndpoint, endpoint, 'Clone an endpoint under another name'),
  list('/connectors/{connectorId}/entity-types', listEntityTypes, 'List the entity types of a connector'),

  list(`${endpoint.path}/schemas`, getEndpointSchemas, 'Read the JSON Schemas of an endpoint'),
  list(`${endpoint.path}/methods`, listMethodSwitches, 'List which authentication methods an endpoint accepts'),
  act(
    `${endpoint.path}/methods/{methodId}`,
    setEnablement,
    'Choose whether an endpoint accepts an authentication method',
    {
      method: 'PATCH',
    },
  ),
  list('/connectors/{connectorId}/enablements', getMatrix, 'Read which endpoints accept which authentication methods'),
  act(
    '/connectors/{connectorId}/enablements',
    applyMatrix,
    'Change which endpoints accept which authentication methods',
  ),
  act(
    '/connectors/{connectorId}/enablements/preview',
    planMatrix,
    'Read which flows a change of enablements would break',
  ),
]
