import 'server-only'
import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { findApiKey } from '@/lib/api-keys/find-api-key'
import type { ApiKeyActor } from '@/lib/domain/access/actor'
import { findCaller, type Caller, type Sender } from '@/lib/api/caller'

/**
 * Keys are cached for a minute, so that a call costs one query. That query, directly before the request is sent, reads
 * the key, its limits, its owner and the role as they are then (DATA §13), so nothing is allowed by the cache.
 */
const livesMs = 60_000
const keys = new LRUCache<string, ApiKeyActor>({ max: 1_000, ttl: livesMs })

const hashOf = (presented: string) => createHash('sha256').update(presented).digest('base64')

/**
 * @param asOfNow asks the database, after a refusal that may be due to what was cached
 * @returns `isCached`: the actor may be out of date
 */
export async function findSender(sender: Sender, asOfNow: boolean): Promise<{ caller: Caller; isCached: boolean }> {
  let isCached = false
  const caller = await findCaller(sender, async (presented, address) => {
    const hash = hashOf(presented)
    const known = asOfNow ? undefined : keys.get(hash)
    isCached = known !== undefined
    const actor = known ?? (await findApiKey(presented, address))
    if (actor === null) keys.delete(hash)
    else if (!known) keys.set(hash, actor)
    return actor && { ...actor, address }
  })
  return { caller, isCached }
}
