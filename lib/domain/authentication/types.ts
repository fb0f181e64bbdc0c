import type { PhaseDefinition, VariableDefinition } from '../definitions'
import type { Result } from '../result'
import type { TemplateContext, TemplateScope } from '../templates'
import type { AuthenticationType, HttpMethod, ParameterPlace, PhaseKind } from '../vocabulary'

/** What an authentication type brings. A further type is one file that exports one of these, and one line in the registry. */

/** A variable as a new method of the type gets it. */
export type DefaultVariable = Omit<VariableDefinition, 'id' | 'level'>

export type DefaultPhase = Pick<PhaseDefinition, 'kind' | 'step' | 'httpMethod' | 'url'>

/** How a credential is put into a request. */
export type Placement = {
  place: ParameterPlace
  key: string
  /** Template. */
  value: string
}

/** What a credential adds to a request. Secret in whole: none of it is shown or logged. */
export type AppliedCredentials = {
  headers: [name: string, value: string][]
  queryPairs: [key: string, value: string][]
  bodyParameters: [key: string, value: string][]
  /** Values made from secrets, besides the secrets themselves, that have to be removed from what is shown. */
  secrets: string[]
}

export type CredentialInput = { options: unknown; scope: TemplateScope; context: TemplateContext }

/** A URL field of the *URLs* tab. */
export type UrlField = { phase: PhaseKind; label: string; required: boolean; helpText: string }

/** One request as *What will be sent* shows it: values filled in, secrets masked. */
export type DescribedRequest = {
  phase: PhaseKind
  title: string
  method: HttpMethod
  url: string
  headers: [name: string, value: string][]
  body: string
}

export type AuthenticationTypeDefinition = {
  type: AuthenticationType
  label: string
  description: string
  /** Rule R7: a person has to act at the third party, so a connection cannot be tested with what is in a form. */
  needsPerson: boolean
  /** The requests that the type makes or takes part in, in their order. */
  phases: readonly PhaseKind[]
  urls: readonly UrlField[]
  defaultVariables: readonly DefaultVariable[]
  defaultPhases: readonly DefaultPhase[]
  defaultOptions: object
  /** Variables that are filled while a person authorises, and never typed (DATA §4). */
  filledVariables: readonly string[]
  /** Variables that the options make needless (the secret of a public client): not asked, not required. */
  unusedVariables: (options: unknown) => readonly string[]
  /** Checks the options column; a missing option has its default. */
  readOptions: (options: unknown) => Result<unknown>
  /** Adds the credentials to an endpoint request or a test request. */
  applyCredentials: (input: CredentialInput) => Result<AppliedCredentials>
}
