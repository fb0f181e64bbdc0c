import 'server-only'
import { userIdOf, type Actor } from '@/lib/domain/access/actor'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'

type Owner = { connectorId: string; endpointIds: string[]; methodIds: string[] }

/**
 * Enables methods for endpoints that are created in the same transaction (rule R2). Only methods of the same connector
 * are allowed (rule R4).
 * @returns the methods' names
 */
export async function acceptMethods(
  tx: WorkspaceTransaction,
  actor: Actor,
  { connectorId, endpointIds, methodIds }: Owner,
): Promise<Result<string[]>> {
  const ids = [...new Set(methodIds)]
  if (ids.length === 0) return succeed([])
  const methods = await tx.authenticationMethod.findMany({
    where: { connectorId, id: { in: ids } },
    select: { id: true, name: true },
  })
  if (methods.length < ids.length)
    return refuse(
      'not_found',
      'One of the authentication methods no longer exists. Reload to see what the connector has now.',
      'methodIds',
    )
  await tx.enablement.createMany({
    data: endpointIds.flatMap((endpointId) =>
      ids.map((methodId) => ({
        workspaceId: actor.workspaceId,
        connectorId,
        endpointId,
        methodId,
        enabledById: userIdOf(actor),
      })),
    ),
  })
  return succeed(methods.map(({ name }) => name))
}
