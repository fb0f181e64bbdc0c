import 'server-only'
import { z } from 'zod'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import { operation, type Context } from '@/lib/operations/operation'
import { explained, isAboutState, refusedFor, refusedForState } from './authorisation-refused'
import { readBrowserSecrets } from './browser-secret'
import type { BrowserSecretFor, Pending } from './find-pending'
import { finishAuthorisation } from './finish-authorisation'
import { judgeAuthorisation, openPending } from './judge-authorisation'
import { endLink } from './links/end-link'
import { returnAddressOf } from './links/return-to'
import { locateCallback } from './locate-callback'
import type { AuthorisationRefusal } from './views'

type Completed = { instanceId: string; returnTo?: string }
type Outcome = Result<Completed, AuthorisationRefusal>

/**
 * Completes an authorisation, in the order of PRODUCT (OAuth 2 journey, steps 3 to 5): checks that the state belongs to
 * this person and browser, consumes it, checks that the response comes from the right server, exchanges the code, and
 * applies all pending settings in one transaction. Every refusal leaves the current settings unchanged.
 * @param browserSecrets the secrets of the returning browser. They prove its identity, so they are not part of the
 * input
 */
export const completeAuthorisationWith = (browserSecrets: () => Promise<BrowserSecretFor>) =>
  operation({
    name: 'authorise_instance',
    permission: 'change',
    /** The query of the callback, as the third party sent it. */
    input: z.strictObject({ query: z.string() }),
    /** The return address of the link with which the authorisation began, with the outcome. */
    output: z.strictObject({ instanceId: z.uuid(), returnTo: z.string().optional() }),
    run: async (context, { query }): Promise<Outcome> =>
      complete(context, new URLSearchParams(query), await browserSecrets()),
  })

export const completeAuthorisation = completeAuthorisationWith(readBrowserSecrets)

/**
 * The state is consumed by a statement of its own before the code is sent. No transaction stays open during the request
 * to the third party, and a code is never sent twice.
 */
async function complete(context: Context, parameters: URLSearchParams, secretFor: BrowserSecretFor): Promise<Outcome> {
  const { pending, callback } = await locateCallback(context, parameters, secretFor)
  const credentials = pending && (await openPending(context, pending))
  const judged = judgeAuthorisation(context, { callback, pending, credentials, secretFor })
  if (!judged.ok && (pending === null || isAboutState(judged.error))) return refusedForState(judged.error, pending)
  if (pending === null || credentials === null)
    throw new Error('a callback without a pending authorisation was accepted')
  if (!(await consume(context, pending))) return complete(context, parameters, secretFor)
  const finished =
    judged.ok && credentials.ok
      ? await finishAuthorisation(context, pending, credentials.value, judged.value)
      : await explained(firstError(credentials, judged), pending)
  return finished.ok ? succeeded(pending) : refusedAtLast(context, pending, finished.error)
}

async function succeeded(pending: Pending): Promise<Outcome> {
  const returnTo = await returnAddressOf(pending.workspaceId, pending.link, 'succeeded')
  return succeed({ instanceId: pending.instanceId, ...(returnTo !== null && { returnTo }) })
}

async function refusedAtLast({ db }: Context, pending: Pending, refusal: Refusal): Promise<Outcome> {
  const { error } = refusedFor(refusal, pending)
  await endLink(db, pending.linkId, { state: 'refused', message: error.message })
  const returnTo = await returnAddressOf(pending.workspaceId, pending.link, 'refused')
  return { ok: false, error: { ...error, ...(returnTo !== null && { returnTo }) } }
}

/** Without credentials the expected server is unknown, so an error in them comes first. */
function firstError(...results: Result<unknown>[]): Refusal {
  return results.find((result) => !result.ok)!.error
}

/** Consumes the state atomically, before the code is used. Of two simultaneous callbacks only one succeeds. */
async function consume({ db }: Context, { id }: Pending): Promise<boolean> {
  const { count } = await db.pendingAuthorisation.updateMany({
    where: { id, state: 'live', expiresAt: { gt: new Date() } },
    data: { state: 'consumed', endedAt: new Date() },
  })
  return count === 1
}
