import { chunkBytes } from './source-limits'

/** Cuts a stream into pieces of `chunkBytes`, in constant memory. The last one is shorter. */
export async function* piecesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let piece = new Uint8Array(chunkBytes)
  let filled = 0
  for await (const given of source) {
    for (let at = 0; at < given.byteLength;) {
      const part = given.subarray(at, at + chunkBytes - filled)
      piece.set(part, filled)
      filled += part.byteLength
      at += part.byteLength
      if (filled < chunkBytes) continue
      yield piece
      piece = new Uint8Array(chunkBytes)
      filled = 0
    }
  }
  if (filled > 0) yield piece.slice(0, filled)
}
