import 'server-only'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import type { Result } from '@/lib/domain/result'
import { signer } from '@/lib/platform/crypto/signer'
import type { RawOutcome } from '@/lib/platform/http/send-raw'
import { answerToChallenge } from './answer-challenge'
import type { Credentials } from '@/lib/credentials/credentials'
import { discard } from './discard'
import { exchangeRaw, type ExchangeOptions, type RawExchanged } from './exchange'
import type { RequestContext } from './request-context'
import type { ReservedValues } from './reserved-values'

export type SentBuilt = RawExchanged & {
  /** The last request that was sent. */
  built: BuiltRequest
}

type Options = ExchangeOptions & { reserved: ReservedValues }

/**
 * Sends a request with credentials, and a second one if the server responds with a challenge. Both share one timeout,
 * and both are logged.
 */
export async function sendBuilt(
  credentials: Credentials,
  built: BuiltRequest,
  context: RequestContext,
  { reserved, ...options }: Options,
): Promise<SentBuilt> {
  const began = performance.now()
  const first = await exchangeRaw(credentials, built, context, options)
  const challenge = first.outcome.ok ? challengeIn(credentials, built, reserved, first.outcome) : null
  if (!first.outcome.ok || challenge === null || (challenge.ok && challenge.value === null)) return { ...first, built }
  await discard(first.outcome.body)
  first.log()
  if (!challenge.ok) {
    const timing = first.outcome.timing()
    return { built, outcome: { ok: false, error: challenge.error, delivery: 'not_sent', timing }, log: () => {} }
  }
  const answer = challenge.value as BuiltRequest
  const left = Math.max(1, Math.ceil(options.timeoutMs - (performance.now() - began)))
  return { ...(await exchangeRaw(credentials, answer, context, { ...options, timeoutMs: left })), built: answer }
}

function challengeIn(
  credentials: Credentials,
  built: BuiltRequest,
  reserved: ReservedValues,
  { status, headers, finalUrl, redirects }: Extract<RawOutcome, { ok: true }>,
): Result<BuiltRequest | null> {
  const response = { status, headers, body: new Uint8Array() }
  return answerToChallenge(
    credentials,
    built,
    { reserved, signer, secrets: built.secrets },
    { response, finalUrl, redirects },
  )
}
