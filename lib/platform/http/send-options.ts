import type { Result } from '@/lib/domain/result'
import type { KnownSecrets } from '@/lib/domain/secret-book'
import type { AllowedOrigin, CredentialNames } from './redirect'
import type { StreamedBody } from './streamed-body'
import type { TlsMaterial } from './tls-context'

export const defaultMaxResponseBytes = 10 * 1024 * 1024

export type RawSendOptions = {
  /** For everything together: name service, connection, redirects, the whole response. */
  timeoutMs: number
  /**
   * The time limit begins again with each piece of a body, of the request or the response: for a caller that reads and
   * writes at its own speed. Nothing is read ahead of it.
   */
  streams?: boolean
  /** The body, if it is not part of the request. It is sent once: no repeat, no redirect that repeats it. */
  body?: StreamedBody
  tls?: TlsMaterial
  /** Counts bytes as received. */
  maxResponseBytes?: number
  /** How many of the first bytes to store for the log. */
  sampleBytes?: number
  /**
   * The headers and keys with credentials, besides Authorization and Cookie, to remove on a redirect to another origin.
   */
  credentialNames?: CredentialNames
  /** False: a redirect is returned as the response. */
  followRedirects?: boolean
  /** Called before the first request and before each redirect. */
  allowedOrigin?: AllowedOrigin
  /** Called directly before each request is sent; a clearance is valid for 100 ms (DATA §13). */
  clearance?: () => Promise<Result<null>>
  /** Redacted in every address that a message contains. */
  secrets: KnownSecrets
  signal?: AbortSignal
}

/**
 * What happened to a request without a response. `withheld`: clearance was refused. `not_sent`: no byte was written, so
 * it may be sent again. `unknown`: the server may have acted on it.
 */
export type Delivery = 'withheld' | 'not_sent' | 'unknown'
