import 'server-only'
import { parameterDefinition, variableDefinition } from '@/lib/platform/db/read-definition'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import { succeed } from '@/lib/domain/result'
import { compareTestEndpoints, testUrlOf } from '@/lib/domain/requests/test-endpoints'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import { z } from 'zod'
import { operation } from '@/lib/operations/operation'
import { idOf, idToFind } from '@/lib/operations/input'
import { methodEndpoints } from './views'

/** Enough to choose from, since a connector may have thousands. */
const mostRead = 300

const mostOffered = 12

const readable = (connectorId: string) => ({ connectorId, httpMethod: 'GET', deprecated: false })

const asListed = [{ entityType: 'asc' as const }, { foldedName: 'asc' as const }, { id: 'asc' as const }]

/**
 * The endpoints that a connector's methods can use: suggested test requests, and one for the preview, preferably one
 * that accepts the method.
 */
export const getMethodEndpoints = operation({
  name: 'get_method_endpoints',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: z.strictObject({ connectorId: idOf('connector'), methodId: idToFind.optional() }),
  output: methodEndpoints,
  run: async ({ db }, { connectorId, methodId }) => {
    const rows = await db.endpoint.findMany({
      where: readable(connectorId),
      orderBy: asListed,
      take: mostRead,
      include: { variables: { orderBy: { position: 'asc' } }, parameters: { orderBy: { position: 'asc' } } },
    })
    const endpoints: EndpointDefinition[] = rows.map(
      ({
        id,
        key,
        name,
        entityType,
        direction,
        httpMethod,
        url,
        bodyFormat,
        body,
        dataPath,
        variables,
        parameters,
      }) => ({
        ...{ id, key, name, entityType, direction, url, bodyFormat, body, dataPath },
        httpMethod: httpMethod as HttpMethod,
        variables: variables.map(variableDefinition),
        parameters: parameters.map(parameterDefinition),
      }),
    )
    const ofMethod = { ...readable(connectorId), enablements: { some: { methodId } } }
    const accepting =
      methodId === undefined
        ? null
        : await db.endpoint.findFirst({ where: ofMethod, orderBy: asListed, select: { id: true } })
    const offered = endpoints.flatMap((endpoint) => {
      const url = testUrlOf(endpoint)
      return url === null ? [] : [{ id: endpoint.id, name: endpoint.name, url }]
    })
    return succeed({
      testEndpoints: offered.sort(compareTestEndpoints).slice(0, mostOffered),
      sampleEndpoint: endpoints.find(({ id }) => id === accepting?.id) ?? endpoints[0] ?? null,
    })
  },
})
