import type { BuiltRequest } from '@/lib/domain/requests/types'
import type { Refusal, Result } from '@/lib/domain/result'
import type { Credentials } from '@/lib/credentials/credentials'
import type { Cause } from '@/lib/exchange/request-context'
import type { ReservedValues, TokenNames } from '@/lib/exchange/reserved-values'
import type { RequestPurpose } from '@/lib/request-log/words'
import type { StreamedBody } from '@/lib/platform/http/streamed-body'
import type { AccessToken } from '@/lib/tokens/types'

/** Everything a request is built from. */
export type Loaded = {
  credentials: Credentials
  cause: Cause
  timeoutMs: number
  /** A token obtained for this request alone. The instance's own token is neither used nor changed. */
  ownToken?: TokenNames
  /** Caches the token of these credentials. */
  knownToken?: { value?: AccessToken | null }
  /** The body, if it is too long to be built: it can be sent once. */
  body?: StreamedBody
  build: (reserved: ReservedValues) => Result<BuiltRequest>
}

/** Why a request could not be sent, and at which step it failed. */
export type NotSent = {
  step: 'building' | 'getting_token' | 'waiting'
  refusal: Refusal
  /** With `waiting`: when another try can succeed. */
  retryAfterSeconds?: number
}

export type SendPlan<From extends Loaded> = {
  purpose: RequestPurpose
  evenIfDead?: boolean
  maxResponseBytes?: number
  /** The timeout is for each piece of the bodies, which a caller reads and writes at its own speed. */
  streams?: boolean
  /** The longest wait for the limits of the instance. */
  mostWaitMs?: number
  /** `readSent` reads the response to its end. An error there is recorded in its line of the request log. */
  readsWhole?: boolean
  /**
   * Called again while the request waits for its turn, so that it is sent with the settings of that moment (rules R3
   * and R9).
   * @param fresh reads from the database instead of the cache
   */
  load: (fresh?: boolean) => Promise<Result<From>>
  /** The last check before the request is sent. `changed_by_someone_else`: load the settings again and retry. */
  clearance?: (from: From) => Promise<Result<null>>
}
