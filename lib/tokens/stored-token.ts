import 'server-only'
import { changedMeanwhile } from '@/lib/domain/refusals'
import { refuse } from '@/lib/domain/result'
import { sealedIn, unseal } from '@/lib/platform/crypto/seal'
import { sealedTokenAddress } from './sealed-token-address'
import type { StoredToken } from './token-lease'
import type { AccessToken, TokenNeed, TokenSource } from './types'

/** Whether a stored token can be used with the current settings. */

/** Opens a stored token. Only called for a token of the current settings. */
export function openStored(
  workspaceId: string,
  stored: StoredToken,
  { obtainedFor }: TokenSource,
  renewed: boolean,
): AccessToken {
  const sealed = sealedIn(stored, 'sealedAccessToken')
  return {
    version: sealed,
    accessToken: unseal(sealed, sealedTokenAddress(workspaceId, stored.id, 'sealedAccessToken')),
    ...{ tokenType: stored.tokenType, obtainedFor, renewed },
    ...{ expiresAt: stored.expiresAt, obtainedAt: stored.obtainedAt },
    clockAheadMs: stored.now.getTime() - Date.now(),
  }
}

export function isExpired({ expiresAt, now }: StoredToken): boolean {
  return expiresAt !== null && expiresAt.getTime() <= now.getTime()
}

/**
 * Whether the stored token belongs to the caller's settings, to earlier ones, to later ones that the caller has not
 * read yet, or is missing.
 */
type Standing = 'ours' | 'earlier' | 'later' | 'none'

export function standingOf(stored: StoredToken, { obtainedFor }: TokenSource): Standing {
  if (stored.sealedAccessToken === '') return 'none'
  if (stored.obtainedFor === obtainedFor) return 'ours'
  // Obtained before the method required a person.
  if (obtainedFor === '') return 'none'
  const [one, other] = [revisionsIn(stored.obtainedFor), revisionsIn(obtainedFor)]
  return one.some((revision, index) => revision > other[index]!) ? 'later' : 'earlier'
}

function revisionsIn(obtainedFor: string): [method: number, instance: number] {
  const [method = 0, instance = 0] = obtainedFor.split('.').map(Number)
  return [method, instance]
}

export const noTokenYet = () => refuse('no_token', 'This instance has no access token yet. Authorise it first.')
/** The caller reads the settings again. */
export const settingsChanged = () => ({ ok: false, error: changedMeanwhile }) as const

export function isDead(stored: StoredToken, { obtainedFor }: TokenSource, need: TokenNeed): boolean {
  return obtainedFor === '' && stored.status === 'needs_authorising_again' && !need.evenIfDead
}
