import type { Refusal } from '@/lib/domain/result'

/** Why an authorisation could not be finished, for its page. */
export type AuthorisationRefusal = Refusal & {
  /** Known only once the state is proven to be this person's and this browser's. */
  instance?: { id: string; name: string } | null
  /** The values are still waiting: *Try again* needs nothing to be typed. */
  canRetry?: boolean
}
