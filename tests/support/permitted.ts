import { permit, type Actor, type PermittedActor } from '@/lib/domain/access/actor'
import { succeed } from '@/lib/domain/result'
import { noInput } from '@/lib/operations/input'
import { operation, type Context } from '@/lib/operations/operation'
import { z } from 'zod'

/** For tests of single steps: what an operation, or `callEndpoint`, would pass to them. */

/** The actor, permitted to see. */
export function permitted(actor: Actor): PermittedActor {
  const allowed = permit(actor, 'see')
  if (!allowed.ok) throw new Error(allowed.error.message)
  return allowed.value
}

const contextFor = operation({
  name: 'test_step',
  permission: 'see',
  restrictedKeys: 'allowed',
  input: noInput,
  output: z.custom<Context>(),
  run: (context) => Promise.resolve(succeed(context)),
})

/** The context that the runner creates for the actor. */
export async function contextOf(actor: Actor): Promise<Context> {
  const made = await contextFor(actor, {})
  if (!made.ok) throw new Error(made.error.message)
  return made.value
}
