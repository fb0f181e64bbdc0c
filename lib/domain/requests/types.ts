import type { OutboundRequest } from '../http-messages'
import type { Secrecy } from '../secrecy'
import type { SecretBook } from '../secret-book'

/** A request ready to be sent, and its secrets. */
export type BuiltRequest = {
  request: OutboundRequest
  /**
   * The secrets of the exchange so far: every secret value in the request and every value made from one. Redacted in
   * logs, errors and everything that is shown.
   */
  secrets: SecretBook
  /** The headers and keys with credentials, besides Authorization and Cookie, to remove on a redirect to another origin. */
  credentialNames: { headers: string[]; queryKeys: string[] }
  secrecy: RequestSecrecy
}

/**
 * The secrecy of each part of a request. A part with a piece of a secret, which cannot be found by its value, is not
 * shown at all. `named` are headers, query parameters and credentials, each of which is hidden by its name.
 */
export type RequestSecrecy = { address: Secrecy; url: Secrecy; named: Secrecy; body: Secrecy }

export const noSecrecy: RequestSecrecy = { address: 'none', url: 'none', named: 'none', body: 'none' }
