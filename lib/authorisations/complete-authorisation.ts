import 'server-only'
import { z } from 'zod'
import { succeed, type Refusal, type Result } from '@/lib/domain/result'
import { operation, type Context } from '@/lib/operations/operation'
import { explained, isAboutState, refusedFor, refusedForState } from './authorisation-refused'
import { readBrowserSecrets } from './browser-secret'
import type { BrowserSecretFor, Pending } from './find-pending'
import { finishAuthorisation } from './finish-authorisation'
import { judgeAuthorisation, openPending } from './judge-authorisation'
import { locateCallback } from './locate-callback'
import type { AuthorisationRefusal } from './views'

type Outcome = Result<{ instanceId: string }, AuthorisationRefusal>

/**
 * The end of an authorisation, in the order of PRODUCT (OAuth 2 journey, steps 3 to 5): the state is this person's and
 * this browser's, it is used up, the answer is the right server's, the code is exchanged, and all that waited is
 * applied in one transaction. Every refusal leaves what is in force untouched.
 * @param browserSecrets of the browser that came back: they are proof of it, so they are no part of the input
 */
export const completeAuthorisationWith = (browserSecrets: () => Promise<BrowserSecretFor>) =>
  operation({
    name: 'authorise_instance',
    permission: 'change',
    /** The query of the callback, as the third party sent it. */
    input: z.strictObject({ query: z.string() }),
    output: z.strictObject({ instanceId: z.uuid() }),
    run: async (context, { query }): Promise<Outcome> =>
      complete(context, new URLSearchParams(query), await browserSecrets()),
  })

export const completeAuthorisation = completeAuthorisationWith(readBrowserSecrets)

/**
 * The state is used up before the code leaves and by a statement of its own: the exchange is a request to the third
 * party, during which no transaction stays open, and a code that was sent once is never sent again.
 */
async function complete(context: Context, parameters: URLSearchParams, secretFor: BrowserSecretFor): Promise<Outcome> {
  const { pending, callback } = await locateCallback(context, parameters, secretFor)
  const credentials = pending && (await openPending(context, pending))
  const judged = judgeAuthorisation(context, { callback, pending, credentials, secretFor })
  if (!judged.ok && (pending === null || isAboutState(judged.error))) return refusedForState(judged.error, pending)
  if (pending === null || credentials === null) throw new Error('a callback was accepted for which nothing was pending')
  if (!(await consume(context, pending))) return complete(context, parameters, secretFor)
  const finished =
    judged.ok && credentials.ok
      ? await finishAuthorisation(context, pending, credentials.value, judged.value)
      : await explained(firstError(credentials, judged), pending)
  return finished.ok ? succeed({ instanceId: pending.instanceId }) : refusedFor(finished.error, pending)
}

/** Without credentials nobody can say which server should have answered: what is wrong with them comes first. */
function firstError(...results: Result<unknown>[]): Refusal {
  return results.find((result) => !result.ok)!.error
}

/** Used up once, atomically, before anything is done with the code: two callbacks at once, and one of them is late. */
async function consume({ db }: Context, { id }: Pending): Promise<boolean> {
  const { count } = await db.pendingAuthorisation.updateMany({
    where: { id, state: 'live', expiresAt: { gt: new Date() } },
    data: { state: 'consumed', endedAt: new Date() },
  })
  return count === 1
}
