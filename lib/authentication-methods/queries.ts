import 'server-only'
import { workspaceDb } from '@/lib/platform/db/client'
import { isId } from '@/lib/platform/db/is-id'
import { getConnector } from '@/lib/connectors/queries'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { filledVariablesOf } from '@/lib/domain/authentication/needs-person'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { isShown } from '@/lib/domain/variables/resolve-variables'
import { listConnectorVariableUses, listVariables } from '@/lib/variables/queries'
import { parameterDefinition, phaseDefinition } from '@/lib/platform/db/read-definition'
import { getMethodEndpoints } from './test-endpoints'
import type { MethodDetail, MethodSetupView, MethodSummary } from './views'

const methodNotFound = () =>
  refuse('not_found', 'This authentication method does not exist in your workspace; it may have been deleted.')

/** The methods of a connector in the order they were added, with what uses each. */
export async function listMethods(actor: Actor, connectorId: string): Promise<Result<MethodSummary[]>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(connectorId))
    return refuse('not_found', 'This connector does not exist in your workspace; it may have been deleted.')
  const methods = await workspaceDb(actor.workspaceId).authenticationMethod.findMany({
    where: { connectorId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: {
      id: true,
      name: true,
      type: true,
      updatedAt: true,
      _count: { select: { enablements: true, instances: true } },
    },
  })
  return succeed(
    methods.map(({ _count, updatedAt, ...method }) => ({
      ...method,
      enabledEndpoints: _count.enablements,
      instances: _count.instances,
      updatedAt: updatedAt.toISOString(),
    })),
  )
}

const instancesNamed = 5

/** One method with all that *Authentication setup* shows. Of the values it holds only that they are set. */
export async function getMethod(actor: Actor, connectorId: string, methodId: string): Promise<Result<MethodDetail>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!isId(connectorId) || !isId(methodId)) return methodNotFound()
  const method = await workspaceDb(actor.workspaceId).authenticationMethod.findFirst({
    where: { id: methodId, connectorId },
    include: {
      connector: { select: { name: true, _count: { select: { endpoints: true } } } },
      phases: { orderBy: [{ kind: 'asc' }, { step: 'asc' }] },
      parameters: { orderBy: [{ position: 'asc' }, { id: 'asc' }] },
      values: { select: { variableId: true, setAt: true } },
      instances: { select: { id: true, name: true }, orderBy: { foldedName: 'asc' }, take: instancesNamed },
      _count: { select: { enablements: true, instances: true } },
    },
  })
  if (!method) return methodNotFound()
  return succeed({
    id: method.id,
    connectorId,
    connectorName: method.connector.name,
    name: method.name,
    type: method.type,
    timeoutSeconds: method.timeoutSeconds,
    documentationUrl: method.documentationUrl,
    revision: method.revision,
    options: method.options,
    phases: method.phases.map(phaseDefinition),
    parameters: method.parameters.map(parameterDefinition),
    heldValues: method.values.map(({ variableId, setAt }) => ({ variableId, setAt: setAt.toISOString() })),
    usedBy: {
      instances: method.instances,
      instanceCount: method._count.instances,
      enabledEndpoints: method._count.enablements,
      endpoints: method.connector._count.endpoints,
    },
  })
}

/** All that the *Authentication setup* page needs, in one go. */
export async function getMethodSetup(
  actor: Actor,
  connectorId: string,
  methodId: string,
): Promise<Result<MethodSetupView>> {
  const [method, own, uses, connector, endpoints] = await Promise.all([
    getMethod(actor, connectorId, methodId),
    listVariables(actor, { level: 'method', connectorId, ownerId: methodId }),
    listConnectorVariableUses(actor, connectorId, methodId),
    getConnector(actor, connectorId),
    getMethodEndpoints(actor, connectorId, methodId),
  ])
  if (!method.ok) return method
  if (!own.ok) return own
  if (!uses.ok) return uses
  if (!connector.ok) return connector
  if (!endpoints.ok) return endpoints
  const filled = filledVariablesOf(method.value)
  const used = uses.value.flatMap(({ variable, use }) => (use ? [{ ...variable, ...use }] : []))
  const { id, name, baseUrl, allowedHosts } = connector.value
  return succeed({
    ...endpoints.value,
    method: method.value,
    connector: { id, name, baseUrl, allowedHosts, variables: uses.value.map(({ variable }) => variable) },
    variables: [...own.value, ...used],
    own: own.value,
    uses: uses.value,
    shareable: own.value.filter((variable) => isShown(variable) && !filled.includes(variable.key)),
  })
}
