import { setTimeout as sleep } from 'node:timers/promises'

/** How long a long import rests, as a multiple of the work. */
const restOfWork = 2

/**
 * Does a part of an import, and then leaves database and process to others, so that pages are served as before: the
 * database has no priorities.
 * @param isLong whether the import is long; a short one is over before it disturbs anybody
 */
export async function paced<Value>(isLong: boolean, work: () => Promise<Value>): Promise<Value> {
  const startedAt = performance.now()
  const value = await work()
  if (isLong) await sleep((performance.now() - startedAt) * restOfWork)
  return value
}
