import 'server-only'
import { readOAuth1Callback, requestTokenOf } from '@/lib/domain/oauth1/callback'
import { callbackNames, readCallback, type Callback } from '@/lib/domain/oauth2/callback'
import type { Context } from '@/lib/operations/operation'
import { findPending, findPendingByToken, type BrowserSecretFor, type Pending } from './find-pending'

type Located = { pending: Pending | null; callback: Callback }

/** Finds the authorisation of a callback, and reads the callback with the parameter names of its method. */
export async function locateCallback(
  context: Context,
  parameters: URLSearchParams,
  secretFor: BrowserSecretFor,
): Promise<Located> {
  const found = await findPending(parameters)
  if (found) {
    const { pending, foundBy } = found
    const callback = readCallback(parameters, callbackNames(pending.instance.method), foundBy)
    return { pending, callback: pending.instance.method.type === 'oauth1' ? readOAuth1Callback(callback) : callback }
  }
  const callback = readCallback(parameters)
  const pending = await findPendingByToken(context, parameters, secretFor)
  // Our state was lost. In this person's own browser, the request token is as good as the state.
  return {
    pending,
    callback: pending ? { ...readOAuth1Callback(callback), state: requestTokenOf(callback) } : callback,
  }
}
