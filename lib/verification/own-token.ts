import 'server-only'
import { tokenOriginOf } from '@/lib/domain/authentication/token-origin'
import { succeed, type Result } from '@/lib/domain/result'
import { databaseNow } from '@/lib/platform/db/database-now'
import type { Credentials } from '@/lib/credentials/credentials'
import type { NewStoredValue } from '@/lib/credentials/stored-values'
import type { Cause } from '@/lib/exchange/request-context'
import type { TokenNames } from '@/lib/exchange/reserved-values'
import type { ObtainFailure } from '@/lib/tokens/obtain-failure'
import { obtainTokens } from '@/lib/tokens/obtain-tokens'

/** A token for typed credentials, obtained for one act and stored nowhere. */
export type OwnToken = {
  token: TokenNames
  stored: NewStoredValue[]
  /** Of the token request. */
  status: number | null
  lookupProblem: string | null
}

/** Obtains one from the typed credentials; null if the method's requests carry no token. */
export async function obtainOwnToken(
  credentials: Credentials,
  cause: Cause,
): Promise<Result<OwnToken | null, ObtainFailure>> {
  if (tokenOriginOf(credentials.method) === null) return succeed(null)
  const obtained = await obtainTokens(credentials, { kind: 'exchange' }, cause, { now: databaseNow })
  if (!obtained.ok) return obtained
  const { tokens, status, lookupProblem } = obtained.value
  const { accessToken, refreshToken, tokenType, stored } = tokens
  const token: TokenNames = {
    access_token: accessToken,
    token_type: tokenType,
    ...(refreshToken !== null && { refresh_token: refreshToken }),
  }
  return succeed({ token, stored, status, lookupProblem })
}
