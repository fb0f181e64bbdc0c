import type { Actor, PersonActor } from '@/lib/domain/access/actor'
import { notAllowed } from '@/lib/domain/refusals'
import { succeed, type Result } from '@/lib/domain/result'

/**
 * Sessions are seen and ended by the person themselves, signed in, whatever their role. A key of theirs is refused: it
 * would tell a program where its owner is, and let it lock them out.
 */
export function inOwnSession(actor: Actor): Result<PersonActor> {
  return actor.kind === 'person' ? succeed(actor) : notAllowed()
}
