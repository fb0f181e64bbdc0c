import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { parameterDefinition, variableDefinition } from '@/lib/platform/db/read-definition'
import { permit, type Actor } from '@/lib/domain/access/actor'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { compareTestEndpoints, testUrlOf } from '@/lib/domain/requests/test-endpoints'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import type { MethodEndpoints } from './views'

/** Enough to choose from; a connector may have thousands. */
const mostLookedAt = 300
const mostOffered = 12

const readable = (connectorId: string) => ({ connectorId, httpMethod: 'GET', deprecated: false })
const asListed = [{ entityType: 'asc' as const }, { foldedName: 'asc' as const }, { id: 'asc' as const }]

/**
 * What a connector's endpoints give its methods: test requests to choose from, and one to show in the picture, best one
 * that accepts the method.
 */
export async function getMethodEndpoints(
  actor: Actor,
  connectorId: string,
  methodId?: string,
): Promise<Result<MethodEndpoints>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(connectorId))
    return refuse('not_found', 'This connector does not exist in your workspace; it may have been deleted.')
  const db = workspaceDb(actor.workspaceId)
  const rows = await db.endpoint.findMany({
    where: readable(connectorId),
    orderBy: asListed,
    take: mostLookedAt,
    include: { variables: { orderBy: { position: 'asc' } }, parameters: { orderBy: { position: 'asc' } } },
  })
  const endpoints: EndpointDefinition[] = rows.map(
    ({ id, key, name, entityType, direction, httpMethod, url, bodyFormat, body, dataPath, variables, parameters }) => ({
      ...{ id, key, name, entityType, direction, url, bodyFormat, body, dataPath },
      httpMethod: httpMethod as HttpMethod,
      variables: variables.map(variableDefinition),
      parameters: parameters.map(parameterDefinition),
    }),
  )
  const ofMethod = { ...readable(connectorId), enablements: { some: { methodId } } }
  const accepting = isId(methodId ?? '')
    ? await db.endpoint.findFirst({ where: ofMethod, orderBy: asListed, select: { id: true } })
    : null
  const offered = endpoints.flatMap((endpoint) => {
    const url = testUrlOf(endpoint)
    return url === null ? [] : [{ id: endpoint.id, name: endpoint.name, url }]
  })
  return succeed({
    testEndpoints: offered.sort(compareTestEndpoints).slice(0, mostOffered),
    sampleEndpoint: endpoints.find(({ id }) => id === accepting?.id) ?? endpoints[0] ?? null,
  })
}
