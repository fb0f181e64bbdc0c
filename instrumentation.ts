/** Runs once when the app's process starts, before its first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startApp } = await import('./lib/worker/start-app')
  startApp()
}
