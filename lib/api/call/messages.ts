import type { Readable } from 'node:stream'
import type { Sender } from '@/lib/api/caller'

/** A call as it arrives and its response, whichever server receives it. */

export type IncomingCall = Sender & {
  /** Path and query. */
  url: string
  /** As received. */
  pairs: readonly [name: string, value: string][]
  /** Null without a body. */
  body: AsyncIterable<Uint8Array> | null
  /** In bytes, if the caller said so. */
  bodyLength: number | null
}

export type OutgoingResponse = {
  status: number
  headers: [name: string, value: string][]
  body: Readable | string
}
