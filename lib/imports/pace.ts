import { setTimeout as sleep } from 'node:timers/promises'

/** How long it rests, as a multiple of the work. */
const restOfWork = 2
/** In milliseconds: work that took longer has waited for others, which it already let go first. */
const mostRest = 250
/** In milliseconds, together: a slow disk must not make an import too slow for its limits. */
const mostRests = 60_000

/**
 * The pace of a long import: after each part it leaves database and process to others, so that pages are served as
 * before. The database has no priorities.
 */
export class Pace {
  #rested = 0

  /** @param isLong whether the import is long; a short one is over before it disturbs anybody */
  async run<Value>(isLong: boolean, work: () => Promise<Value>): Promise<Value> {
    const startedAt = performance.now()
    const value = await work()
    const rest = Math.min((performance.now() - startedAt) * restOfWork, mostRest, mostRests - this.#rested)
    if (!isLong || rest <= 0) return value
    this.#rested += rest
    await sleep(rest)
    return value
  }
}
