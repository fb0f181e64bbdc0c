import 'server-only'
import { changedBySomeoneElse } from '@/lib/db/changed-by-someone-else'
import { workspaceDb } from '@/lib/db/client'
import { permit, type Actor } from '@/lib/domain/actor'
import type { ErrorCode } from '@/lib/domain/errors'
import { judgeCallback, readCallback, type AcceptedCallback, type Callback } from '@/lib/domain/oauth2/callback'
import { renderedOrigins } from '@/lib/domain/origins'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import { draftCredentials, type Credentials } from '@/lib/requests/credentials'
import { causeOf } from '@/lib/requests/request-context'
import { applyAuthorisation } from './apply-authorisation'
import { exchangeCode } from './exchange-code'
import { findPending, type Pending } from './find-pending'
import { openSettings, openVerifier } from './pending-settings'
import { hashOf } from './state'
import type { AuthorisationRefusal } from './views'

type Outcome = Result<{ instanceId: string }, AuthorisationRefusal>

/**
 * The end of an authorisation, in the order of PRODUCT (OAuth 2 journey, steps 3 to 5): the state is this person's and
 * this browser's, it is used up, the answer is the right server's, the code is exchanged, and all that waited is
 * applied in one transaction. Every refusal leaves what is in force untouched.
 */
export async function completeAuthorisation(actor: Actor, parameters: URLSearchParams, browserSecretFor: BrowserSecretFor): Promise<Outcome> {
  const callback = readCallback(parameters)
  const pending = await findPending(callback.state)
  const credentials = pending && isStillWaiting(pending) && pending.userId === actor.userId ? await openPending(pending) : null
  const judged = judge(actor, callback, pending, credentials, browserSecretFor)
  if (!judged.ok && (pending === null || isAboutState(judged.error.code))) return refused(judged.error, ownInstance(judged.error.code, pending), stillWaits(judged.error.code, pending))
  if (pending === null || credentials === null) throw new Error('a callback was accepted for which nothing was pending')
  if (!(await consume(pending))) return completeAuthorisation(actor, parameters, browserSecretFor)
  const finished = judged.ok && credentials.ok ? await finish(actor, pending, credentials.value, judged.value) : await explained(firstError(credentials, judged), pending)
  if (finished.ok) return succeed({ instanceId: pending.instanceId })
  return refused(finished.error, pending.instance, !final.includes(finished.error.code))
}

type BrowserSecretFor = (redirectUri: string) => string | undefined

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
    method: pending?.instance.method ?? { type: 'oauth2_authorization_code', revision: 0, options: {} },
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

/** The page of a refusal that is loaded again says "used", and the values may still be there. */
function stillWaits(code: ErrorCode, pending: Pending | null): boolean {
  return code === 'state_used' && pending !== null && pending.sealedSettings !== '' && pending.expiresAt > new Date() && pending.instanceRevision === pending.instance.revision
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
  return applyAuthorisation(actor, pending, { ...tokens, kept: { ...kept, ...tokens.kept } }, obtainedAt)
}
