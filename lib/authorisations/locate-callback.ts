import 'server-only'
import { readOAuth1Callback, requestTokenOf } from '@/lib/domain/oauth1/callback'
import { callbackNames, readCallback, type Callback } from '@/lib/domain/oauth2/callback'
import type { Context } from '@/lib/operations/operation'
import { findPending, findPendingByToken, type BrowserSecretFor, type Pending } from './find-pending'

type Located = { pending: Pending | null; callback: Callback }

/** The authorisation that a callback is about, and the callback in the words of its method. */
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
  // Our state went missing on the way; the request token says as much, in this person's own browser.
  return {
    pending,
    callback: pending ? { ...readOAuth1Callback(callback), state: requestTokenOf(callback) } : callback,
  }
}
