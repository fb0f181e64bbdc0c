import 'server-only'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import type { OutboundAnswer } from '@/lib/domain/http-messages'
import { signer } from '@/lib/platform/crypto/signer'
import type { SendOutcome } from '@/lib/platform/http/send'
import { answerToChallenge } from './answer-challenge'
import type { Credentials } from '@/lib/credentials/credentials'
import { exchange } from './exchange'
import type { RequestContext } from './request-context'
import type { ReservedValues } from './reserved-values'

export type SentBuilt = {
  outcome: SendOutcome
  /** As it was last sent. */
  built: BuiltRequest
  log: (more?: { secrets?: string[]; answer?: OutboundAnswer }) => Promise<void>
}

type Options = { timeoutMs: number; followRedirects?: boolean; secrets: readonly string[]; reserved: ReservedValues }

/** Sends a request with credentials, and once more where the server answers with a challenge: both within one time limit, both in the log. */
export async function sendBuilt(
  credentials: Credentials,
  built: BuiltRequest,
  context: RequestContext,
  options: Options,
): Promise<SentBuilt> {
  const { timeoutMs, followRedirects, secrets, reserved } = options
  const began = performance.now()
  const first = await exchange(credentials, built, context, { timeoutMs, followRedirects })
  const challenge = first.outcome.ok ? answerToChallenge(credentials, built, { reserved, signer }, first.outcome) : null
  if (challenge === null || (challenge.ok && challenge.value === null)) return { ...first, built }
  await first.log({ secrets: [...secrets] })
  if (!challenge.ok)
    return {
      ...first,
      built,
      outcome: { ok: false, error: challenge.error, timing: first.outcome.timing },
      log: async () => {},
    }
  const answer = challenge.value as BuiltRequest
  const left = Math.max(1, Math.ceil(timeoutMs - (performance.now() - began)))
  return { ...(await exchange(credentials, answer, context, { timeoutMs: left, followRedirects })), built: answer }
}
