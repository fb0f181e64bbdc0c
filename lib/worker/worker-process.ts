import 'server-only'
import { logger } from '@/lib/platform/log/logger'
import { runWorker } from './run-worker'

/**
 * A worker that another process has started (lib/platform/server/start-worker.ts), with complete settings and a migrated
 * database. It ends with that process.
 */

/** Longer than jobs get to finish, shorter than the patience of the process that started it. */
const lastMs = 33_000

const stop = new AbortController()

function end(): void {
  stop.abort()
  // A database that does not respond must not delay the end.
  setTimeout(() => process.exit(1), lastMs).unref()
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end)
process.on('disconnect', end)

try {
  await runWorker(stop.signal, { onReady: () => process.send?.('ready') })
  process.exit(0)
} catch (error) {
  logger().error({ error }, 'the worker has ended')
  process.exit(1)
}
