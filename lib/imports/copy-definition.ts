import 'server-only'
import { userIdOf, type Actor } from '@/lib/domain/access/actor'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'

/**
 * Copies the definition of a connector into another one, with one statement for each kind of row: variables, methods
 * with their requests, endpoints, parameters and enablement.
 * @returns the numbers of methods and endpoints
 */
export async function copyDefinition(
  tx: WorkspaceTransaction,
  actor: Actor,
  from: string,
  connectorId: string,
): Promise<{ methods: number; endpoints: number }> {
  const ids = new Map<string, string>()
  const copyOf = (id: string): string => {
    const copy = ids.get(id) ?? newId()
    ids.set(id, copy)
    return copy
  }
  const copyOrNull = (id: string | null) => (id === null ? null : copyOf(id))
  const where = { connectorId: from }
  const by = userIdOf(actor)

  const methods = await tx.authenticationMethod.findMany({ where })
  await tx.authenticationMethod.createMany({
    data: methods.map(({ revision: _, createdAt: _created, updatedAt: _updated, ...method }) => ({
      ...method,
      id: copyOf(method.id),
      connectorId,
      options: method.options as Prisma.InputJsonObject,
      updatedById: by,
    })),
  })
  const schemas = await tx.connectorSchema.findMany({ where })
  await tx.connectorSchema.createMany({
    data: schemas.map(({ schema, ...row }) => ({
      ...row,
      id: newId(),
      connectorId,
      schema: schema as Prisma.InputJsonValue,
    })),
  })
  const endpoints = await tx.endpoint.findMany({ where })
  await tx.endpoint.createMany({
    data: endpoints.map(({ revision: _, createdAt: _created, updatedAt: _updated, ...endpoint }) => ({
      ...endpoint,
      id: copyOf(endpoint.id),
      connectorId,
      pagination: endpoint.pagination as Prisma.InputJsonObject,
      updatedById: by,
    })),
  })
  const phases = await tx.authenticationPhase.findMany({ where })
  await tx.authenticationPhase.createMany({
    data: phases.map((phase) => ({
      ...phase,
      id: newId(),
      connectorId,
      methodId: copyOf(phase.methodId),
      successRule: (phase.successRule as Prisma.InputJsonObject | null) ?? Prisma.DbNull,
      extract: (phase.extract as Prisma.InputJsonArray | null) ?? Prisma.DbNull,
    })),
  })
  const variables = await tx.variable.findMany({ where })
  await tx.variable.createMany({
    data: variables.map((variable) => ({
      ...variable,
      id: copyOf(variable.id),
      connectorId,
      methodId: copyOrNull(variable.methodId),
      endpointId: copyOrNull(variable.endpointId),
      options: variable.options as Prisma.InputJsonArray,
    })),
  })
  const uses = await tx.variableUse.findMany({ where })
  await tx.variableUse.createMany({
    data: uses.map((use) => ({
      ...use,
      connectorId,
      methodId: copyOf(use.methodId),
      variableId: copyOf(use.variableId),
    })),
  })
  const parameters = await tx.parameter.findMany({ where })
  await tx.parameter.createMany({
    data: parameters.map((parameter) => ({
      ...parameter,
      id: newId(),
      connectorId,
      methodId: copyOrNull(parameter.methodId),
      endpointId: copyOrNull(parameter.endpointId),
    })),
  })
  const enablements = await tx.enablement.findMany({ where })
  await tx.enablement.createMany({
    data: enablements.map((enablement) => ({
      workspaceId: enablement.workspaceId,
      connectorId,
      endpointId: copyOf(enablement.endpointId),
      methodId: copyOf(enablement.methodId),
      enabledById: by,
    })),
  })
  return { methods: methods.length, endpoints: endpoints.length }
}
