import 'server-only'
import { signer } from '@/lib/platform/crypto/signer'
import type { PermittedActor } from '@/lib/domain/access/actor'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import type { PhaseDefinition } from '@/lib/domain/definitions'
import { checkSigningKey } from '@/lib/domain/oauth2/check-signing-key'
import { verifyPhases } from '@/lib/domain/requests/build-probe-request'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import { judgeFailure, nothingToVerify, type Judgement, type Turn } from '@/lib/domain/responses/verification'
import { draftCredentials, type CredentialDraft, type Credentials } from '@/lib/credentials/credentials'
import type { ObtainFailure } from '@/lib/tokens/obtain-failure'
import { rememberBriefly } from '@/lib/calls/remember-briefly'
import { causeOf, type Cause } from '@/lib/exchange/request-context'
import { flushRequestLog } from '@/lib/request-log/record'
import { reservedValues } from '@/lib/exchange/reserved-values'
import { askAboutBody } from '@/lib/platform/bodies/ask-about-body'
import { judgeResponse } from './judge-response'
import { obtainOwnToken } from './own-token'
import type { VerificationReport } from './verification-report'
import { testPhaseOf, testRequestOf, withOwnToken, type SendOptions } from './with-own-token'
import { readSent, sendWithToken, type Sent } from '@/lib/calls/send-with-token'
import type { Loaded, NotSent } from '@/lib/calls/types'

export type Load = (fresh?: boolean) => Promise<Result<Credentials>>

export type Judged = Result<Judgement>

/**
 * *Test instance connection*: verifies the values in the form and stores nothing except lines in the request log. These
 * operations need the role *manager*, because typed values are sent (DATA: People and workspaces).
 */
export async function verifyDraft(actor: PermittedActor, draft: CredentialDraft): Promise<Result<VerificationReport>> {
  const load = rememberBriefly(() => draftCredentials(actor.workspaceId, draft))
  const credentials = await load()
  if (!credentials.ok) return credentials
  const { connector, method } = credentials.value
  if (needsPerson(method)) {
    return refuse(
      'invalid_input',
      `“${method.name}” is verified by authorising at ${connector.name}: the values in the form cannot be tested by themselves.`,
    )
  }
  const key = checkSigningKey({ ...credentials.value, context: { reserved: reservedValues({}), signer } })
  if (!key.ok) return key
  return timed(() => judgeDraft(credentials.value, causeOf(actor, 'Test request'), load))
}

export async function timed(work: () => Promise<Judged>): Promise<Result<VerificationReport>> {
  const started = performance.now()
  const judged = await work()
  return judged.ok ? succeed({ ...judged.value, durationMs: Math.round(performance.now() - started) }) : judged
}

/** Uses a token that is obtained from the typed values for this test alone: a stored one belongs to other settings. */
async function judgeDraft(credentials: Credentials, cause: Cause, load: Load): Promise<Judged> {
  const obtained = await obtainOwnToken(credentials, cause)
  if (!obtained.ok) return judgeNotObtained(obtained.error)
  const own = obtained.value
  if (own === null) return judgeTestRequests({ credentials, cause, load }, nothingToVerify())
  const judged = await judgeTestRequests({ credentials, cause, load, own }, tokenObtained(credentials, own.status))
  if (!judged.ok || judged.value.outcome !== 'accepted' || own.lookupProblem === null) return judged
  return succeed({ ...judged.value, message: `${judged.value.message} ${own.lookupProblem}` })
}

function judgeNotObtained({ stage, outcome, status, code, message, field }: ObtainFailure): Judged {
  if (stage === 'building' || code === 'disabled') return refuse(code, message, field)
  return succeed({ outcome, step: stage, status, message })
}

export function tokenObtained({ connector }: Credentials, status: number | null): Judgement {
  return {
    outcome: 'accepted',
    step: 'getting_token',
    status,
    message: `${connector.name} accepted the credentials and issued a token.`,
  }
}

type Subject = { credentials: Credentials; cause: Cause; load: Load; own?: SendOptions['own'] }

/** All test requests must be accepted. The first one that is not decides. */
export async function judgeTestRequests(subject: Subject, without: Judgement): Promise<Judged> {
  const { connector, method } = subject.credentials
  const phases = verifyPhases(method)
  let judgement = without
  for (const [index, phase] of phases.entries()) {
    const judged = await judgeOne(subject, phase, { connector: connector.name, number: index + 1, of: phases.length })
    if (!judged.ok || judged.value.outcome !== 'accepted') return judged
    judgement = judged.value
  }
  return succeed(judgement)
}

async function judgeOne({ cause, load, own = null }: Subject, { step }: PhaseDefinition, turn: Turn): Promise<Judged> {
  const sent = await sendWithToken({
    purpose: 'verify',
    evenIfDead: true,
    readsWhole: true,
    load: async (fresh) => requestFrom(await load(fresh), step, { cause, own }),
  })
  if (!sent.ok) return judgeUnsent(sent.error)
  const judgement = await judgeSent(sent.value, step, turn)
  await flushRequestLog()
  return succeed(judgement)
}

function requestFrom(loaded: Result<Credentials>, step: number, options: SendOptions): Result<Loaded> {
  return withOwnToken(loaded, options, (credentials) => {
    const build = testRequestOf(credentials, step)
    if (build) return succeed(build)
    return refuse('unexpected', 'The test request of this authentication method was removed during the check.')
  })
}

function judgeSent(sent: Sent, step: number, turn: Turn): Promise<Judgement> {
  const { from, built } = sent
  const rule = testPhaseOf(from.credentials, step)?.successRule ?? null
  return readSent(sent, async (outcome) => {
    if (!outcome.ok) return judgeFailure(outcome.error)
    const { response } = outcome
    const asked = await askAboutBody(
      judgeResponse,
      { rule, response, secrets: built.secrets.texts(), turn },
      { bodies: [response.body], handOver: true },
    )
    return asked.ok ? asked.value : { ...judgeFailure(asked.error), step: 'test_request', status: response.status }
  })
}

/**
 * A dead grant means that the third party rejected the credentials. Any other problem while getting a token, or waiting
 * for a turn, says nothing about them.
 */
export function judgeUnsent({ step, refusal }: NotSent): Judged {
  if (step === 'building' || refusal.code === 'no_token' || refusal.code === 'disabled')
    return { ok: false, error: refusal }
  const outcome = isRejection(refusal) ? 'rejected' : 'could_not_tell'
  return succeed({
    outcome,
    step: step === 'getting_token' ? step : 'test_request',
    status: null,
    message: refusal.message,
  })
}

function isRejection({ code }: Refusal): boolean {
  return code === 'needs_authorising_again' || code === 'token_refused'
}
