import type { HttpMethod } from './vocabulary'

/** A request ready to be sent: every template rendered, every value encoded for its place. */
export type OutboundRequest = {
  method: HttpMethod
  /** Absolute. */
  url: string
  headers: [name: string, value: string][]
  body: string | Uint8Array | null
}

/** What came back. */
export type OutboundResponse = {
  status: number
  headers: [name: string, value: string][]
  body: Uint8Array
}
