import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { AuthenticationType } from '@/lib/domain/vocabulary'

/**
 * What the form of a new method says about each type. The server passes it in, so that the code of the types is not
 * loaded in the browser.
 */
export type TypeFacts = Record<AuthenticationType, { description: string; hasSignature: boolean }>

export function typeFacts(): TypeFacts {
  const facts = Object.entries(authenticationTypeDefinitions).map(([type, { description, optionGroups }]) => [
    type,
    { description, hasSignature: optionGroups.includes('signature') },
  ])
  return Object.fromEntries(facts) as TypeFacts
}
