import { deserialize, serialize } from 'node:v8'
import type { ItemBatch, LoadedFile, ReadOutcome } from './read-result'

/**
 * The messages between the process that reads and the app. It asks, and sleeps until the reply is there, because its work
 * is one long computation; `store` is replied to when the batch before it was written. Each message is its length in four
 * bytes and its value as Node serialises it.
 */

export type ReadRequest =
  { ask: 'next' } | { ask: 'store'; items: ItemBatch; total: number } | { ask: 'load'; url: string }

/** The first one, unasked, is where the document was loaded from; empty for a file or pasted text. */
export type ReadReply = string | Uint8Array | LoadedFile | null

/** The last message. `error`: a bug, which is thrown in the app. */
export type ReadEnd = { end: ReadOutcome } | { error: unknown }

/** The pipes of the reading process, by their numbers there. */
export const pipes = { replies: 3, requests: 4 } as const

export function messageOf(value: unknown): Buffer {
  const body = serialize(value)
  const length = Buffer.allocUnsafe(4)
  length.writeUInt32LE(body.byteLength)
  return Buffer.concat([length, body])
}

/** Puts messages together out of what a pipe delivers. */
export class MessageReader {
  #pieces: Buffer[] = []
  #bytes = 0

  add(piece: Buffer): void {
    this.#pieces.push(piece)
    this.#bytes += piece.byteLength
  }

  /** The next message; undefined if it is not complete. */
  take(): unknown {
    if (this.#bytes < 4) return undefined
    const length = this.#joined(4).readUInt32LE()
    if (this.#bytes < 4 + length) return undefined
    const all = this.#joined(4 + length)
    this.#pieces = all.byteLength === 4 + length ? [] : [all.subarray(4 + length)]
    this.#bytes -= 4 + length
    return deserialize(all.subarray(4, 4 + length))
  }

  /** A buffer that begins with so many bytes. */
  #joined(bytes: number): Buffer {
    if (this.#pieces[0]!.byteLength < bytes) this.#pieces = [Buffer.concat(this.#pieces)]
    return this.#pieces[0]!
  }
}
