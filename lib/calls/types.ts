import type { BuiltRequest } from '@/lib/domain/requests/types'
import type { Refusal, Result } from '@/lib/domain/result'
import type { Credentials } from '@/lib/credentials/credentials'
import type { Cause } from '@/lib/exchange/request-context'
import type { ReservedValues, TokenNames } from '@/lib/exchange/reserved-values'
import type { RequestPurpose } from '@/lib/request-log/words'
import type { AccessToken } from '@/lib/tokens/types'

/** What a request is made from. */
export type Loaded = {
  credentials: Credentials
  cause: Cause
  timeoutMs: number
  /** Obtained for this request alone: the instance's own is neither used nor touched. */
  ownToken?: TokenNames
  /** Where what is read here is remembered: the token of these very credentials. */
  knownToken?: { value?: AccessToken | null }
  build: (reserved: ReservedValues) => Result<BuiltRequest>
}

/** What went wrong before the request could be sent, and where. */
export type NotSent = { step: 'building' | 'getting_token' | 'waiting'; refusal: Refusal }

export type SendPlan<From extends Loaded> = {
  purpose: RequestPurpose
  evenIfDead?: boolean
  maxResponseBytes?: number
  /** The answer is read to its end by `readSent`; what goes wrong there belongs in its line of the request log. */
  readsWhole?: boolean
  /**
   * Asked again while the request waits for its turn: it leaves under the settings of that moment (rules R3 and R9).
   * @param fresh reads from the database again instead of using what is remembered
   */
  load: (fresh?: boolean) => Promise<Result<From>>
  /** The last check before the request leaves. `changed_by_someone_else`: load the settings again and retry. */
  clearance?: (from: From) => Promise<Result<null>>
}
