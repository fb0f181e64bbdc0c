import 'server-only'
import { z } from 'zod'
import { workspaceDb } from '@/lib/db/client'
import { permit, type Actor } from '@/lib/domain/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { parameterDefinition, phaseDefinition } from '@/lib/db/read-definition'
import type { MethodDetail, MethodSummary } from './views'

const methodNotFound = () => refuse('not_found', 'This authentication method does not exist in your workspace; it may have been deleted.')

/** The methods of a connector in the order they were added, with what uses each. */
export async function listMethods(actor: Actor, connectorId: string): Promise<Result<MethodSummary[]>> {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) return allowed
  if (!z.uuid().safeParse(connectorId).success) return succeed([])
  const methods = await workspaceDb(actor.workspaceId).authenticationMethod.findMany({
    where: { connectorId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, type: true, updatedAt: true, _count: { select: { enablements: true, instances: true } } },
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
  if (!z.tuple([z.uuid(), z.uuid()]).safeParse([connectorId, methodId]).success) return methodNotFound()
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
