import type { MessagePort } from 'node:worker_threads'
import type { ItemBatch, LoadedFile, ReadOutcome } from './read-result'

/**
 * The messages between the thread that reads and the process that it works for. The thread asks, and sleeps until the
 * reply is there, because its work is one long computation; `store` is replied to when the batch before it was written.
 */

export type ThreadStart = {
  port: MessagePort
  /** Raised by the process with each reply. */
  replies: SharedArrayBuffer
  /** Of the document; empty without one. */
  url: string
}

export type ThreadRequest =
  { ask: 'next' } | { ask: 'store'; items: ItemBatch; total: number } | { ask: 'load'; url: string }

export type ThreadReply = Uint8Array | LoadedFile | null

/** The last message. */
export type ThreadEnd = { end: ReadOutcome }
