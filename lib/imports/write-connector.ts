import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { writeMethod } from '@/lib/authentication-methods/write-method'
import { writeEndpoints } from '@/lib/endpoints/write-endpoints'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { newId } from '@/lib/platform/db/new-id'
import { type Actor, userIdOf } from '@/lib/domain/access/actor'
import { freeKeys } from '@/lib/domain/free-names'
import { foldName, slugify } from '@/lib/domain/names'
import { writeConnectorParameters } from '@/lib/connector-parameters/write-connector-parameters'
import { freeConnectorKey } from '@/lib/connectors/free-connector-key'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import type { ConnectorPlan, EndpointPlan } from './plan-connector'

type Owner = { workspaceId: string; connectorId: string }

type More = {
  /** Writes further schemas, before the endpoints that name them. */
  schemas: (connectorId: string) => Promise<unknown>
  /** Writes further endpoints. @param methodIds of the methods, by key */
  endpoints: (connectorId: string, methodIds: ReadonlyMap<string, string>) => Promise<unknown>
}

/**
 * Writes a whole connector with its methods, endpoints and toggles, in the caller's transaction.
 * @param more what is too large to be in the plan
 */
export async function writeConnector(
  tx: WorkspaceTransaction,
  actor: Actor,
  { key, details, variables, parameters, methods, endpoints, schemas }: ConnectorPlan,
  more?: More,
): Promise<string> {
  const owner = { workspaceId: actor.workspaceId, connectorId: newId() }
  await tx.connector.create({
    data: {
      ...details,
      id: owner.connectorId,
      workspaceId: owner.workspaceId,
      // Provisional: see below.
      key: owner.connectorId,
      foldedName: foldName(details.name),
      foldedVersion: foldName(details.versionLabel),
      updatedById: userIdOf(actor),
    },
  })
  await tx.variable.createMany({
    data: variables.map((variable, position) => ({ ...variable, ...owner, level: 'connector' as const, position })),
  })
  const created = parameters.map((parameter) => ({ ...parameter, id: null }))
  await writeConnectorParameters(tx, owner, created)
  const methodIds = new Map<string, string>()
  for (const method of methods) methodIds.set(method.key, await writeMethod(tx, actor, owner.connectorId, method))
  await writeSchemas(tx, owner, schemas)
  await more?.schemas(owner.connectorId)
  const ids = await writeEndpoints(tx, actor, owner.connectorId, endpoints, freeKeys())
  await writeEnablements(tx, actor, owner, { endpoints, ids, methodIds })
  await more?.endpoints(owner.connectorId, methodIds)
  await syncConnectorOrigins(tx, actor, owner.connectorId)
  // Last, because it holds a lock until commit: a large import takes minutes, in which every other new connector of the
  // workspace would wait for its own key.
  const finalKey = await freeConnectorKey(tx, owner.workspaceId, key ?? slugify(details.name))
  await tx.connector.updateMany({ where: { id: owner.connectorId }, data: { key: finalKey } })
  return owner.connectorId
}

/**
 * Enables the methods that the document lists for each endpoint; the person confirmed them in the preview (rule R2).
 */
async function writeEnablements(
  tx: WorkspaceTransaction,
  actor: Actor,
  owner: Owner,
  { endpoints, ids, methodIds }: { endpoints: readonly EndpointPlan[]; ids: string[]; methodIds: Map<string, string> },
): Promise<void> {
  await tx.enablement.createMany({
    data: endpoints.flatMap(({ accepts }, index) =>
      accepts.map((key) => ({
        ...owner,
        endpointId: ids[index]!,
        methodId: methodIds.get(key)!,
        enabledById: userIdOf(actor),
      })),
    ),
  })
}

/** Schemas are large, so only a part of them is sent to the database at once. */
const schemasAtOnce = 200

export async function writeSchemas(
  tx: WorkspaceTransaction,
  owner: Owner,
  schemas: ConnectorPlan['schemas'],
): Promise<void> {
  for (let start = 0; start < schemas.length; start += schemasAtOnce)
    await tx.connectorSchema.createMany({
      data: schemas
        .slice(start, start + schemasAtOnce)
        .map(([name, schema]) => ({ ...owner, id: newId(), name, schema: schema as Prisma.InputJsonValue })),
    })
}
