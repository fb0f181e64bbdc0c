import type { HttpMethod } from './vocabulary'

/** A request ready to be sent: all templates are rendered, all values encoded for their location. */
export type OutboundRequest = {
  method: HttpMethod
  /** Absolute. */
  url: string
  headers: [name: string, value: string][]
  body: string | Uint8Array | null
}

/** The response of a third party. */
export type OutboundResponse = {
  status: number
  headers: [name: string, value: string][]
  body: Uint8Array
}
