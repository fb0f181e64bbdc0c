import 'server-only'
import type { AsyncLocalStorage } from 'node:async_hooks'
import type { Refusal } from './door/refusal'

/** What the parts of the app know about the request that they work for. */
export type RequestUnderWay = {
  /** Aborted when the one who asked has gone: the browser tab is closed. */
  gone: AbortSignal
  /** Set once code of ours has begun the action: what fails before that, failed at reading the request. */
  actionBegan?: true
  /** What to say instead of "Internal Server Error", where the failure is not a bug. */
  refusal?: Refusal
}

/**
 * The server (lib/platform/server/serve.ts) runs each request in this store; its module and this one share no imports.
 */
const holder = globalThis as { patchbayRequests?: AsyncLocalStorage<RequestUnderWay> }

/** Undefined for work that no request asked for. */
export function requestUnderWay(): RequestUnderWay | undefined {
  return holder.patchbayRequests?.getStore()
}

/** Undefined for work that nobody waits for. */
export function callerGone(): AbortSignal | undefined {
  return requestUnderWay()?.gone
}

/** Every server action says so first of all. */
export function actionBegan(): void {
  const request = requestUnderWay()
  if (request) request.actionBegan = true
}
