import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { AuthenticationMethod, AuthenticationPhase } from '@/lib/platform/db/generated/client'
import { phaseDefinition, storedOptions } from '@/lib/platform/db/read-definition'
import type { NamedVariable } from './views'

/**
 * The variables that the templates of an endpoint may use: its own, those of all methods of the connector (the instance
 * decides which method applies), those of the connector, and the values that methods store from responses.
 */
export async function namedVariables(
  client: WorkspaceDb | WorkspaceTransaction,
  connectorId: string,
  endpointId: string,
): Promise<NamedVariable[]> {
  const db = client as WorkspaceDb
  const variables = await db.variable.findMany({
    where: { connectorId, OR: [{ endpointId }, { level: { in: ['connector', 'method'] } }] },
    select: { key: true, displayName: true, secret: true, level: true, method: { select: { name: true } } },
    orderBy: [{ level: 'desc' }, { position: 'asc' }, { id: 'asc' }],
  })
  const named = variables.map(({ key, displayName, secret, level, method }) => ({
    key,
    label: displayName,
    secret,
    origin: method?.name ?? (level === 'endpoint' ? 'This endpoint' : 'Connector'),
  }))
  return nearestOnly([...named, ...(await variablesStoredByMethods(db, connectorId))])
}

/**
 * The values that methods store from token responses, callbacks and lookups, by the names under which they are stored.
 */
export async function variablesStoredByMethods(db: WorkspaceDb, connectorId: string): Promise<NamedVariable[]> {
  const methods = await db.authenticationMethod.findMany({ where: { connectorId }, select: storingMethodColumns })
  return methods.flatMap(variablesStoredBy)
}

type StoringMethod = Pick<AuthenticationMethod, 'name' | 'type' | 'options'> & { phases: AuthenticationPhase[] }

export const storingMethodColumns = { name: true, type: true, options: true, phases: true } as const

export function variablesStoredBy(method: StoringMethod): NamedVariable[] {
  const { kept, keptFromCallback } = storedOptions(method)
  return [...kept, ...keptFromCallback, ...method.phases.flatMap((phase) => phaseDefinition(phase).extract ?? [])].map(
    ({ variable }) => ({ key: variable, label: 'Stored from a response', secret: false, origin: method.name }),
  )
}

/** Of several variables with the same key, the first one. */
export function nearestOnly(variables: NamedVariable[]): NamedVariable[] {
  const byKey = new Map<string, NamedVariable>()
  for (const variable of variables) if (!byKey.has(variable.key)) byKey.set(variable.key, variable)
  return [...byKey.values()]
}
