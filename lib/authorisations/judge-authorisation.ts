import 'server-only'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { requestTokenOf } from '@/lib/domain/oauth1/callback'
import { judgeCallback, type AcceptedCallback, type Callback } from '@/lib/domain/oauth2/callback'
import { renderedOrigins } from '@/lib/domain/requests/origins'
import { refuse, type Result } from '@/lib/domain/result'
import { draftCredentials, type Credentials } from '@/lib/credentials/credentials'
import type { Context } from '@/lib/operations/operation'
import { keptRequestToken, type BrowserSecretFor, type Pending } from './find-pending'
import { openSettings } from './pending-settings'
import { hashOf } from './state'

/** For a callback that is about nothing: judged by the rules of the usual kind. */
const noMethod = {
  type: 'oauth2_authorization_code',
  revision: 0,
  options: authenticationTypeDefinitions.oauth2_authorization_code.defaultOptions,
} as const

/**
 * The credentials as they would be, with what waits over what is in force. Null for what is another's, or waits no
 * more: its secrets are not opened.
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

/** The clean-up job empties what has expired. */
function isStillWaiting({ state, sealedSettings }: Pending): boolean {
  return state === 'live' && sealedSettings !== ''
}

type Judged = {
  callback: Callback
  pending: Pending | null
  credentials: Result<Credentials> | null
  secretFor: BrowserSecretFor
}

/** Whether a callback may be used: the order is that of `judgeCallback`, and of OAuth 1 the request token comes last. */
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
  const requestToken = pending && keptRequestToken(pending)
  if (judged.ok && requestToken && requestTokenOf(callback) !== requestToken.token) {
    return refuse(
      'token_mismatch',
      'The answer is about another request token than the one this authorisation was begun with. It was not used.',
    )
  }
  return judged
}
