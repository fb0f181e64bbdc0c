import 'server-only'
import { limitsOf, type Actor } from '@/lib/domain/access/actor'
import { notFound } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'
import { isId } from '@/lib/operations/input'
import { workspaceDb } from '@/lib/platform/db/client'

export type CallTarget = { instanceId: string; endpointId: string }

/**
 * An instance and an endpoint of its connector, each named by ID or key, within the limits of the actor. Whether the
 * instance may call the endpoint is decided by the call.
 */
export async function idsOfCall(actor: Actor, instance: string, endpoint: string): Promise<Result<CallTarget>> {
  const db = workspaceDb(actor.workspaceId, limitsOf(actor))
  const whereOf = (text: string) => (isId(text) ? { id: text } : { key: text })
  const ofInstance = instance.includes('\0')
    ? null
    : await db.instance.findFirst({ where: whereOf(instance), select: { id: true, connectorId: true } })
  if (!ofInstance) return notFound('instance')
  const { connectorId } = ofInstance
  const ofEndpoint = endpoint.includes('\0')
    ? null
    : await db.endpoint.findFirst({ where: { ...whereOf(endpoint), connectorId }, select: { id: true } })
  return ofEndpoint ? succeed({ instanceId: ofInstance.id, endpointId: ofEndpoint.id }) : notFound('endpoint')
}
