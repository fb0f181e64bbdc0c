import type { AuthenticationType } from '../vocabulary'
import { authenticationTypeDefinitions } from './registry'
import type { AuthenticationTypeDefinition } from './types'

/** What a type is called, asks for and offers, without how it works: plain data that a page can be given. */
export type TypeDescription = Pick<
  AuthenticationTypeDefinition,
  'type' | 'description' | 'needsPerson' | 'phases' | 'urls' | 'defaultVariables' | 'defaultOptions' | 'optionGroups'
>

export function describeType(name: AuthenticationType): TypeDescription {
  const { type, description, needsPerson, phases, urls, defaultVariables, defaultOptions, optionGroups } =
    authenticationTypeDefinitions[name]
  return { type, description, needsPerson, phases, urls, defaultVariables, defaultOptions, optionGroups }
}
