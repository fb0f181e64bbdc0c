import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { sentences } from '@/lib/domain/sentences'
import type { RevocationOutcome } from './revoke-tokens'
import { acquireLease, readStoredToken, type TokenLease, type TokenRef } from './token-lease'

const pollMs = 200
/** The longest time that a revocation waits while another request gets a new token. */
export const mostWaitForTokenMs = 5_000

export type TakenToken = {
  /** Sealing never gives the same text twice, so it serves as the version of the token. */
  version: string
  /** Null if another request had the lease all the time. */
  lease: TokenLease | null
}

/**
 * Takes the lease of a token that will be revoked, so that nothing refreshes it. Waits for a running refresh.
 * @returns null if there is no token
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

/** The outcome if the lease was not free in time. The page says what to do, as for every other reason. */
export function notTheNewOne(outcome: RevocationOutcome): RevocationOutcome {
  const failed = outcome.revoked ? [] : [outcome.reason]
  const reason = sentences(...failed, 'A new token was being requested at the same time.')
  return { host: outcome.host, revoked: false, reason }
}
