import 'server-only'
import { endpointDefinition } from '@/lib/platform/db/read-definition'
import { succeed } from '@/lib/domain/result'
import { compareTestEndpoints, testUrlOf } from '@/lib/domain/requests/test-endpoints'
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
    const endpoints = rows.map(endpointDefinition)
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
