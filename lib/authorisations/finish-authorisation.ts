import 'server-only'
import type { AcceptedCallback } from '@/lib/domain/oauth2/callback'
import type { Result } from '@/lib/domain/result'
import { effectiveDefinitions } from '@/lib/domain/variables/resolve-variables'
import { withStoredValues, type Credentials } from '@/lib/credentials/credentials'
import type { NewStoredValue } from '@/lib/credentials/stored-values'
import { causeOf, type Cause } from '@/lib/exchange/request-context'
import type { Granted } from '@/lib/tokens/store-grant'
import type { Context } from '@/lib/operations/operation'
import { applyAuthorisation } from './apply-authorisation'
import { exchangeCode } from './exchange-code'
import { exchangeOAuth1Verifier } from './exchange-oauth1-verifier'
import { storedRequestToken, type Pending } from './find-pending'
import { openVerifier } from './pending-settings'

/**
 * Exchanges an accepted callback for tokens and applies everything. The exchange comes before the transaction, so that
 * no row stays locked while the third party is slow.
 */
export async function finishAuthorisation(
  context: Context,
  pending: Pending,
  credentials: Credentials,
  { code, values }: AcceptedCallback,
): Promise<Result<null>> {
  const fromQuery = fromCallback(credentials, values)
  const cause = causeOf(context.actor, 'Get token', { correlationId: pending.id })
  const granted = await exchangeFor(pending, withStoredValues(credentials, fromQuery), code, cause)
  if (!granted.ok) return granted
  const { tokens } = granted.value
  const keys = new Set(tokens.stored.map(({ key }) => key))
  return applyAuthorisation(context, pending, {
    ...granted.value,
    tokens: { ...tokens, stored: [...fromQuery.filter(({ key }) => !keys.has(key)), ...tokens.stored] },
  })
}

/** The values of the callback to store, secret where their variables are. */
function fromCallback({ connector, method }: Credentials, values: Record<string, string>): NewStoredValue[] {
  const secret = new Set(
    effectiveDefinitions({ connector, method })
      .filter((definition) => definition.secret)
      .map(({ key }) => key),
  )
  return Object.entries(values).map(([key, value]) => ({ key, value, secret: secret.has(key), expiresAt: null }))
}

function exchangeFor(pending: Pending, credentials: Credentials, code: string, cause: Cause): Promise<Result<Granted>> {
  const requestToken = storedRequestToken(pending)
  if (requestToken)
    return exchangeOAuth1Verifier(credentials, { ...requestToken, verifier: code }, pending.tokenUrl, cause)
  const verifier = openVerifier(pending.workspaceId, pending)
  return exchangeCode(credentials, code, { ...pending, verifier }, cause)
}
