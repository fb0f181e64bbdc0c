import 'server-only'
import { tokenOriginOf } from '@/lib/domain/authentication/token-origin'
import { verifyPhases } from '@/lib/domain/requests/build-probe-request'
import { notFound } from '@/lib/domain/refusals'
import { refuse, succeed } from '@/lib/domain/result'
import { nothingToVerify } from '@/lib/domain/responses/verification'
import { lookUpWhatIsMissing } from './after-connect'
import { lockSettings } from '@/lib/health/write-health'
import { loadCredentials, settingsOf, type Credentials } from '@/lib/credentials/credentials'
import { rememberBriefly } from '@/lib/calls/remember-briefly'
import { causeOf, type Cause } from '@/lib/exchange/request-context'
import { recordVerification } from './record-verification'
import { tokenFor } from '@/lib/calls/token-for'
import { z } from 'zod'
import { workspaceDb } from '@/lib/platform/db/client'
import { commitUnlessRefused } from '@/lib/platform/db/commit-unless-refused'
import { operation } from '@/lib/operations/operation'
import { idOf } from '@/lib/operations/input'
import { verificationReport } from './verification-report'
import { timed, Judged, Load, judgeTestRequests, judgeUnsent, tokenObtained } from './verify'

/**
 * *Check now*: runs the test requests with the current credentials, for every type. Does not change the settings'
 * revision.
 */
export const checkInstance = operation({
  name: 'check_instance',
  permission: 'run',
  restrictedKeys: 'allowed',
  input: z.strictObject({ instanceId: idOf('instance') }),
  output: verificationReport,
  run: async ({ actor, db }, { instanceId }) => {
    if (!(await db.instance.findFirst({ where: { id: instanceId }, select: { id: true } }))) return notFound('instance')
    let settings = ''
    const load = rememberBriefly(async () => {
      const loaded = await loadCredentials(actor.workspaceId, instanceId)
      if (loaded.ok) settings = settingsOf(loaded.value)
      return loaded
    })
    const credentials = await load()
    if (!credentials.ok) return credentials
    const cause = causeOf(actor, 'Check now')
    const report = await timed(() => judgeInstance(credentials.value, cause, load))
    if (!report.ok) return report
    const problem = report.value.outcome === 'accepted' ? await lookUpWhatIsMissing(credentials.value, cause) : null
    const shown = problem === null ? report.value : { ...report.value, message: `${report.value.message} ${problem}` }
    // The instance is visible to the actor. Its health is written by SQL, which no limit of a key narrows.
    return commitUnlessRefused(workspaceDb(actor.workspaceId), async (tx) => {
      const inForce = await lockSettings(tx, { workspaceId: actor.workspaceId, instanceId })
      // The instance was deleted in the meantime: the result is shown but cannot be recorded.
      if (inForce === null) return succeed(shown)
      // A result for earlier settings says nothing about the current ones.
      if (inForce !== settings) return changedMeanwhile()
      await recordVerification(tx, actor, instanceId, shown, 'check')
      return succeed(shown)
    })
  },
})

const changedMeanwhile = () =>
  refuse('changed_by_someone_else', 'The settings of this instance were changed during the check. Check again.')

/**
 * Without a test request, getting a token is the verification. It is not possible if only a person can get the token.
 */
async function judgeInstance(credentials: Credentials, cause: Cause, load: Load): Promise<Judged> {
  const hasTestRequest = verifyPhases(credentials.method).length > 0
  if (hasTestRequest || tokenOriginOf(credentials.method) === null)
    return judgeTestRequests({ credentials, cause, load }, nothingToVerify())
  const token = await tokenFor({ credentials, cause }, { evenIfDead: true, evenIfGood: true })
  if (token.ok) return succeed(token.value?.renewed ? tokenObtained(credentials, null) : nothingToVerify())
  return judgeUnsent({ step: 'getting_token', refusal: token.error })
}
