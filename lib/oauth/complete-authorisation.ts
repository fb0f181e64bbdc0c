import 'server-only'
import { recordAudit } from '@/lib/audit/record'
import { changedBySomeoneElse } from '@/lib/db/changed-by-someone-else'
import { systemDb, workspaceDb } from '@/lib/db/client'
import { commitUnlessRefused } from '@/lib/db/commit-unless-refused'
import { permit, type Actor } from '@/lib/domain/actor'
import type { ErrorCode } from '@/lib/domain/errors'
import { judgeCallback, readCallback, type AcceptedCallback, type Callback } from '@/lib/domain/oauth2/callback'
import { renderedOrigins } from '@/lib/domain/origins'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import { applyInstanceSettings } from '@/lib/requests/apply-instance-settings'
import { draftCredentials, type Credentials } from '@/lib/requests/credentials'
import { causeOf } from '@/lib/requests/request-context'
import type { NewTokens } from '@/lib/requests/tokens'
import { exchangeCode } from './exchange-code'
import { openSettings, openVerifier } from './pending-settings'
import { hashOf } from './state'
import { storeGrant } from './store-grant'
import type { AuthorisationRefusal } from './views'

type Outcome = Result<{ instanceId: string }, AuthorisationRefusal>

/**
 * The end of an authorisation, in the order of PRODUCT (OAuth 2 journey, steps 3 to 5): the state is this person's and
 * this browser's, it is used up, the answer is the right server's, the code is exchanged, and all that waited is
 * applied in one transaction. Every refusal leaves what is in force untouched.
 */
export async function completeAuthorisation(actor: Actor, parameters: URLSearchParams, browserSecretFor: BrowserSecretFor): Promise<Outcome> {
  const callback = readCallback(parameters)
  const pending = await findPending(callback)
  const credentials = pending && isStillWaiting(pending) && pending.userId === actor.userId ? await openPending(pending) : null
  const judged = judge(actor, callback, pending, credentials, browserSecretFor)
  if (!judged.ok && (pending === null || isAboutState(judged.error.code))) return refused(judged.error, ownInstance(judged.error.code, pending), false)
  if (pending === null || credentials === null) throw new Error('a callback was accepted for which nothing was pending')
  if (!(await consume(pending))) return completeAuthorisation(actor, parameters, browserSecretFor)
  const finished = judged.ok && credentials.ok ? await finish(actor, pending, credentials.value, judged.value) : await explained(firstError(credentials, judged), pending)
  if (finished.ok) return succeed({ instanceId: pending.instanceId })
  return refused(finished.error, pending.instance, !final.includes(finished.error.code))
}

type BrowserSecretFor = (redirectUri: string) => string | undefined
type Pending = NonNullable<Awaited<ReturnType<typeof findPending>>>

/** Looked up by its hash, in whichever workspace: only then is it known whose it is. */
function findPending({ state }: Callback) {
  if (state === null) return null
  return systemDb().pendingAuthorisation.findUnique({
    where: { stateHash: hashOf(state) },
    include: {
      instance: {
        select: {
          ...{ id: true, name: true, revision: true, updatedAt: true, updatedById: true },
          method: { select: { revision: true, options: true } },
        },
      },
    },
    omit: { browserHash: false, sealedVerifier: false, sealedSettings: false },
  })
}

/** The clean-up job empties what has expired. */
function isStillWaiting({ state, sealedSettings }: Pending): boolean {
  return state === 'live' && sealedSettings !== ''
}

/** Without credentials nobody can say which server should have answered: what is wrong with them comes first. */
function firstError(...results: Result<unknown>[]): Refusal {
  return results.find((result) => !result.ok)!.error
}

type Opened = Result<Credentials>

/** The credentials as they would be, with what waits over what is in force. */
function openPending({ id, workspaceId, methodId, instanceId, sealedSettings }: Pending): Promise<Opened> {
  const { values, certificate } = openSettings(workspaceId, id, sealedSettings)
  return draftCredentials(workspaceId, { methodId, instanceId, values, certificate })
}

