import 'server-only'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { changedBySomeoneElse } from '@/lib/platform/db/changed-by-someone-else'
import { workspaceDb } from '@/lib/platform/db/client'
import { permit, type Actor } from '@/lib/domain/access/actor'
import type { ErrorCode } from '@/lib/domain/errors'
import { readOAuth1Callback, requestTokenOf } from '@/lib/domain/oauth1/callback'
import {
  callbackNames,
  judgeCallback,
  readCallback,
  type AcceptedCallback,
  type Callback,
} from '@/lib/domain/oauth2/callback'
import { renderedOrigins } from '@/lib/domain/requests/origins'
import { refuse, succeed, type Refusal, type Result } from '@/lib/domain/result'
import { definitionsInForce } from '@/lib/domain/variables/resolve-variables'
import { draftCredentials, withKeptValues, type Credentials } from '@/lib/credentials/credentials'
import type { NewKeptValue } from '@/lib/credentials/kept-values'
import { causeOf, type Cause } from '@/lib/exchange/request-context'
import { applyAuthorisation } from './apply-authorisation'
import { exchangeCode } from './exchange-code'
import type { Granted } from '@/lib/tokens/store-grant'
import { exchangeOAuth1Verifier } from './exchange-oauth1-verifier'
import { findPending, findPendingByToken, keptRequestToken, type BrowserSecretFor, type Pending } from './find-pending'
import { openSettings, openVerifier } from './pending-settings'
import { hashOf } from './state'
import type { AuthorisationRefusal } from './views'

type Outcome = Result<{ instanceId: string }, AuthorisationRefusal>

/**
 * The end of an authorisation, in the order of PRODUCT (OAuth 2 journey, steps 3 to 5): the state is this person's and
 * this browser's, it is used up, the answer is the right server's, the code is exchanged, and all that waited is
 * applied in one transaction. Every refusal leaves what is in force untouched.
 */
export async function completeAuthorisation(
  actor: Actor,
  parameters: URLSearchParams,
  browserSecretFor: BrowserSecretFor,
): Promise<Outcome> {
  const { pending, callback } = await locate(actor, parameters, browserSecretFor)
  const credentials =
    pending && isStillWaiting(pending) && actor.kind === 'person' && pending.userId === actor.userId
      ? await openPending(pending)
      : null
  const judged = judge(actor, callback, pending, credentials, browserSecretFor)
  if (!judged.ok && (pending === null || isAboutState(judged.error.code)))
    return refused(judged.error, ownInstance(judged.error.code, pending), stillWaits(judged.error.code, pending))
  if (pending === null || credentials === null) throw new Error('a callback was accepted for which nothing was pending')
  if (!(await consume(pending))) return completeAuthorisation(actor, parameters, browserSecretFor)
  const finished =
    judged.ok && credentials.ok
      ? await finish(actor, pending, credentials.value, judged.value)
      : await explained(firstError(credentials, judged), pending)
  if (finished.ok) return succeed({ instanceId: pending.instanceId })
  return refused(finished.error, pending.instance, !final.includes(finished.error.code))
}

/** For a callback that is about nothing: judged by the rules of the usual kind. */
const noMethod = {
  type: 'oauth2_authorization_code',
  revision: 0,
  options: authenticationTypeDefinitions.oauth2_authorization_code.defaultOptions,
} as const

type Located = { pending: Pending | null; callback: Callback }

