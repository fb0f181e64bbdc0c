import 'server-only'
import { databaseNow } from '@/lib/platform/db/database-now'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { buildAccessTokenRequest, type TemporaryCredentials } from '@/lib/domain/oauth1/three-legged'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import type { KnownSecrets } from '@/lib/domain/secret-book'
import { withStoredValues, type Credentials } from '@/lib/credentials/credentials'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { extractPresentValues } from '@/lib/tokens/token-questions'
import type { NewStoredValue } from '@/lib/credentials/stored-values'
import type { Cause } from '@/lib/exchange/request-context'
import { runLookups } from '@/lib/tokens/run-lookups'
import { accessTokenUrlFor } from './bound-token-url'
import type { Granted } from '@/lib/tokens/store-grant'
import { readOAuth1Token } from './oauth1-questions'
import { askForToken, threeLeggedInput } from './oauth1-requests'

type Given = TemporaryCredentials & { verifier: string }

/**
 * Exchanges the request token for the token that signs requests, at the URL that the authorisation was begun for.
 * @see RFC 5849 §2.3
 */
export async function exchangeOAuth1Verifier(
  credentials: Credentials,
  given: Given,
  tokenUrl: string,
  cause: Cause,
): Promise<Result<Granted>> {
  const bound = accessTokenUrlFor(credentials)
  if (!bound.ok) return bound
  if (bound.value !== tokenUrl) {
    return refuse(
      'method_changed',
      'The access token URL was changed after you started to authorise. Nothing was sent. Authorise again from the instance settings.',
    )
  }
  const built = buildAccessTokenRequest(threeLeggedInput(credentials), given)
  if (!built.ok) return built
  const asked = await askForToken(credentials, built.value, cause, readOAuth1Token)
  if (!asked.ok) return asked
  const obtainedAt = await databaseNow()
  const { token, tokenSecret } = asked.value.credentials
  const own = [
    secretValue('token', token),
    secretValue('token_secret', tokenSecret),
    ...(await valuesToStoreOf(credentials, asked.value)),
  ]
  const { stored, missed, problem } = await runLookups(
    withStoredValues(credentials, own),
    { access_token: token },
    cause,
  )
  const found = new Set(stored.map(({ key }) => key))
  const tokens = {
    accessToken: token,
    refreshToken: null,
    tokenType: 'OAuth',
    scope: null,
    expiresAt: null,
    stored: [...own.filter(({ key }) => !found.has(key)), ...stored],
  }
  return succeed({ tokens, obtainedAt, missed, lookupProblem: problem })
}

function secretValue(key: string, value: string): NewStoredValue {
  return { key, value, secret: true, expiresAt: null }
}

/** Values that are missing in the response are left out: the token works without them. */
async function valuesToStoreOf(
  { connector, method, values }: Credentials,
  { response, secrets }: { response: OutboundResponse; secrets: KnownSecrets },
): Promise<NewStoredValue[]> {
  const phase = method.phases.find(({ kind, step }) => kind === 'exchange' && step === 0)
  const extractions = [...method.options.kept, ...(phase?.extract ?? [])]
  const asked = await askAboutBody(
    extractPresentValues,
    { connector, method, values, extractions, response, secrets: secrets.texts() },
    { bodies: [response.body] },
  )
  return asked.ok ? asked.value : []
}
