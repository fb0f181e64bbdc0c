import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'

/**
 * Reads an answer to its end without looking at it: the connection can be used again, and the log has its beginning.
 */
export async function discard(body: Readable): Promise<void> {
  body.resume()
  // Where it breaks off, the log says so.
  await finished(body).catch(() => {})
}
