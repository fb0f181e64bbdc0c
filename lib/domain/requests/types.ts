import type { OutboundRequest } from '../http-messages'

/** A request ready to be sent, with what has to be kept out of sight. */
export type BuiltRequest = {
  request: OutboundRequest
  /** Every secret value in it, and every value made from one: removed from logs, errors and what is shown. */
  secrets: string[]
  /** Where credentials stand, besides Authorization and Cookie: removed on a redirect to another origin. */
  credentialNames: { headers: string[]; queryKeys: string[] }
  /** Where pieces of secrets stand, which nobody finds by their value: that part is not shown at all. */
  pieces?: { url: boolean; body: boolean }
}
