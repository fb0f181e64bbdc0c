import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { resolveUrlTemplate } from '@/lib/domain/urls/url-template'
import type { SaveShape } from './shape-schema'

type Saved = { id: string; instanceId: string | null; endpointId: string | null }

/**
 * A secret kept in a shape was entered for the host its instance calls. Where the host depends on the instance, another
 * instance may call another one, and the secret does not go along untyped (DATA §6).
 */
export async function checkNoSecretCarried(
  tx: WorkspaceTransaction,
  saved: Saved,
  input: SaveShape,
): Promise<Result<null>> {
  if (saved.instanceId === input.instanceId || input.endpointId === null || saved.endpointId !== input.endpointId)
    return succeed(null)
  if (!(await hostDependsOnInstance(tx, input.endpointId))) return succeed(null)
  const typed = input.values.map(({ variableId }) => variableId)
  const kept = await tx.shapeValue.findFirst({
    where: { shapeId: saved.id, sealedValue: { not: null }, variableId: { notIn: typed } },
    select: { variableId: true, variable: { select: { displayName: true } } },
  })
  if (!kept?.variable) return succeed(null)
  return refuse(
    'secret_needed_for_new_host',
    `Enter ${kept.variable.displayName} again: the instance that is chosen now may call another host than the one it was entered for.`,
    `values.${kept.variableId}`,
  )
}

/** Whether another instance may make the endpoint call another host. */
export async function hostDependsOnInstance(
  db: Pick<WorkspaceTransaction, 'endpoint'>,
  endpointId: string,
): Promise<boolean> {
  const endpoint = await db.endpoint.findFirst({
    where: { id: endpointId },
    select: { url: true, connector: { select: { baseUrl: true } } },
  })
  const url = endpoint && resolveUrlTemplate(endpoint.url, endpoint.connector.baseUrl)
  return url !== null && url.ok && url.value.origin?.kind !== 'literal'
}
