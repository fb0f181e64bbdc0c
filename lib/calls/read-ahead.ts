import { Readable } from 'node:stream'

export type ReadAhead = {
  /** Null if the body is longer than the limit or ended with an error. */
  whole: Uint8Array | null
  /** The complete body, from its first byte. */
  body: Readable
}

/** Reads a response before it is passed on, up to a limit. The bytes that were read are put back. */
export async function readAhead(body: Readable, most: number): Promise<ReadAhead> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      bytes += chunk.byteLength
      if (bytes > most) {
        body.unshift(Buffer.concat(chunks))
        return { whole: null, body }
      }
    }
  } catch {
    // The next reader gets the same error.
    return { whole: null, body }
  }
  const whole = Buffer.concat(chunks)
  return { whole, body: Readable.from(bytes === 0 ? [] : [whole], { objectMode: false }) }
}
