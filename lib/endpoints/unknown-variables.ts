import 'server-only'
import { unknownNames } from '@/lib/domain/templates/unknown-names'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import { variablesStoredByMethods } from './named-variables'

/**
 * The unknown names in the templates of endpoints, by endpoint ID. The number of queries does not depend on the number
 * of endpoints.
 */
export async function unknownVariablesOf(
  client: WorkspaceDb | WorkspaceTransaction,
  connectorId: string,
  endpointIds: string[],
): Promise<Map<string, string[]>> {
  const db = client as WorkspaceDb
  const output = { contains: '{{' }
  const [endpoints, parameters, variables, kept] = await Promise.all([
    db.endpoint.findMany({
      where: { id: { in: endpointIds }, OR: [{ url: output }, { body: output }] },
      select: { id: true, url: true, body: true },
    }),
    db.parameter.findMany({
      where: { endpointId: { in: endpointIds }, value: output },
      select: { endpointId: true, value: true },
    }),
    db.variable.findMany({
      where: { connectorId, OR: [{ level: { in: ['connector', 'method'] } }, { endpointId: { in: endpointIds } }] },
      select: { key: true, endpointId: true },
    }),
    variablesStoredByMethods(db, connectorId),
  ])
  const texts = [
    ...endpoints.flatMap(({ id, url, body }) => [url, body].map((text) => ({ id, text }))),
    ...parameters.map(({ endpointId, value }) => ({ id: endpointId, text: value })),
  ]
  const unknownIn = (endpointId: string): string[] => {
    const own = variables.filter((variable) => variable.endpointId === null || variable.endpointId === endpointId)
    const known = new Set([...own, ...kept].map(({ key }) => key))
    return unknownNames(
      texts.filter(({ id }) => id === endpointId).map(({ text }) => text),
      known,
    )
  }
  return new Map(endpointIds.map((id) => [id, unknownIn(id)]))
}
