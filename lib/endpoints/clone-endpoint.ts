import 'server-only'
import { recordAudit } from '@/lib/platform/audit/record'
import { workspaceDb, type WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Parameter, Prisma, Variable } from '@/lib/platform/db/generated/client'
import { isId } from '@/lib/platform/db/is-id'
import { permit, type Actor } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { syncConnectorOrigins } from '@/lib/connectors/origins/sync-origins'
import { endpointNotFound, insertEndpoint, refuseTakenName } from './insert-endpoint'
import type { CloneEndpoint } from './schema'

/**
 * Copies details, parameters and variables. Enablement is not copied: the copy is a new endpoint, and starts with
 * every method off (rule R2).
 */
export async function cloneEndpoint(
  actor: Actor,
  { endpointId, name }: CloneEndpoint,
): Promise<Result<{ id: string; connectorId: string }>> {
  const permitted = permit(actor, 'change')
  if (!permitted.ok) return permitted
  if (!isId(endpointId)) return endpointNotFound()
  return refuseTakenName(name, () =>
    workspaceDb(actor.workspaceId).$transaction(async (tx) => {
      const original = await tx.endpoint.findFirst({
        where: { id: endpointId },
        include: { parameters: true, variables: true },
      })
      if (!original) return endpointNotFound()
      const { connectorId, entityType, direction, httpMethod, url, bodyFormat, body, dataPath, deprecated } = original
      const details = {
        entityType,
        direction,
        httpMethod,
        url,
        bodyFormat,
        body,
        dataPath,
        deprecated,
        pagination: original.pagination as Prisma.InputJsonObject,
      }
      const id = await insertEndpoint(tx, actor, connectorId, name, details)
      await copyParts(tx, id, original)
      await recordAudit(tx, actor, {
        action: 'clone_endpoint',
        objectType: 'endpoint',
        objectId: id,
        objectName: name,
        changes: { from: original.name },
      })
      await syncConnectorOrigins(tx, actor, connectorId)
      return succeed({ id, connectorId })
    }),
  )
}

async function copyParts(
  tx: WorkspaceTransaction,
  endpointId: string,
  original: { parameters: Parameter[]; variables: Variable[] },
): Promise<void> {
  await tx.parameter.createMany({
    data: original.parameters.map(({ id: _, ...parameter }) => ({ ...parameter, endpointId })),
  })
  await tx.variable.createMany({
    data: original.variables.map(({ id: _, options, ...variable }) => ({
      ...variable,
      options: options as Prisma.InputJsonArray,
      endpointId,
    })),
  })
}
