import 'server-only'
import type { WorkspaceTransaction } from '@/lib/db/client'
import { newId } from '@/lib/db/new-id'
import type { Actor } from '@/lib/domain/actor'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { optionsOfGroups } from '@/lib/domain/authentication/options'
import { foldName, freeKey, slugify } from '@/lib/domain/names'
import type { EndpointData, MethodData, SandboxConnectorDefinition } from './definition'

type Owner = { workspaceId: string; connectorId: string }

/** Writes the whole connector into the caller's transaction, in as many statements as it has kinds of rows. */
export async function writeDefinition(tx: WorkspaceTransaction, actor: Actor, definition: SandboxConnectorDefinition): Promise<string> {
  const owner = { workspaceId: actor.workspaceId, connectorId: newId() }
  const { connector, methods, endpoints } = definition
  await tx.connector.create({
    data: {
      ...connector,
      id: owner.connectorId,
      workspaceId: actor.workspaceId,
      key: await freeConnectorKey(tx, connector.name),
      foldedName: foldName(connector.name),
      updatedById: actor.userId,
    },
  })
  const shared = definition.variables.map((variable, position) => ({ ...variable, ...owner, id: newId(), level: 'connector' as const, position }))
  await tx.variable.createMany({ data: shared })
  const methodIds = new Map(methods.map(({ name }) => [name, newId()]))
  await writeMethods(tx, actor, owner, methods, methodIds)
  await tx.variableUse.createMany({
    data: [...methodIds.values()].flatMap((methodId) => shared.map((variable) => ({ ...owner, methodId, variableId: variable.id, advanced: variable.advanced }))),
  })
  await writeEndpoints(tx, actor, owner, endpoints, methodIds)
  return owner.connectorId
}

async function freeConnectorKey(tx: WorkspaceTransaction, name: string): Promise<string> {
  const taken = await tx.connector.findMany({ where: { key: { startsWith: slugify(name) } }, select: { key: true } })
  return freeKey(name, new Set(taken.map(({ key }) => key)))
}

async function writeMethods(tx: WorkspaceTransaction, actor: Actor, owner: Owner, methods: readonly MethodData[], ids: Map<string, string>): Promise<void> {
  const known = methods.map((method, position) => ({ ...method, position, id: ids.get(method.name)!, type: authenticationTypeDefinitions[method.type] }))
  await tx.authenticationMethod.createMany({
    data: known.map(({ id, name, type, options, position }) => ({
      ...owner,
      ...named(name),
      id,
      type: type.type,
      position,
      options: { ...optionsOfGroups(type.optionGroups, type.defaultOptions), ...options },
      updatedById: actor.userId,
    })),
  })
  await tx.variable.createMany({
    data: known.flatMap(({ id, type, variables }) =>
      type.defaultVariables.map((variable, position) => ({ ...variable, ...variables[variable.key], ...owner, methodId: id, level: 'method' as const, position })),
    ),
  })
  await tx.authenticationPhase.createMany({
    data: known.flatMap(({ id, type, urls }) => type.defaultPhases.map((phase) => ({ ...phase, ...owner, methodId: id, url: urls[phase.kind] ?? phase.url }))),
  })
}

async function writeEndpoints(tx: WorkspaceTransaction, actor: Actor, owner: Owner, endpoints: readonly EndpointData[], methodIds: Map<string, string>): Promise<void> {
  const known = endpoints.map(({ variables, parameters, methods, ...row }) => ({ row, variables, parameters, methods, id: newId() }))
  await tx.endpoint.createMany({ data: known.map(({ row, id }) => ({ ...row, ...owner, ...named(row.name), id, updatedById: actor.userId })) })
  await tx.variable.createMany({
    data: known.flatMap(({ id, variables }) => variables.map((variable, position) => ({ ...variable, ...owner, endpointId: id, level: 'endpoint' as const, position }))),
  })
  await tx.parameter.createMany({
    data: known.flatMap(({ id, parameters }) => parameters.map((parameter, position) => ({ ...parameter, ...owner, endpointId: id, position }))),
  })
  await tx.enablement.createMany({
    data: known.flatMap(({ id, methods }) => methods.map((name) => ({ ...owner, endpointId: id, methodId: methodIds.get(name)!, enabledById: actor.userId }))),
  })
}

/** The names of the data differ from each other, so each slug is free. */
function named(name: string) {
  return { name, foldedName: foldName(name), key: slugify(name) }
}
