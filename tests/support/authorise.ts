import type { Actor } from '@/lib/domain/access/actor'
import { beginAuthorisation, type BeginAuthorisation } from '@/lib/authorisations/begin-authorisation'
import { completeAuthorisationWith } from '@/lib/authorisations/complete-authorisation'
import { contextOf } from './permitted'

/** The start and the end of an authorisation, without a browser's request. */

export async function beginAs(actor: Actor, input: BeginAuthorisation) {
  return beginAuthorisation(await contextOf(actor), input)
}

/** @param browserSecret the secret of the returning browser; undefined if it has none */
export function completeAs(actor: Actor, callbackUrl: string, browserSecret: string | undefined) {
  const secrets = () => Promise.resolve(() => browserSecret)
  return completeAuthorisationWith(secrets)(actor, { query: new URL(callbackUrl).searchParams.toString() })
}
