import type { Actor } from '@/lib/domain/access/actor'
import { beginAuthorisation, type BeginAuthorisation } from '@/lib/authorisations/begin-authorisation'
import { completeAuthorisationWith } from '@/lib/authorisations/complete-authorisation'
import { contextOf } from './permitted'

/** Both ends of an authorisation, without a browser's request around. */

export async function beginAs(actor: Actor, input: BeginAuthorisation) {
  return beginAuthorisation(await contextOf(actor), input)
}

/** @param browserSecret of the browser that comes back; undefined where it has none */
export function completeAs(actor: Actor, callbackUrl: string, browserSecret: string | undefined) {
  const secrets = () => Promise.resolve(() => browserSecret)
  return completeAuthorisationWith(secrets)(actor, { query: new URL(callbackUrl).searchParams.toString() })
}