function judge(actor: Actor, callback: Callback, pending: Pending | null, credentials: Opened | null, browserSecretFor: BrowserSecretFor) {
  const secret = pending?.workspaceId === actor.workspaceId ? browserSecretFor(pending.redirectUri) : undefined
  return judgeCallback({
    ...{ callback, pending, now: new Date(), userId: actor.userId, browserHash: secret === undefined ? null : hashOf(secret) },
    method: pending?.instance.method ?? { revision: 0, options: {} },
    instanceRevision: pending?.instance.revision ?? 0,
    serverOrigins: credentials?.ok ? renderedOrigins({ ...credentials.value, endpoints: [] }, credentials.value.values) : [],
  })
}

/** Who changed the instance meanwhile is said by name (rule R12). */
async function explained(refusal: Refusal, { instance }: Pending): Promise<{ ok: false; error: Refusal }> {
  return refusal.code === 'changed_by_someone_else' ? changedBySomeoneElse(`“${instance.name}”`, instance) : { ok: false, error: refusal }
}

const stateCodes: readonly ErrorCode[] = ['state_unknown', 'state_used', 'state_expired', 'state_superseded', 'state_foreign']
/** After these the waiting values cannot be authorised again as they are. */
const final: readonly ErrorCode[] = ['changed_by_someone_else', 'name_taken', 'not_found', 'not_allowed', 'secret_needed_for_new_host']

function isAboutState(code: ErrorCode): boolean {
  return stateCodes.includes(code)
}

/** Whose instance it was is told to nobody else. */
function ownInstance(code: ErrorCode, pending: Pending | null): { id: string; name: string } | null {
  return code === 'state_foreign' || code === 'state_unknown' ? null : (pending?.instance ?? null)
}

function refused(refusal: Refusal, instance: { id: string; name: string } | null, canRetry: boolean): Outcome {
  return { ok: false, error: { ...refusal, instance: instance && { id: instance.id, name: instance.name }, canRetry } }
}

/** Used up once, atomically, before anything is done with the code: two callbacks at once, and one of them is late. */
async function consume({ id, workspaceId }: Pending): Promise<boolean> {
  const { count } = await workspaceDb(workspaceId).pendingAuthorisation.updateMany({
    where: { id, state: 'live', expiresAt: { gt: new Date() } },
    data: { state: 'consumed', endedAt: new Date() },
  })
  return count === 1
}

async function finish(actor: Actor, pending: Pending, credentials: Credentials, { code, kept }: AcceptedCallback): Promise<Result<null>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const verifier = pending.sealedVerifier === null ? null : openVerifier(pending.workspaceId, pending.id, pending.sealedVerifier)
  const exchanged = await exchangeCode(credentials, code, { ...pending, verifier }, causeOf(actor, 'Get token'))
  if (!exchanged.ok) return exchanged
  const { tokens, obtainedAt } = exchanged.value
  return apply(actor, pending, { ...tokens, kept: { ...kept, ...tokens.kept } }, obtainedAt)
}

/** Settings, tokens, kept values and status change together or not at all. */
function apply(actor: Actor, pending: Pending, tokens: NewTokens, obtainedAt: Date): Promise<Result<null>> {
  const { workspaceId, instanceId, instanceRevision } = pending
  const settings = openSettings(workspaceId, pending.id, pending.sealedSettings)
  return commitUnlessRefused(workspaceDb(workspaceId), async (tx) => {
    const applied = await applyInstanceSettings(tx, actor, { instanceId, baseRevision: instanceRevision }, settings)
    if (!applied.ok) return applied
    const grant = await storeGrant(tx, { workspaceId, instanceId }, tokens, obtainedAt)
    const verification = { outcome: 'accepted', step: 'getting_token', status: 200, message: 'Authorised at the third party.' }
    const health = { status: 'connected', statusReason: '', statusSince: obtainedAt } as const
    await tx.instance.updateMany({ where: { id: instanceId }, data: { ...health, lastVerifiedAt: obtainedAt, lastVerifiedById: actor.userId, lastVerification: verification } })
    await tx.pendingAuthorisation.updateMany({ where: { instanceId }, data: { sealedSettings: '', sealedVerifier: null } })
    await recordAudit(tx, actor, { action: 'authorise_instance', objectType: 'authorisation', objectId: instanceId, objectName: settings.name, changes: { tokens: grant } })
    return succeed(null)
  })
}
