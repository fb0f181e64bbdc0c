import 'server-only'
import { signer } from '@/lib/platform/crypto/signer'
import { sealedIn, unseal, UnsealError } from '@/lib/platform/crypto/seal'
import { workspaceDb } from '@/lib/platform/db/client'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { succeed, type Result } from '@/lib/domain/result'
import { loadCredentials, type Credentials } from '@/lib/credentials/credentials'
import { exchange, type Exchanged } from '@/lib/exchange/exchange'
import { contextOf, type Cause } from '@/lib/exchange/request-context'
import { reservedValues } from '@/lib/exchange/reserved-values'
import { sealedTokenAddress } from './sealed-token-address'
import { readRevocation } from './token-questions'

/** Nobody waits longer than this for a third party when they delete something. */
const longestMs = 10_000

type Tokens = { accessToken: string; refreshToken: string | null }

/** What is needed to end a grant at the third party, opened while it is still there; or why that cannot be done. */
export type PreparedRevocation = { host: string } & (
  { credentials: Credentials; tokens: Tokens } | { obstacle: string }
)

export type RevocationOutcome = { host: string; revoked: true } | { host: string; revoked: false; reason: string }

/** Null where there is nothing to revoke: no token, or no revoke URL. */
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
  const credentials = await loadCredentials(workspaceId, instanceId)
  if (!credentials.ok) return { host, obstacle: credentials.error.message }
  const tokens = openTokens(workspaceId, token)
  return tokens === null
    ? { host, obstacle: 'Its tokens were sealed with an encryption key that this server no longer has.' }
    : { host, credentials: credentials.value, tokens }
}

type SealedTokens = { id: string; sealedAccessToken: string; sealedRefreshToken: string | null }

function openTokens(workspaceId: string, token: SealedTokens): Tokens | null {
  const refreshToken = sealedIn(token, 'sealedRefreshToken')
  const placeOf = (field: keyof Omit<SealedTokens, 'id'>) => sealedTokenAddress(workspaceId, token.id, field)
  try {
    return {
      accessToken: unseal(sealedIn(token, 'sealedAccessToken'), placeOf('sealedAccessToken')),
      refreshToken: refreshToken === null ? null : unseal(refreshToken, placeOf('sealedRefreshToken')),
    }
  } catch (error) {
    if (error instanceof UnsealError) return null
    throw error
  }
}

/**
 * Ends the grant at the third party, as well as can be: the refresh token first, because its end is mostly that of the
 * access token too. Never throws for what the third party does; each request is in the log.
 * @see RFC 7009 §2
 */
export async function revokeTokens(prepared: PreparedRevocation, cause: Cause): Promise<RevocationOutcome> {
  const { host } = prepared
  const failed = (reason: string): RevocationOutcome => ({ host, revoked: false, reason })
  if ('obstacle' in prepared) return failed(prepared.obstacle)
  const requests = requestsFor(prepared.credentials, prepared.tokens)
  if (!requests.ok) return failed(requests.error.message)
  const until = performance.now() + Math.min(longestMs, prepared.credentials.method.timeoutSeconds * 1000)
  for (const [index, built] of requests.value.entries()) {
    const problem = await send(prepared, built, cause, Math.max(1, Math.ceil(until - performance.now())))
    if (problem !== null && !(index > 0 && problem.endsByItself)) return failed(problem.reason)
  }
  return { host, revoked: true }
}

/** One for each token; where the method's own request names both or neither, one is enough. */
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
      // A request of the method's own that names the refresh token has ended it already.
      if (requests.length > 0 && built.error.code === 'missing_value') continue
      return built
    }
    const isNew = requests.every(({ request }) => JSON.stringify(request) !== JSON.stringify(built.value.request))
    if (isNew) requests.push(built.value)
  }
  return succeed(requests)
}

type Problem = { reason: string; endsByItself: boolean }

type Prepared = Extract<PreparedRevocation, { credentials: Credentials }>

function send(prepared: Prepared, built: BuiltRequest, cause: Cause, timeoutMs: number): Promise<Problem | null> {
  const { credentials } = prepared
  const options = { timeoutMs, followRedirects: false }
  return exchange(credentials, built, contextOf(credentials, 'revoke', cause), options, (exchanged) =>
    problemOf(prepared, built, exchanged),
  )
}

/** An access token that is not kept there cannot be revoked; it ends when it says. @see RFC 7009 §2.2.1 */
async function problemOf(
  { credentials, tokens }: Prepared,
  { secrets }: BuiltRequest,
  { outcome, log }: Exchanged,
): Promise<Problem | null> {
  secrets.addWhole(tokens.accessToken)
  secrets.addWhole(tokens.refreshToken)
  await log()
  if (!outcome.ok) return { reason: outcome.error.message, endsByItself: false }
  const { response } = outcome
  const rule = credentials.method.phases.find(({ kind }) => kind === 'revoke')?.successRule ?? null
  const asked = await askAboutBody(
    readRevocation,
    { rule, response, secrets: secrets.texts() },
    { bodies: [response.body], handOver: true },
  )
  if (!asked.ok) return { reason: asked.error.message, endsByItself: false }
  if (asked.value.isAccepted) return null
  const { reason, cannotRevoke } = asked.value
  return {
    reason: `The third party answered with status ${response.status}${reason === '' ? '' : `: ${reason}`}.`,
    endsByItself: cannotRevoke,
  }
}
