import { once, setMaxListeners } from 'node:events'
import type { Readable } from 'node:stream'

/**
 * Limits the memory of all large responses together while they are read and used. A response that needs more waits, and
 * so does its connection. The oldest never waits, so that there is always progress, and all of them need at most the
 * limit plus one response.
 */

/** In bytes. */
const limit = 24 * 1024 * 1024
/** In bytes. Smaller responses never wait and are not counted. */
const smallest = 64 * 1024

type Pool = { used: number; shares: Set<MemoryShare>; freed: AbortController }

// One pool for the process, also across hot reloads in development.
const holder = globalThis as { patchbayResponseMemory?: Pool }
const pool = (holder.patchbayResponseMemory ??= { used: 0, shares: new Set(), freed: newSignal() })

/** A signal with any number of listeners. */
function newSignal(): AbortController {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  return controller
}

/** The share of one response. */
export class MemoryShare {
  private bytes = 0

  /**
   * Undefined if there is no need to wait.
   * @param body its error, such as a time-out, ends the wait
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

  /** The set is in the order of arrival. */
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
      // A body that closes before it is read has failed.
      await Promise.race([once(signal, 'abort'), failureOf(body, signal)])
    }
    this.take(bytes)
  }
}

/** Settles when the wait is over, so that no listener remains. */
async function failureOf(body: Readable, over: AbortSignal): Promise<void> {
  try {
    await once(body, 'close', { signal: over })
  } catch (error) {
    if (!over.aborted) throw error
  }
}
