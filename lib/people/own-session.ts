import type { Actor, PersonActor } from '@/lib/domain/access/actor'
import { notAllowed } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'

/**
 * Only the signed-in person can see and end their sessions, whatever their role. Their API keys cannot: a program would
 * see where its owner is and could lock them out.
 */
export function inOwnSession(actor: Actor): Result<PersonActor> {
  return actor.kind === 'person' ? succeed(actor) : notAllowed()
}
