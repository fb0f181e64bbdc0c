import 'server-only'
import { workspaceDb } from '@/lib/db/client'
import { permit, type Actor } from '@/lib/domain/actor'
import { needsPerson } from '@/lib/domain/authentication/needs-person'
import { buildVerifyRequest } from '@/lib/domain/requests/build-verify-request'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import { judgeFailure, judgeTestRequest, nothingToVerify, type Judgement } from '@/lib/domain/verification'
import { draftCredentials, loadCredentials, type CredentialDraft, type Credentials } from './credentials'
import { rememberBriefly } from './remember-briefly'
import { causeOf, type Cause } from './request-context'
import { recordVerification } from './record-verification'
import type { VerificationReport } from './verification-report'
import { sendWithToken, type Loaded, type NotSent, type Sent } from './send-with-token'

/**
 * *Test instance connection*: verifies what is in the form and stores nothing but the line in the request log. Needs
 * *manager*, because typed values are sent (DATA: People and workspaces).
 */
export async function verifyDraft(actor: Actor, draft: CredentialDraft): Promise<Result<VerificationReport>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const load = rememberBriefly(() => draftCredentials(actor.workspaceId, draft))
  const credentials = await load()
  if (!credentials.ok) return credentials
  const { method } = credentials.value
  if (needsPerson(method)) {
    return refuse('invalid_input', 'This authentication method is verified by authorising at the third party; it cannot be tested with what is in the form.')
  }
  return runTestRequest(credentials.value, causeOf(actor, 'Test request'), load)
}

/** *Check now*: the test request with the credentials in force, for every type. Does not touch the settings' revision. */
export async function checkInstance(actor: Actor, instanceId: string): Promise<Result<VerificationReport>> {
  const allowed = permit(actor, 'run')
  if (!allowed.ok) return allowed
  const load = rememberBriefly(() => loadCredentials(actor.workspaceId, instanceId))
  const credentials = await load()
  if (!credentials.ok) return credentials
  const report = await runTestRequest(credentials.value, causeOf(actor, 'Check now'), load)
  if (!report.ok) return report
  await workspaceDb(actor.workspaceId).$transaction((tx) => recordVerification(tx, actor, instanceId, report.value, 'check'))
  return report
}

async function runTestRequest(credentials: Credentials, cause: Cause, load: (anew?: boolean) => Promise<Result<Credentials>>): Promise<Result<VerificationReport>> {
  const started = performance.now()
  const timed = (report: Judgement): VerificationReport => ({ ...report, durationMs: Math.round(performance.now() - started) })
  const probe = testRequestOf(credentials, { access_token: 'probe' })
  if (!probe.ok) return probe
  if (probe.value === null) return succeed(timed(nothingToVerify()))
  const sent = await sendWithToken({ purpose: 'verify', evenIfDead: true, load: async (anew) => requestFrom(await load(anew), cause) })
  if (sent.ok) return succeed(timed(judge(sent.value)))
  const { step, refusal } = sent.error
  return step === 'building' || refusal.code === 'no_token' ? { ok: false, error: refusal } : succeed(timed(judgeNotSent(sent.error)))
}

type Reserved = Parameters<Loaded['build']>[0]

function testRequestOf({ connector, method, values, confirmedOrigins }: Credentials, reserved: Partial<Reserved>) {
  return buildVerifyRequest({ connector, method, values, confirmedOrigins, reserved })
}

function requestFrom(credentials: Result<Credentials>, cause: Cause): Result<Loaded> {
  if (!credentials.ok) return credentials
  const { value } = credentials
  const build = (reserved: Reserved) => withRequest(testRequestOf(value, reserved))
  return succeed({ credentials: value, cause, timeoutMs: value.method.timeoutSeconds * 1000, build })
}

function withRequest(built: Result<BuiltRequest | null>): Result<BuiltRequest> {
  if (!built.ok) return built
  return built.value === null ? refuse('unexpected', 'The test request of this authentication method was removed meanwhile.') : succeed(built.value)
}

function judge({ from, outcome, secrets }: Sent): Judgement {
  if (!outcome.ok) return judgeFailure(outcome.error)
  const rule = from.credentials.method.phases.find(({ kind }) => kind === 'verify')?.successRule ?? null
  return judgeTestRequest(rule, outcome.answer, secrets)
}

/** A dead grant is the third party's no; everything else on the way to a token, or to a turn, says nothing about the credentials. */
function judgeNotSent({ step, refusal }: NotSent): Judgement {
  const outcome = isRejection(refusal) ? 'rejected' : 'could_not_tell'
  return { outcome, step: step === 'getting_token' ? step : 'test_request', status: null, message: refusal.message }
}

function isRejection({ code }: Refusal): boolean {
  return code === 'needs_authorising_again' || code === 'token_refused'
}
