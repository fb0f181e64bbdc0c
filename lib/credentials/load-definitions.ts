import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import type { Connector, Parameter, Variable, VariableUse } from '@/lib/platform/db/generated/client'
import {
  endpointDefinition,
  ofConnector,
  parameterDefinition,
  phaseDefinition,
  storedOptions,
  variableDefinition,
} from '@/lib/platform/db/read-definition'
import { removedFilledVariables } from '@/lib/domain/authentication/needs-person'
import type { ConnectorDefinition, EndpointDefinition, VariableDefinition } from '@/lib/domain/definitions'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'

/**
 * Definitions, as the rules use them. They are read for every request, so that a saved change takes effect immediately
 * in every process (rule R9).
 */

const byPosition = { orderBy: [{ position: 'asc' as const }, { id: 'asc' as const }] }

type RateLimitColumns = Pick<Connector, 'rateLimitAmount' | 'rateLimitUnit'>

export type LoadedMethod = {
  connector: ConnectorDefinition
  method: MethodDefinition
  defaultRateLimit: RateLimitColumns
}

/** A method with its connector; null if the workspace has no method with this id. */
export async function loadMethod(workspaceId: string, methodId: string): Promise<LoadedMethod | null> {
  const row = await workspaceDb(workspaceId).authenticationMethod.findUnique({
    where: { workspaceId, id: methodId },
    include: {
      variables: byPosition,
      parameters: byPosition,
      phases: { orderBy: [{ kind: 'asc' }, { step: 'asc' }] },
      uses: { orderBy: { position: 'asc' }, include: { variable: true } },
      connector: {
        include: {
          variables: { where: { level: 'connector' }, ...byPosition },
          parameters: { where: ofConnector, ...byPosition },
        },
      },
    },
  })
  if (!row) return null
  const method: MethodDefinition = {
    id: row.id,
    key: row.key,
    name: row.name,
    type: row.type,
    timeoutSeconds: row.timeoutSeconds,
    revision: row.revision,
    options: storedOptions(row),
    variables: [...row.variables.map(variableDefinition), ...row.uses.map(usedVariable)],
    parameters: row.parameters.map(parameterDefinition),
    phases: row.phases.map(phaseDefinition),
  }
  const { rateLimitAmount, rateLimitUnit } = row.connector
  return {
    connector: connectorDefinition(row.connector),
    method: { ...method, variables: [...method.variables, ...removedFilledVariables(method)] },
    defaultRateLimit: { rateLimitAmount, rateLimitUnit },
  }
}

/** *Use*: the connector's variable with the method's own flags. */
function usedVariable({
  variable,
  required,
  configurable,
  advanced,
}: VariableUse & { variable: Variable }): VariableDefinition {
  return { ...variableDefinition(variable), required, configurable, advanced }
}

type ConnectorRow = Pick<Connector, 'id' | 'name' | 'baseUrl' | 'allowedHosts'> & {
  variables: Variable[]
  parameters: Parameter[]
}

function connectorDefinition({ id, name, baseUrl, allowedHosts, ...rows }: ConnectorRow): ConnectorDefinition {
  const variables = rows.variables.map(variableDefinition)
  return { id, name, baseUrl, allowedHosts, variables, parameters: rows.parameters.map(parameterDefinition) }
}

/** Null if the workspace has no endpoint with this id. */
export async function loadEndpoint(workspaceId: string, endpointId: string): Promise<EndpointDefinition | null> {
  const row = await workspaceDb(workspaceId).endpoint.findUnique({
    where: { workspaceId, id: endpointId },
    include: { variables: byPosition, parameters: byPosition },
  })
  return row && endpointDefinition(row)
}
