import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { writeMethod } from '@/lib/authentication-methods/write-method'
import { newId } from '@/lib/platform/db/new-id'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { foldName, freeKey, slugify } from '@/lib/domain/names'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import type { ConnectorPlan, EndpointPlan } from './plan-connector'

type Owner = { workspaceId: string; connectorId: string }

/** Writes the whole connector into the caller's transaction, with its methods, endpoints and toggles. */
export async function writeConnector(
  tx: WorkspaceTransaction,
  actor: Actor,
  { details, variables, methods, endpoints }: ConnectorPlan,
): Promise<string> {
  const owner = { workspaceId: actor.workspaceId, connectorId: newId() }
  await tx.connector.create({
    data: {
      ...details,
      id: owner.connectorId,
      workspaceId: owner.workspaceId,
      key: await freeConnectorKey(tx, details.name),
      foldedName: foldName(details.name),
      foldedVersion: foldName(details.versionLabel),
      updatedById: userIdOf(actor),
    },
  })
  await tx.variable.createMany({
    data: variables.map((variable, position) => ({ ...variable, ...owner, level: 'connector' as const, position })),
  })
  const methodIds = new Map<string, string>()
  for (const method of methods) methodIds.set(method.name, await writeMethod(tx, actor, owner.connectorId, method))
  await writeEndpoints(tx, actor, owner, endpoints, methodIds)
  await syncConnectorOrigins(tx, actor, owner.connectorId)
  return owner.connectorId
}

async function freeConnectorKey(tx: WorkspaceTransaction, name: string): Promise<string> {
  const taken = await tx.connector.findMany({ where: { key: { startsWith: slugify(name) } }, select: { key: true } })
  return freeKey(name, new Set(taken.map(({ key }) => key)))
}

/** In as many statements as there are kinds of rows, however many endpoints. */
async function writeEndpoints(
  tx: WorkspaceTransaction,
  actor: Actor,
  owner: Owner,
  endpoints: readonly EndpointPlan[],
  methodIds: ReadonlyMap<string, string>,
): Promise<void> {
  const keys = new Set<string>()
  const rows = endpoints.map(({ variables, parameters, accepts, ...row }) => {
    const key = freeKey(row.name, keys)
    keys.add(key)
    return { id: newId(), row: { ...row, key, foldedName: foldName(row.name) }, variables, parameters, accepts }
  })
  await tx.endpoint.createMany({
    data: rows.map(({ id, row }) => ({ ...row, ...owner, id, updatedById: userIdOf(actor) })),
  })
  await tx.variable.createMany({
    data: rows.flatMap(({ id, variables }) =>
      variables.map((variable, position) => ({
        ...variable,
        ...owner,
        endpointId: id,
        level: 'endpoint' as const,
        position,
      })),
    ),
  })
  await tx.parameter.createMany({
    data: rows.flatMap(({ id, parameters }) =>
      parameters.map((parameter, position) => ({ ...parameter, ...owner, endpointId: id, position })),
    ),
  })
  await tx.enablement.createMany({
    data: rows.flatMap(({ id, accepts }) =>
      accepts.map((name) => ({
        ...owner,
        endpointId: id,
        methodId: methodIds.get(name)!,
        enabledById: userIdOf(actor),
      })),
    ),
  })
}
