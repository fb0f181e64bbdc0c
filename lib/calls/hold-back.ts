import { Readable } from 'node:stream'

export type HeldBack = {
  /** Null: it is longer than that, or broke off. */
  whole: Uint8Array | null
  /** From its first byte on. */
  body: Readable
}

/** Reads an answer before it is passed on, but no more of it than said; what was read is put back. */
export async function holdBack(body: Readable, most: number): Promise<HeldBack> {
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
    // Whoever reads on meets the same error.
    return { whole: null, body }
  }
  const whole = Buffer.concat(chunks)
  return { whole, body: Readable.from(bytes === 0 ? [] : [whole], { objectMode: false }) }
}
