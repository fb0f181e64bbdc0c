import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { sentences } from '@/lib/domain/sentences'
import type { RevocationOutcome } from './revoke-tokens'
import { acquireLease, readStoredToken, type TokenLease, type TokenRef } from './token-lease'

const pollMs = 200
/** The longest time that a revocation waits for a request of a new token. */
export const mostWaitForTokenMs = 5_000

export type TakenToken = {
  /** Sealing never gives the same text twice, so it serves as the version of the token. */
  version: string
  /** Null if another request held it for the whole wait. */
  lease: TokenLease | null
}

/**
 * Takes the lease of a token that will end, so that it is not refreshed meanwhile. A refresh under way is waited for.
 * @returns null without a token
 */
export async function takeToken(tokenRef: TokenRef, waitsUntil: number): Promise<TakenToken | null> {
  for (;;) {
    const stored = await readStoredToken(tokenRef)
    if (!stored || stored.sealedAccessToken === '') return null
    const version = stored.sealedAccessToken
    const lease = stored.leased ? null : await acquireLease(tokenRef.workspaceId, stored.id, version)
    if (lease || performance.now() >= waitsUntil) return { version, lease }
    await sleep(pollMs)
  }
}

/** The outcome where the wait was too long. What to do about it is said beside it, as for every other reason. */
export function notTheNewOne(outcome: RevocationOutcome): RevocationOutcome {
  const failed = outcome.revoked ? [] : [outcome.reason]
  const reason = sentences(...failed, 'A new token was being requested at the same time.')
  return { host: outcome.host, revoked: false, reason }
}
