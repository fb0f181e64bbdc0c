import 'server-only'
import { signer } from '@/lib/platform/crypto/signer'
import { sealedIn, unseal, UnsealError } from '@/lib/platform/crypto/seal'
import { workspaceDb } from '@/lib/platform/db/client'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { statusInWords } from '@/lib/domain/http-status-words'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { succeed, type Result } from '@/lib/domain/result'
import { enabledUnchecked } from '@/lib/health/check-enabled'
import { loadCredentials, type Credentials } from '@/lib/credentials/credentials'
import { exchange, type Exchanged } from '@/lib/exchange/exchange'
import { contextOf, type Cause } from '@/lib/exchange/request-context'
import { reservedValues } from '@/lib/exchange/reserved-values'
import { sealedTokenAddress } from './sealed-token-address'
import { readRevocation } from './token-questions'

/** The longest time that a deletion or a revocation waits for the third party. */
const longestMs = 10_000

/** When a revocation that begins now has to end, by `performance.now()`. */
export const revocationDeadline = () => performance.now() + longestMs

type Tokens = { accessToken: string; refreshToken: string | null }

/**
 * Everything needed to revoke a grant at the third party, read before it is deleted; or why it cannot be revoked. A
 * disabled instance can be revoked: that ends its credentials.
 */
export type PreparedRevocation = { host: string } & (
  { credentials: Credentials; tokens: Tokens } | { obstacle: string }
)

export type RevocationOutcome = { host: string; revoked: true } | { host: string; revoked: false; reason: string }

/** Null if there is nothing to revoke: no token, or no revoke URL. */
export async function prepareRevocation(workspaceId: string, instanceId: string): Promise<PreparedRevocation | null> {
  const token = await workspaceDb(workspaceId).instanceToken.findFirst({
    where: {
      instanceId,
      name: 'default',
      instance: { method: { phases: { some: { kind: 'revoke', url: { notIn: [''] } } } } },
    },
    select: {
      id: true,
      sealedAccessToken: true,
      sealedRefreshToken: true,
      instance: { select: { connector: { select: { name: true } } } },
    },
  })
  if (!token || token.sealedAccessToken === '') return null
  const host = token.instance.connector.name
  const credentials = await loadCredentials(workspaceId, instanceId, enabledUnchecked)
  if (!credentials.ok) return { host, obstacle: credentials.error.message }
  const tokens = openTokens(workspaceId, token)
  return tokens === null
    ? { host, obstacle: 'Its tokens were sealed with an encryption key that this server no longer has.' }
    : { host, credentials: credentials.value, tokens }
}

type SealedTokens = { id: string; sealedAccessToken: string; sealedRefreshToken: string | null }

function openTokens(workspaceId: string, token: SealedTokens): Tokens | null {
  const refreshToken = sealedIn(token, 'sealedRefreshToken')
  const addressOf = (field: keyof Omit<SealedTokens, 'id'>) => sealedTokenAddress(workspaceId, token.id, field)
  try {
    return {
      accessToken: unseal(sealedIn(token, 'sealedAccessToken'), addressOf('sealedAccessToken')),
      refreshToken: refreshToken === null ? null : unseal(refreshToken, addressOf('sealedRefreshToken')),
    }
  } catch (error) {
    if (error instanceof UnsealError) return null
    throw error
  }
}

/**
 * Tries to revoke the grant at the third party. The refresh token goes first, because revoking it usually revokes the
 * access token too. Never throws because of the third party; each request is logged.
 * @param deadline shared by several attempts
 * @see RFC 7009 §2
 */
export async function revokeTokens(
  prepared: PreparedRevocation,
  cause: Cause,
  deadline = revocationDeadline(),
): Promise<RevocationOutcome> {
  const { host } = prepared
  const failed = (reason: string): RevocationOutcome => ({ host, revoked: false, reason })
  if ('obstacle' in prepared) return failed(prepared.obstacle)
  const requests = requestsFor(prepared.credentials, prepared.tokens)
  if (!requests.ok) return failed(requests.error.message)
  const until = Math.min(deadline, performance.now() + prepared.credentials.method.timeoutSeconds * 1000)
  for (const [index, built] of requests.value.entries()) {
    const problem = await send(prepared, built, cause, Math.max(1, Math.ceil(until - performance.now())))
    if (problem !== null && !(index > 0 && problem.expiresByItself)) return failed(problem.reason)
  }
  return { host, revoked: true }
}

/** One request for each token, or a single one if the method's own request uses both tokens or neither. */
function requestsFor(
  { connector, method, values, confirmedOrigins }: Credentials,
  { accessToken, refreshToken }: Tokens,
): Result<BuiltRequest[]> {
  const context = { reserved: reservedValues({}), signer }
  const requests: BuiltRequest[] = []
  for (const token of refreshToken === null ? [null] : [refreshToken, null]) {
    const grant = { kind: 'revoke', accessToken, refreshToken: token } as const
    const built = buildTokenRequest({ connector, method, values, confirmedOrigins, grant, context })
    if (!built.ok) {
      // The method's own request uses the refresh token, which has already been revoked.
      if (requests.length > 0 && built.error.code === 'missing_value') continue
      return built
    }
    const isNew = requests.every(({ request }) => JSON.stringify(request) !== JSON.stringify(built.value.request))
    if (isNew) requests.push(built.value)
  }
  return succeed(requests)
}

type Problem = { reason: string; expiresByItself: boolean }

type Prepared = Extract<PreparedRevocation, { credentials: Credentials }>

function send(prepared: Prepared, built: BuiltRequest, cause: Cause, timeoutMs: number): Promise<Problem | null> {
  const { credentials } = prepared
  const options = { timeoutMs, followRedirects: false, clearance: enabledUnchecked } as const
  return exchange(credentials, built, contextOf(credentials, 'revoke', cause), options, (exchanged) =>
    problemOf(prepared, built, exchanged),
  )
}

/**
 * Null if the token was revoked. An access token that the third party cannot revoke expires by itself. @see RFC 7009
 * §2.2.1
 */
async function problemOf(
  { credentials, tokens }: Prepared,
  { secrets }: BuiltRequest,
  { outcome, log }: Exchanged,
): Promise<Problem | null> {
  secrets.addWhole(tokens.accessToken)
  secrets.addWhole(tokens.refreshToken)
  await log()
  if (!outcome.ok) return { reason: outcome.error.message, expiresByItself: false }
  const { response } = outcome
  const rule = credentials.method.phases.find(({ kind }) => kind === 'revoke')?.successRule ?? null
  const asked = await askAboutBody(
    readRevocation,
    { rule, response, secrets: secrets.texts() },
    { bodies: [response.body], handOver: true },
  )
  if (!asked.ok) return { reason: asked.error.message, expiresByItself: false }
  if (asked.value.isAccepted) return null
  const { reason, cannotRevoke } = asked.value
  return {
    reason: `The revoke URL returned ${statusInWords(response.status)}${reason === '' ? '.' : `: ${reason}`}`,
    expiresByItself: cannotRevoke,
  }
}
