import 'server-only'
import { headers } from 'next/headers'
import { actionBegan } from '@/lib/platform/request-under-way'
import type { PersonActor } from '@/lib/domain/access/actor'
import { currentPerson, requireActor } from './actor'
import { personKey, type SignedOut } from './signed-out'

/**
 * Runs a server action as the person who is signed in. If nobody is signed in, or another person than the one that the
 * page was rendered for, the page's script gets a value that says so. A form that was sent without script is redirected
 * to the log-in.
 * @param pageFor the key of the person that the page was rendered for, sent by the page. Untrusted: it can only cause a
 * refusal
 */
export async function actAsPerson<Answer>(
  pageFor: unknown,
  act: (actor: PersonActor) => Promise<Answer>,
): Promise<Answer | SignedOut> {
  actionBegan()
  const person = await currentPerson()
  if (!person) return (await isCalledByScript()) ? { signedOut: { reason: 'ended' } } : act(await requireActor())
  const key = personKey(person.actor)
  if (typeof pageFor === 'string' && pageFor !== key)
    return { signedOut: { reason: 'someone_else', person: { key, name: person.actor.label, email: person.email } } }
  return act(person.actor)
}

async function isCalledByScript(): Promise<boolean> {
  return (await headers()).has('next-action')
}
