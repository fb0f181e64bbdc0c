import 'server-only'
import { workspaceDb } from '@/lib/db/client'
import { isId } from '@/lib/db/is-id'
import { parameterDefinition, variableDefinition } from '@/lib/db/read-definition'
import { permit, type Actor } from '@/lib/domain/actor'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { compareTestEndpoints, testUrlOf } from '@/lib/domain/test-endpoints'
import type { HttpMethod } from '@/lib/domain/vocabulary'
import type { MethodEndpoints } from './views'

/** Enough to choose from; a connector may have thousands. */
const mostLookedAt = 300
const mostOffered = 12

/** What a connector's endpoints give its methods: test requests to choose from, and one to show in the picture. */
export async function getMethodEndpoints(actor: Actor, connectorId: string): Promise<Result<MethodEndpoints>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(connectorId)) return refuse('not_found', 'This connector does not exist in your workspace; it may have been deleted.')
  const rows = await workspaceDb(actor.workspaceId).endpoint.findMany({
    where: { connectorId, httpMethod: 'GET', deprecated: false },
    orderBy: [{ entityType: 'asc' }, { foldedName: 'asc' }, { id: 'asc' }],
    take: mostLookedAt,
    include: { variables: { orderBy: { position: 'asc' } }, parameters: { orderBy: { position: 'asc' } } },
  })
  const endpoints: EndpointDefinition[] = rows.map(({ id, key, name, entityType, direction, httpMethod, url, bodyFormat, body, dataPath, variables, parameters }) => ({
    ...{ id, key, name, entityType, direction, url, bodyFormat, body, dataPath },
    httpMethod: httpMethod as HttpMethod,
    variables: variables.map(variableDefinition),
    parameters: parameters.map(parameterDefinition),
  }))
  const offered = endpoints.flatMap((endpoint) => {
    const url = testUrlOf(endpoint)
    return url === null ? [] : [{ id: endpoint.id, name: endpoint.name, url }]
  })
  return succeed({ testEndpoints: offered.sort(compareTestEndpoints).slice(0, mostOffered), sampleEndpoint: endpoints[0] ?? null })
}
