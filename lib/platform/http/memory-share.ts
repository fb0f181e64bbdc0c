import { once, setMaxListeners } from 'node:events'
import type { Readable } from 'node:stream'

/**
 * The memory that large answers may take together while they are read and used. One that needs more waits, and its
 * connection with it. The oldest never waits: so there is always one that goes on, and all of them never need more than
 * the limit and one answer.
 */

/** In bytes. */
const limit = 24 * 1024 * 1024
/** In bytes. A small answer never waits, and is not counted. */
const smallest = 64 * 1024

type Pool = { used: number; shares: Set<MemoryShare>; freed: AbortController }

// One pool for the process, which hot reloads in development share.
const holder = globalThis as { patchbayResponseMemory?: Pool }
const pool = (holder.patchbayResponseMemory ??= { used: 0, shares: new Set(), freed: newSignal() })

/** Many may wait for it. */
function newSignal(): AbortController {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  return controller
}

/** The part of one answer. */
export class MemoryShare {
  private bytes = 0

  /**
   * Undefined where nothing has to be waited for.
   * @param body ends the waiting with its error, when its time is over
   */
  growTo(bytes: number, body: Readable): Promise<void> | undefined {
    if (bytes <= smallest) return undefined
    pool.shares.add(this)
    if (!this.fits(bytes)) return this.waitFor(bytes, body)
    this.take(bytes)
    return undefined
  }

  giveBack(): void {
    if (!pool.shares.delete(this)) return
    this.take(0)
    pool.freed.abort()
    pool.freed = newSignal()
  }

  /** The set is in the order in which they came. */
  private fits(bytes: number): boolean {
    const [oldest] = pool.shares
    return oldest === this || pool.used - this.bytes + bytes <= limit
  }

  private take(bytes: number): void {
    pool.used += bytes - this.bytes
    this.bytes = bytes
  }

  private async waitFor(bytes: number, body: Readable): Promise<void> {
    while (!this.fits(bytes)) {
      const { signal } = pool.freed
      if (body.errored) throw body.errored
      // Only a failed body is over before it has been read.
      await Promise.race([once(signal, 'abort'), failureOf(body, signal)])
    }
    this.take(bytes)
  }
}

/** Settles when the waiting is over, so that no listener stays behind. */
async function failureOf(body: Readable, over: AbortSignal): Promise<void> {
  try {
    await once(body, 'close', { signal: over })
  } catch (error) {
    if (!over.aborted) throw error
  }
}
