import type { Result } from '@/lib/domain/result'
import type { KnownSecrets } from '@/lib/domain/secret-book'
import type { AllowedOrigin, CredentialNames } from './redirect'
import type { TlsMaterial } from './tls-context'

export const defaultMaxResponseBytes = 10 * 1024 * 1024

export type RawSendOptions = {
  /** For everything together: name service, connection, redirects, the whole answer. */
  timeoutMs: number
  tls?: TlsMaterial
  /** As they come from the connection. */
  maxResponseBytes?: number
  /** How much of the answer's beginning is kept for the log. */
  sampleBytes?: number
  /**
   * Where the caller placed credentials, besides Authorization and Cookie; they never follow a redirect to another
   * origin.
   */
  credentialNames?: CredentialNames
  /** False: an answer that redirects is the answer. */
  followRedirects?: boolean
  /** Asked before the first request and before each redirect. */
  allowedOrigin?: AllowedOrigin
  /** Asked directly before a request leaves, each time that one does; a yes is good for 100 ms (DATA §13). */
  clearance?: () => Promise<Result<null>>
  /** Removed from every message. */
  secrets: KnownSecrets
  signal?: AbortSignal
}

/**
 * What became of a request that was not answered. `withheld`: clearance was refused. `not_sent`: no byte of it was
 * written, so it may be sent again. `unknown`: the server may have acted on it.
 */
export type Delivery = 'withheld' | 'not_sent' | 'unknown'
