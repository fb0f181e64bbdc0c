import 'server-only'
import type { AsyncLocalStorage } from 'node:async_hooks'
import type { Refusal } from './door/refusal'

/** The context of the current request. */
export type RequestUnderWay = {
  /** Aborted when the client disconnects, for example because the tab is closed. */
  gone: AbortSignal
  /** Set when our code begins the action. A failure before that means that the request could not be read. */
  actionBegan?: true
  /** The message instead of “Internal Server Error” if the failure is not a bug. */
  refusal?: Refusal
}

/**
 * The server (lib/platform/server/serve.ts) runs each request in this store; its module and this one share no imports.
 */
const holder = globalThis as { patchbayRequests?: AsyncLocalStorage<RequestUnderWay> }

/** Undefined for work without a request. */
export function requestUnderWay(): RequestUnderWay | undefined {
  return holder.patchbayRequests?.getStore()
}

/** Undefined for work without a waiting client. */
export function callerGone(): AbortSignal | undefined {
  return requestUnderWay()?.gone
}

/** Called first in every server action. */
export function actionBegan(): void {
  const request = requestUnderWay()
  if (request) request.actionBegan = true
}
