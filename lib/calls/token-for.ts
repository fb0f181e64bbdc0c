import 'server-only'
import { ifItOpens } from '@/lib/platform/crypto/if-it-opens'
import { succeed, type Result } from '@/lib/domain/result'
import type { TokenNames } from '@/lib/exchange/reserved-values'
import { tokenSourceOf } from '@/lib/tokens/token-source'
import type { AccessToken, TokenNeed } from '@/lib/tokens/types'
import { usableToken } from '@/lib/tokens/usable-token'
import type { Loaded } from './types'

/** The token of a request: the one cached with its credentials, or the instance's own. */

export function namesOf(token: AccessToken | null): TokenNames {
  return token === null ? {} : { access_token: token.accessToken, token_type: token.tokenType }
}

/**
 * The cached token, unless it was refused or is due: it is valid under the stamp of its instance (DATA §13). Null if
 * requests carry no token, undefined if unknown.
 */
export function rememberedToken(from: Loaded, need: TokenNeed): AccessToken | null | undefined {
  const known = need.refused === undefined && !need.evenIfDead ? from.knownToken?.value : undefined
  return known && isDue(known, from) ? undefined : known
}

function isDue(token: AccessToken, { credentials, cause }: Loaded): boolean {
  const now = new Date(Date.now() + token.clockAheadMs)
  return tokenSourceOf(credentials, cause)?.isDue(token, now) ?? true
}

export function rememberToken({ knownToken }: Loaded, token: AccessToken | null): void {
  if (knownToken) knownToken.value = token && { ...token, renewed: false }
}

/** The instance's own token; null if requests carry none, or one that was obtained for them alone. */
export async function tokenFor(
  { credentials, cause, ownToken }: Pick<Loaded, 'credentials' | 'cause' | 'ownToken'>,
  need: TokenNeed,
): Promise<Result<AccessToken | null>> {
  const { workspaceId, instance } = credentials
  const source = instance === null || ownToken !== undefined ? null : tokenSourceOf(credentials, cause)
  if (instance === null || source === null) return succeed(null)
  const tokenRef = { workspaceId, instanceId: instance.id, name: 'default' }
  return ifItOpens(`The token of “${instance.name}”`, () => usableToken(tokenRef, source, need))
}
