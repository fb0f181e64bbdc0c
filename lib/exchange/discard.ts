import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'

/** More costs more than a new connection. */
const mostDiscarded = 1024 * 1024

/** Reads a response to its end and ignores it, so that the connection can be reused and the log has its beginning. */
export async function discard(body: Readable): Promise<void> {
  let bytes = 0
  body.on('data', (chunk: Uint8Array) => {
    bytes += chunk.byteLength
    if (bytes > mostDiscarded) body.destroy()
  })
  // If it ends with an error, the log says so.
  await finished(body).catch(() => {})
}
