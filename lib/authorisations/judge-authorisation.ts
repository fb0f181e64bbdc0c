import 'server-only'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { requestTokenOf } from '@/lib/domain/oauth1/callback'
import { judgeCallback, type AcceptedCallback, type Callback } from '@/lib/domain/oauth2/callback'
import { renderedOrigins } from '@/lib/domain/requests/origins'
import { refuse, type Result } from '@/lib/domain/result'
import { draftCredentials, type Credentials } from '@/lib/credentials/credentials'
import type { Context } from '@/lib/operations/operation'
import { storedRequestToken, type BrowserSecretFor, type Pending } from './find-pending'
import { openSettings } from './pending-settings'
import { hashOf } from './state'

/** For a callback without a pending authorisation, which is judged by the usual rules. */
const noMethod = {
  type: 'oauth2_authorization_code',
  revision: 0,
  options: authenticationTypeDefinitions.oauth2_authorization_code.defaultOptions,
} as const

/**
 * The current credentials with the pending values applied. Null if the authorisation belongs to someone else or is no
 * longer pending; then its secrets are not opened.
 */
export async function openPending(context: Context, pending: Pending): Promise<Result<Credentials> | null> {
  if (!isOwn(context, pending) || !isStillWaiting(pending)) return null
  const { workspaceId, methodId, instanceId } = pending
  const { values, certificate } = openSettings(workspaceId, pending)
  return draftCredentials(workspaceId, { methodId, instanceId, values, certificate })
}

function isOwn({ actor, workspaceId }: Context, pending: Pending): boolean {
  return pending.workspaceId === workspaceId && actor.kind === 'person' && pending.userId === actor.userId
}

/** The clean-up job deletes expired values. */
function isStillWaiting({ state, sealedSettings }: Pending): boolean {
  return state === 'live' && sealedSettings !== ''
}

type Judged = {
  callback: Callback
  pending: Pending | null
  credentials: Result<Credentials> | null
  secretFor: BrowserSecretFor
}

/** Whether a callback may be used. Checks in the order of `judgeCallback`, then the request token of OAuth 1. */
export function judgeAuthorisation(
  { actor, workspaceId }: Context,
  { callback, pending, credentials, secretFor }: Judged,
): Result<AcceptedCallback> {
  const secret = pending?.workspaceId === workspaceId ? secretFor(pending.redirectUri) : undefined
  const judged = judgeCallback({
    callback,
    pending,
    now: new Date(),
    userId: actor.kind === 'person' ? actor.userId : null,
    browserHash: secret === undefined ? null : hashOf(secret),
    method: pending?.instance.method ?? noMethod,
    instanceRevision: pending?.instance.revision ?? 0,
    serverOrigins: credentials?.ok
      ? renderedOrigins({ ...credentials.value, endpoints: [] }, credentials.value.values)
      : [],
  })
  const requestToken = pending && storedRequestToken(pending)
  if (judged.ok && requestToken && requestTokenOf(callback) !== requestToken.token) {
    return refuse(
      'token_mismatch',
      'The response has a different request token than the one that this authorisation was started with. It was not used. Start again from the instance.',
    )
  }
  return judged
}
