import type { OutboundRequest } from '../http-messages'
import type { Secrecy } from '../secrecy'
import type { SecretBook } from '../secret-book'

/** A request ready to be sent, with what has to be kept out of sight. */
export type BuiltRequest = {
  request: OutboundRequest
  /**
   * Of the exchange that begins with it: every secret value in it, and every value made from one, so far. Removed from
   * logs, errors and what is shown.
   */
  secrets: SecretBook
  /** Where credentials stand, besides Authorization and Cookie: removed on a redirect to another origin. */
  credentialNames: { headers: string[]; queryKeys: string[] }
  secrecy: RequestSecrecy
}

/**
 * What of secrets stands where. A part with a piece in it, which nobody finds by its value, is not shown at all; `named`
 * are headers, parameters of the query and credentials, each of which is hidden by its name.
 */
export type RequestSecrecy = { address: Secrecy; url: Secrecy; named: Secrecy; body: Secrecy }

export const noSecrecy: RequestSecrecy = { address: 'none', url: 'none', named: 'none', body: 'none' }
