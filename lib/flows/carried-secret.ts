import 'server-only'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { resolveUrlTemplate } from '@/lib/domain/urls/url-template'
import type { SaveShape } from './shape-schema'

type Saved = { id: string; instanceId: string | null; endpointId: string | null }

/**
 * A secret in a shape was entered for the host of its instance. If the host depends on the instance, the secret has to
 * be typed again for another instance, because it may call another host (DATA §6).
 */
export async function checkNoSecretCarried(
  tx: WorkspaceTransaction,
  saved: Saved,
  input: SaveShape,
): Promise<Result<null>> {
  if (saved.instanceId === input.instanceId || input.endpointId === null || saved.endpointId !== input.endpointId)
    return succeed(null)
  const endpoint = await tx.endpoint.findFirst({ where: { id: input.endpointId }, select: calledUrlColumns })
  if (!endpoint || !hostDependsOnInstance(endpoint)) return succeed(null)
  const typed = input.values.map(({ variableId }) => variableId)
  const stored = await tx.shapeValue.findFirst({
    where: { shapeId: saved.id, sealedValue: { not: null }, variableId: { notIn: typed } },
    select: { variableId: true, variable: { select: { displayName: true } } },
  })
  if (!stored?.variable) return succeed(null)
  return refuse(
    'secret_needed_for_new_host',
    `Enter ${stored.variable.displayName} again. It was entered for another instance, and the instance chosen now may call another host.`,
    `values.${stored.variableId}`,
  )
}

export const calledUrlColumns = {
  url: true,
  connector: { select: { baseUrl: true } },
} as const satisfies Prisma.EndpointSelect

/** Whether another instance may make the endpoint call another host. */
export function hostDependsOnInstance({
  url,
  connector,
}: Prisma.EndpointGetPayload<{ select: typeof calledUrlColumns }>): boolean {
  const resolved = resolveUrlTemplate(url, connector.baseUrl)
  return resolved.ok && resolved.value.origin?.kind !== 'literal'
}
