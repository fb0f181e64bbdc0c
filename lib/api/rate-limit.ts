import 'server-only'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { actorIdOf, type Actor } from '@/lib/domain/access/actor'
import { env } from '@/lib/platform/env'
import type { ApiRefusal } from './problem'

/**
 * How often a key or a person may ask the API, per process. Calls of endpoints are not counted: their instances have
 * limits of their own.
 */

const windowSeconds = 60

export type Turn = { refusal: ApiRefusal | null; headers: Record<string, string> }

const holder = globalThis as { patchbayApiTurns?: RateLimiterMemory }

function limiter(): RateLimiterMemory {
  const points = env().PATCHBAY_API_REQUESTS_PER_MINUTE
  return (holder.patchbayApiTurns ??= new RateLimiterMemory({ points, duration: windowSeconds }))
}

/**
 * Counts a request. The headers are those of draft-ietf-httpapi-ratelimit-headers-10.
 * @param requests how many it is: a batch counts as often as it asks
 */
export async function takeTurn(actor: Actor, requests = 1): Promise<Turn> {
  try {
    const turn = await limiter().consume(`${actor.workspaceId} ${actor.kind} ${actorIdOf(actor) ?? ''}`, requests)
    return { refusal: null, headers: headersOf(turn) }
  } catch (turn) {
    if (!(turn instanceof RateLimiterRes)) throw turn
    const headers = headersOf(turn)
    const seconds = secondsOf(turn)
    const message = `Only ${limiter().points} requests a minute are accepted from one API key or session. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}. Nothing was changed.`
    return { refusal: { code: 'too_many_attempts', message, headers: { 'retry-after': String(seconds) } }, headers }
  }
}

function headersOf(turn: RateLimiterRes): Record<string, string> {
  return {
    'ratelimit-policy': `"key";q=${limiter().points};w=${windowSeconds}`,
    ratelimit: `"key";r=${turn.remainingPoints};t=${secondsOf(turn)}`,
  }
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000))
}
