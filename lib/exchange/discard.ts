import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'

/** Reads a response to its end and ignores it, so that the connection can be reused and the log has its beginning. */
export async function discard(body: Readable): Promise<void> {
  body.resume()
  // If it ends with an error, the log says so.
  await finished(body).catch(() => {})
}
