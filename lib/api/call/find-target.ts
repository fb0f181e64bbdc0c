import 'server-only'
import { LRUCache } from 'lru-cache'
import type { Actor } from '@/lib/domain/access/actor'
import { succeed, type Result } from '@/lib/domain/result'
import { isId } from '@/lib/operations/input'
import { idsOfCall, type CallTarget } from './ids-of-call'

/** Keys never change, so an ID is wrong only after its object was deleted. Then the call is refused, and asked again. */
const livesMs = 60_000
const targets = new LRUCache<string, CallTarget>({ max: 5_000, ttl: livesMs })

/**
 * The instance and the endpoint that an address names, each by ID or key. IDs are not looked up here: the call does.
 * @param asOfNow asks the database, after a refusal that may be due to what was cached
 * @returns `isCached`: one of the IDs may be out of date
 */
export async function findTarget(
  actor: Actor,
  [instance, endpoint]: readonly [instance: string, endpoint: string],
  asOfNow: boolean,
): Promise<Result<CallTarget & { isCached: boolean }>> {
  if (isId(instance) && isId(endpoint)) return succeed({ instanceId: instance, endpointId: endpoint, isCached: false })
  const name = `${actor.workspaceId}/${instance}/${endpoint}`
  const known = asOfNow ? undefined : targets.get(name)
  if (known) return succeed({ ...known, isCached: true })
  const found = await idsOfCall(actor, instance, endpoint)
  if (!found.ok) return found
  targets.set(name, found.value)
  return succeed({ ...found.value, isCached: false })
}
