import 'server-only'
import { z } from 'zod'
import { idsOfPath } from '@/lib/api/path-ids'
import { limitsOf, type Actor } from '@/lib/domain/access/actor'
import { notFound } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import { workspaceDb } from '@/lib/platform/db/client'

/** Objects that a tool's input names by ID or key, found within the limits of the actor's key (DATA §14). */

const name = (of: string) => z.string().min(1).max(200).describe(`ID or key of the ${of}.`)

export const instanceInput = name('instance')
export const connectorInput = name('connector')
export const endpointInput = name('endpoint')
export const methodInput = name('authentication method')

export async function connectorNamed(actor: Actor, connector: string): Promise<Result<string>> {
  const ids = await idsOfPath(actor, { connectorId: connector })
  return ids.ok ? succeed(ids.value.connectorId!) : ids
}

export async function instanceNamed(actor: Actor, instance: string): Promise<Result<string>> {
  const ids = await idsOfPath(actor, { instanceId: instance })
  return ids.ok ? succeed(ids.value.instanceId!) : ids
}

/** An endpoint of the connector of an instance, whether or not the instance may call it. */
export async function endpointNamed(
  actor: Actor,
  { instance, endpoint }: { instance: string; endpoint: string },
): Promise<Result<{ instanceId: string; endpointId: string }>> {
  const instanceId = await instanceNamed(actor, instance)
  if (!instanceId.ok) return instanceId
  const db = workspaceDb(actor.workspaceId, limitsOf(actor))
  const found = await db.instance.findFirst({ where: { id: instanceId.value }, select: { connectorId: true } })
  if (!found) return notFound('instance')
  const ids = await idsOfPath(actor, { connectorId: found.connectorId, endpointId: endpoint })
  return ids.ok ? succeed({ instanceId: instanceId.value, endpointId: ids.value.endpointId! }) : ids
}
