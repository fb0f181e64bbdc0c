import type { Refusal } from '@/lib/domain/result'

/** Why an authorisation could not be completed, for its page. */
export type AuthorisationRefusal = Refusal & {
  /** Set only if the state belongs to this person and this browser. */
  instance?: { id: string; name: string } | null
  /** Whether the values are still pending, so that *Try again* needs no input. */
  canRetry?: boolean
  /** Somebody else saved the instance in the meantime: its page shows both versions. */
  overtaken?: boolean
  /** Where the browser goes instead of the page, with the outcome: the return address of a link. */
  returnTo?: string
}
