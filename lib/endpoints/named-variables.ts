import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { AuthenticationMethod, AuthenticationPhase } from '@/lib/platform/db/generated/client'
import { phaseDefinition, storedOptions } from '@/lib/platform/db/read-definition'
import type { NamedVariable } from './views'

/**
 * What the templates of an endpoint may name: its own variables, those of every method of the connector (which one
 * applies depends on the instance), the connector's, and what methods keep of token answers.
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
  return nearestOnly([...named, ...(await keptVariables(db, connectorId))])
}

/** Options of a method say which values of a token response, or of the callback, are stored under which name. */
export async function keptVariables(db: WorkspaceDb, connectorId: string): Promise<NamedVariable[]> {
  const methods = await db.authenticationMethod.findMany({ where: { connectorId }, select: keepingFields })
  return methods.flatMap(keptVariablesOf)
}

type KeepingMethod = Pick<AuthenticationMethod, 'name' | 'type' | 'options'> & { phases: AuthenticationPhase[] }

export const keepingFields = { name: true, type: true, options: true, phases: true } as const

export function keptVariablesOf(method: KeepingMethod): NamedVariable[] {
  const { kept, keptFromCallback } = storedOptions(method)
  return [...kept, ...keptFromCallback, ...method.phases.flatMap((phase) => phaseDefinition(phase).extract ?? [])].map(
    ({ variable }) => ({ key: variable, label: 'Stored from a response', secret: false, origin: method.name }),
  )
}

/** Of several variables with one key the first. */
export function nearestOnly(variables: NamedVariable[]): NamedVariable[] {
  const byKey = new Map<string, NamedVariable>()
  for (const variable of variables) if (!byKey.has(variable.key)) byKey.set(variable.key, variable)
  return [...byKey.values()]
}
