import 'server-only'
import { signer } from '@/lib/platform/crypto/signer'
import type { OutboundAnswer } from '@/lib/domain/http-messages'
import type { TemporaryCredentials, ThreeLeggedInput } from '@/lib/domain/oauth1/three-legged'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { succeed, type Result } from '@/lib/domain/result'
import type { KnownSecrets } from '@/lib/domain/secret-book'
import type { Credentials } from '@/lib/credentials/credentials'
import { exchange, longestTokenAnswer } from '@/lib/exchange/exchange'
import { maskTokenAnswer } from '@/lib/tokens/mask-token-answer'
import { contextOf, type Cause } from '@/lib/exchange/request-context'
import { reservedValues } from '@/lib/exchange/reserved-values'

/** What the rules need to build the requests of an OAuth 1 authorisation. */
export function threeLeggedInput({ connector, method, values, confirmedOrigins }: Credentials): ThreeLeggedInput {
  return { connector, method, values, confirmedOrigins, reserved: reservedValues({}), signer }
}

type Answered = { credentials: TemporaryCredentials; answer: OutboundAnswer; secrets: KnownSecrets }

/** Sends one of the requests that are answered with a token and its secret; the log gets the answer without either. */
export async function askForToken(
  credentials: Credentials,
  built: BuiltRequest,
  cause: Cause,
  read: (answer: OutboundAnswer, secrets: KnownSecrets) => Result<TemporaryCredentials>,
): Promise<Result<Answered>> {
  const timeoutMs = credentials.method.timeoutSeconds * 1000
  const { outcome, log } = await exchange(credentials, built, contextOf(credentials, 'exchange', cause), {
    timeoutMs,
    followRedirects: false,
    maxAnswerBytes: longestTokenAnswer,
  })
  if (!outcome.ok) {
    await log()
    return outcome
  }
  const { answer } = outcome
  const { secrets } = built
  const got = read(answer, secrets)
  if (got.ok) secrets.addWhole(got.value.token)
  if (got.ok) secrets.addWhole(got.value.tokenSecret)
  await log(answer.status < 400 ? { answer: maskTokenAnswer(answer) } : {})
  return got.ok ? succeed({ credentials: got.value, answer, secrets }) : got
}
