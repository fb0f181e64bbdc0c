/**
 * Runs once when the app's process starts, before its first request. Next would go on after a failure and answer every
 * page with an error: the server (lib/platform/server/serve.ts) gets to know of it, and ends.
 */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { patchbayBegun } = globalThis as { patchbayBegun?: (failure?: unknown) => void }
  try {
    const { startApp } = await import('./lib/worker/start-app')
    startApp()
    patchbayBegun?.()
  } catch (error) {
    if (!patchbayBegun) throw error
    patchbayBegun(error)
  }
}

/** Called with every failure of a request; the server's door (lib/platform/door) says what is not a bug. */
export async function onRequestError(error: unknown) {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { noteFailure } = await import('./lib/platform/door/failure-refusal')
  noteFailure(error)
}
