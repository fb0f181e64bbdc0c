import 'server-only'
import { workspaceDb } from '@/lib/db/client'
import { permit, type Actor } from '@/lib/domain/actor'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { buildVerifyRequest } from '@/lib/domain/requests/build-verify-request'
import type { BuiltRequest } from '@/lib/domain/requests/types'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import { judgeFailure, judgeTestRequest, nothingToVerify, type Judgement } from '@/lib/domain/verification'
import { draftCredentials, loadCredentials, type CredentialDraft, type Credentials } from './credentials'
import { causeOf, type Cause } from './request-context'
import { recordVerification } from './record-verification'
import type { VerificationReport } from './verification-report'
import { sendWithToken, type NotSent, type Sent } from './send-with-token'

/**
 * *Test instance connection*: verifies what is in the form and stores nothing but the line in the request log. Needs
 * *manager*, because typed values are sent (DATA: People and workspaces).
 */
export async function verifyDraft(actor: Actor, draft: CredentialDraft): Promise<Result<VerificationReport>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const credentials = await draftCredentials(actor.workspaceId, draft)
  if (!credentials.ok) return credentials
  const { method } = credentials.value
  if (authenticationTypeDefinitions[method.type].needsPerson) {
    return refuse('invalid_input', 'This authentication method is verified by authorising at the third party; it cannot be tested with what is in the form.')
  }
  return runTestRequest(credentials.value, causeOf(actor, 'Test request'))
}

/** *Check now*: the test request with the credentials in force, for every type. Does not touch the settings' revision. */
export async function checkInstance(actor: Actor, instanceId: string): Promise<Result<VerificationReport>> {
  const allowed = permit(actor, 'run')
  if (!allowed.ok) return allowed
  const credentials = await loadCredentials(actor.workspaceId, instanceId)
  if (!credentials.ok) return credentials
  const report = await runTestRequest(credentials.value, causeOf(actor, 'Check now'))
  if (!report.ok) return report
  await workspaceDb(actor.workspaceId).$transaction((tx) => recordVerification(tx, actor, instanceId, report.value, 'check'))
  return report
}

async function runTestRequest(credentials: Credentials, cause: Cause): Promise<Result<VerificationReport>> {
  const started = performance.now()
  const { connector, method, values, confirmedOrigins } = credentials
  const request = { connector, method, values, confirmedOrigins }
  const probe = buildVerifyRequest({ ...request, reserved: { access_token: 'probe' } })
  if (!probe.ok) return probe
  const timed = (report: Judgement): VerificationReport => ({ ...report, durationMs: Math.round(performance.now() - started) })
  if (probe.value === null) return succeed(timed(nothingToVerify()))
  const sent = await sendWithToken({
    ...{ credentials, cause, purpose: 'verify', timeoutMs: method.timeoutSeconds * 1000, evenIfDead: true },
    build: (reserved) => withRequest(buildVerifyRequest({ ...request, reserved })),
  })
  if (sent.ok) return succeed(timed(judge(credentials, sent.value)))
  return sent.error.step === 'building' || sent.error.refusal.code === 'no_token' ? { ok: false, error: sent.error.refusal } : succeed(timed(judgeToken(sent.error)))
}

function withRequest(built: Result<BuiltRequest | null>): Result<BuiltRequest> {
  if (!built.ok) return built
  return built.value === null ? refuse('unexpected', 'The test request of this authentication method was removed meanwhile.') : succeed(built.value)
}

function judge({ method }: Credentials, { outcome, secrets }: Sent): Judgement {
  if (!outcome.ok) return judgeFailure(outcome.error)
  const rule = method.phases.find(({ kind }) => kind === 'verify')?.successRule ?? null
  return judgeTestRequest(rule, outcome.answer, secrets)
}

/** A dead grant is the third party's no; everything else on the way to a token says nothing about the credentials. */
function judgeToken({ refusal }: NotSent): Judgement {
  const outcome = isRejection(refusal) ? 'rejected' : 'could_not_tell'
  return { outcome, step: 'getting_token', status: null, message: refusal.message }
}

function isRejection({ code }: Refusal): boolean {
  return code === 'needs_authorising_again' || code === 'token_refused'
}