/** The authorisation that a callback is about, and the callback in the words of its method. */
async function locate(actor: Actor, parameters: URLSearchParams, browserSecretFor: BrowserSecretFor): Promise<Located> {
  const found = await findPending(parameters)
  if (found) {
    const { pending, foundBy } = found
    const callback = readCallback(parameters, callbackNames(pending.instance.method), foundBy)
    return { pending, callback: pending.instance.method.type === 'oauth1' ? readOAuth1Callback(callback) : callback }
  }
  const callback = readCallback(parameters)
  const pending = await findPendingByToken(actor, parameters, browserSecretFor)
  // Our state went missing on the way; the request token says as much, in this person's own browser.
  return {
    pending,
    callback: pending ? { ...readOAuth1Callback(callback), state: requestTokenOf(callback) } : callback,
  }
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

function judge(
  actor: Actor,
  callback: Callback,
  pending: Pending | null,
  credentials: Opened | null,
  browserSecretFor: BrowserSecretFor,
): Result<AcceptedCallback> {
  const secret = pending?.workspaceId === actor.workspaceId ? browserSecretFor(pending.redirectUri) : undefined
  const judged = judgeCallback({
    ...{
      callback,
      pending,
      now: new Date(),
      userId: actor.kind === 'person' ? actor.userId : null,
      browserHash: secret === undefined ? null : hashOf(secret),
    },
    method: pending?.instance.method ?? noMethod,
    instanceRevision: pending?.instance.revision ?? 0,
    serverOrigins: credentials?.ok
      ? renderedOrigins({ ...credentials.value, endpoints: [] }, credentials.value.values)
      : [],
  })
  const requestToken = pending && keptRequestToken(pending)
  if (judged.ok && requestToken && requestTokenOf(callback) !== requestToken.token) {
    return refuse(
      'token_mismatch',
      'The answer is about another request token than the one this authorisation was begun with. It was not used.',
    )
  }
  return judged
}

/** Who changed the instance meanwhile is said by name (rule R12). */
async function explained(refusal: Refusal, { instance }: Pending): Promise<{ ok: false; error: Refusal }> {
  return refusal.code === 'changed_by_someone_else'
    ? changedBySomeoneElse(`“${instance.name}”`, instance)
    : { ok: false, error: refusal }
}

const stateCodes: readonly ErrorCode[] = [
  'state_unknown',
  'state_used',
  'state_expired',
  'state_superseded',
  'state_foreign',
]
/** After these the waiting values cannot be authorised again as they are. */
const final: readonly ErrorCode[] = [
  'changed_by_someone_else',
  'name_taken',
  'not_found',
  'not_allowed',
  'secret_needed_for_new_host',
]

function isAboutState(code: ErrorCode): boolean {
  return stateCodes.includes(code)
}

/** Whose instance it was is told to nobody else. */
function ownInstance(code: ErrorCode, pending: Pending | null): { id: string; name: string } | null {
  return code === 'state_foreign' || code === 'state_unknown' ? null : (pending?.instance ?? null)
}

/** The page of a refusal that is loaded again says "used", and the values may still be there. */
function stillWaits(code: ErrorCode, pending: Pending | null): boolean {
  return (
    code === 'state_used' &&
    pending !== null &&
    pending.sealedSettings !== '' &&
    pending.expiresAt > new Date() &&
    pending.instanceRevision === pending.instance.revision
  )
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

async function finish(
  actor: Actor,
  pending: Pending,
  credentials: Credentials,
  { code, kept }: AcceptedCallback,
): Promise<Result<null>> {
  const allowed = permit(actor, 'change')
  if (!allowed.ok) return allowed
  const said = fromCallback(credentials, kept)
  const granted = await exchangeFor(pending, withKeptValues(credentials, said), code, causeOf(actor, 'Get token'))
  if (!granted.ok) return granted
  const { tokens } = granted.value
  const keys = new Set(tokens.kept.map(({ key }) => key))
  return applyAuthorisation(actor, pending, {
    ...granted.value,
    tokens: { ...tokens, kept: [...said.filter(({ key }) => !keys.has(key)), ...tokens.kept] },
  })
}

/** What the third party said with the person, kept as its variables say. */
function fromCallback({ connector, method }: Credentials, kept: Record<string, string>): NewKeptValue[] {
  const secret = new Set(
    definitionsInForce({ connector, method })
      .filter((definition) => definition.secret)
      .map(({ key }) => key),
  )
  return Object.entries(kept).map(([key, value]) => ({ key, value, secret: secret.has(key), expiresAt: null }))
}

function exchangeFor(pending: Pending, credentials: Credentials, code: string, cause: Cause): Promise<Result<Granted>> {
  const requestToken = keptRequestToken(pending)
  if (requestToken)
    return exchangeOAuth1Verifier(credentials, { ...requestToken, verifier: code }, pending.tokenUrl, cause)
  const verifier =
    pending.sealedVerifier === null ? null : openVerifier(pending.workspaceId, pending.id, pending.sealedVerifier)
  return exchangeCode(credentials, code, { ...pending, verifier }, cause)
}
