import 'server-only'
import { databaseNow } from '@/lib/platform/db/database-now'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { Credentials } from '@/lib/credentials/credentials'
import { obtainTokens } from '@/lib/tokens/obtain-tokens'
import type { Granted } from '@/lib/tokens/store-grant'
import type { Cause } from '@/lib/exchange/request-context'
import { tokenUrlFor } from './bound-token-url'

type Bound = { tokenUrl: string; redirectUri: string; verifier: string | null }

/**
 * Exchanges the code at the token URL that the authorisation was begun for, and at no other: the code of one connector
 * never reaches another's endpoint (RFC 6749 §4.1.3, PRODUCT: OAuth 2 journey, step 3).
 */
export async function exchangeCode(
  credentials: Credentials,
  code: string,
  bound: Bound,
  cause: Cause,
): Promise<Result<Granted>> {
  const tokenUrl = tokenUrlFor(credentials, bound.redirectUri)
  if (!tokenUrl.ok) return tokenUrl
  if (tokenUrl.value !== bound.tokenUrl) {
    return refuse(
      'method_changed',
      'The token URL was changed after you started to authorise. Nothing was sent. Authorise again from the instance settings.',
    )
  }
  const grant = { kind: 'code', code, redirectUri: bound.redirectUri, codeVerifier: bound.verifier } as const
  const obtained = await obtainTokens(credentials, grant, cause, { now: databaseNow })
  return obtained.ok ? succeed(obtained.value) : refuse(obtained.error.code, obtained.error.message)
}
