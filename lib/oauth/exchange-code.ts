import 'server-only'
import { databaseNow } from '@/lib/db/database-now'
import { signer } from '@/lib/crypto/signer'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import { readTokenAnswer } from '@/lib/domain/oauth2/token-response'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { Credentials } from '@/lib/requests/credentials'
import { exchange } from '@/lib/requests/exchange'
import { maskTokenAnswer } from '@/lib/requests/mask-token-answer'
import { contextOf, type Cause } from '@/lib/requests/request-context'
import { reservedValues } from '@/lib/requests/reserved-values'
import type { NewTokens } from '@/lib/requests/tokens'
import { boundTokenUrl } from './bound-token-url'

type Bound = { tokenUrl: string; redirectUri: string; verifier: string | null }

/** The code goes to the token URL that the authorisation was begun for and to no other: one connector's code never reaches another's (RFC 6749 §4.1.3, PRODUCT: OAuth 2 journey, step 3). */
export async function exchangeCode(credentials: Credentials, code: string, bound: Bound, cause: Cause): Promise<Result<{ tokens: NewTokens; obtainedAt: Date }>> {
  const { connector, method, values, confirmedOrigins } = credentials
  const grant = { kind: 'code', code, redirectUri: bound.redirectUri, codeVerifier: bound.verifier } as const
  const built = buildTokenRequest({ connector, method, values, grant, confirmedOrigins, context: { reserved: reservedValues({}), signer } })
  if (!built.ok) return built
  if (boundTokenUrl(built.value) !== bound.tokenUrl) {
    return refuse('method_changed', 'The token URL was changed after you had begun. Nothing was sent. Authorise again from the instance settings.')
  }
  const timeoutMs = method.timeoutSeconds * 1000
  const { outcome, log } = await exchange(credentials, built.value, contextOf(credentials, 'exchange', cause), { timeoutMs, onlyThisUrl: true })
  if (!outcome.ok) {
    await log({ secrets: [code] })
    return outcome
  }
  const obtainedAt = await databaseNow()
  const secrets = [...credentials.secrets, ...built.value.secrets]
  const read = readTokenAnswer({ answer: outcome.answer, connector, method, values, secrets, now: obtainedAt })
  const tokens = read.ok ? [read.value.accessToken, read.value.refreshToken ?? ''].filter((token) => token !== '') : []
  await log({ secrets: [code, ...tokens], ...(outcome.answer.status < 300 && { answer: maskTokenAnswer(outcome.answer) }) })
  return read.ok ? succeed({ tokens: read.value, obtainedAt }) : refuse(read.error.code, read.error.message)
}
