import 'server-only'
import type { AsyncLocalStorage } from 'node:async_hooks'

/**
 * The server (lib/platform/server/serve.ts) runs each request with a signal of its own; its module and this one share
 * no imports.
 */
const holder = globalThis as { patchbayCaller?: AsyncLocalStorage<AbortSignal> }

/**
 * Aborted when whoever asked for this has gone: the browser tab is closed. Undefined for work that nobody waits for.
 */
export function callerGone(): AbortSignal | undefined {
  return holder.patchbayCaller?.getStore()
}
