import 'server-only'
import { signer } from '@/lib/platform/crypto/signer'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import type { TemporaryCredentials, ThreeLeggedInput } from '@/lib/domain/oauth1/three-legged'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { succeed, type Result } from '@/lib/domain/result'
import type { KnownSecrets } from '@/lib/domain/secret-book'
import type { Credentials } from '@/lib/credentials/credentials'
import { exchange, longestTokenResponse, type Exchanged } from '@/lib/exchange/exchange'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { logOf } from '@/lib/tokens/log-token-response'
import { contextOf, type Cause } from '@/lib/exchange/request-context'
import { reservedValues } from '@/lib/exchange/reserved-values'
import type { readRequestToken } from './oauth1-questions'

/** The input for building the requests of an OAuth 1 authorisation. */
export function threeLeggedInput({ connector, method, values, confirmedOrigins }: Credentials): ThreeLeggedInput {
  return { connector, method, values, confirmedOrigins, reserved: reservedValues({}), signer }
}

type Answered = { credentials: TemporaryCredentials; response: OutboundResponse; secrets: KnownSecrets }

/** Sends a request whose response contains a token and its secret. Both are masked in the log. */
export function askForToken(
  credentials: Credentials,
  built: BuiltRequest,
  cause: Cause,
  question: typeof readRequestToken,
): Promise<Result<Answered>> {
  const timeoutMs = credentials.method.timeoutSeconds * 1000
  const options = { timeoutMs, followRedirects: false, maxResponseBytes: longestTokenResponse }
  return exchange(credentials, built, contextOf(credentials, 'exchange', cause), options, (exchanged) =>
    readToken(built, question, exchanged),
  )
}

async function readToken(
  { secrets }: BuiltRequest,
  question: typeof readRequestToken,
  { outcome, log }: Exchanged,
): Promise<Result<Answered>> {
  if (!outcome.ok) {
    await log()
    return outcome
  }
  const { response } = outcome
  const asked = await askAboutBody(question, { response, secrets: secrets.texts() }, { bodies: [response.body] })
  const got = asked.ok ? asked.value : asked
  if (got.ok) secrets.addWhole(got.value.token)
  if (got.ok) secrets.addWhole(got.value.tokenSecret)
  await log(await logOf(response))
  return got.ok ? succeed({ credentials: got.value, response, secrets }) : got
}
