import 'server-only'
import { notFound } from '@/lib/domain/refusals'
import { succeed } from '@/lib/domain/result'
import { operation } from '@/lib/operations/operation'
import { ofConnector, parameterDefinition } from '@/lib/platform/db/read-definition'
import { endpointFieldsOf } from './fields'
import { flowsUsing } from './flows-using'
import { namedVariables } from './named-variables'
import { endpointIdsSchema } from './schema'
import { endpointDetail } from './views'

const byPosition = { orderBy: [{ position: 'asc' as const }, { id: 'asc' as const }] }

/** Everything that *Endpoint details* and *Endpoint setup* show, and the flows that use the endpoint. */
export const getEndpoint = operation({
  name: 'get_endpoint',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: endpointIdsSchema,
  output: endpointDetail,
  run: async ({ db }, { connectorId, endpointId }) => {
    const endpoint = await db.endpoint.findFirst({
      where: { id: endpointId, connectorId },
      include: {
        connector: { select: { name: true, baseUrl: true, parameters: { where: ofConnector, ...byPosition } } },
        parameters: byPosition,
      },
    })
    if (!endpoint) return notFound('endpoint')
    return succeed({
      ...endpointFieldsOf(endpoint),
      id: endpoint.id,
      key: endpoint.key,
      connectorId,
      connectorName: endpoint.connector.name,
      baseUrl: endpoint.connector.baseUrl,
      revision: endpoint.revision,
      parameters: endpoint.parameters.map(parameterDefinition),
      sharedParameters: endpoint.connector.parameters.map(parameterDefinition),
      namedVariables: await namedVariables(db, connectorId, endpointId),
      usedBy: await flowsUsing(db, endpointId),
      updatedAt: endpoint.updatedAt.toISOString(),
    })
  },
})
