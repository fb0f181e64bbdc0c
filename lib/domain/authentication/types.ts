import type { ParameterDefinition, PhaseDefinition, VariableDefinition } from '../definitions'
import type { OutboundResponse } from '../http-messages'
import type { OutboundRequest } from '../http-messages'
import type { Result } from '../result'
import type { Secrecy } from '../secrecy'
import type { TemplateContext, TemplateScope } from '../templates/template'
import type { AuthenticationType, PhaseKind } from '../vocabulary'
import type { OptionGroup } from '../method-options/options'
import type { MethodOptions } from '../method-options/options-schema'

/**
 * The definition of an authentication type. A new type is a file that exports one of these, and a line in the registry.
 */

/** A variable of a new method of the type. */
export type DefaultVariable = Omit<VariableDefinition, 'id' | 'level'>

export type DefaultParameter = Omit<ParameterDefinition, 'id'>

export type DefaultPhase = Pick<PhaseDefinition, 'kind' | 'step' | 'httpMethod' | 'url'> &
  Partial<Pick<PhaseDefinition, 'bodyFormat' | 'body' | 'clientAuthentication'>>

/**
 * What a credential adds to a request. All of it is secret, so nothing of it is shown or logged. Secret values that are
 * not made by a template are added to the context's book.
 */
export type AppliedCredentials = {
  headers: [name: string, value: string][]
  queryPairs: [key: string, value: string][]
  bodyParameters: [key: string, value: string][]
  /** `name=value` pairs of the Cookie header. */
  cookies: [name: string, value: string][]
  secrecy: Secrecy
}

export type CredentialInput = { options: MethodOptions; scope: TemplateScope; context: TemplateContext }

/** A request that is complete except for its signature. The context includes its query and body. */
export type SignInput = CredentialInput & { request: OutboundRequest }

export type SignedRequest = {
  request: OutboundRequest
  /** The headers and keys with the signature, to remove on a redirect to another origin. */
  credentialNames: { headers: string[]; queryKeys: string[] }
}

/** A URL field of the *URLs* tab. */
export type UrlField = { phase: PhaseKind; label: string; required: boolean; helpText: string }

/** Whether a person has to act at the third party (rule R7): always, never, or if the method has the URLs for it. */
export type PersonNeeded = 'always' | 'never' | 'with_authorise_url'

export type AuthenticationTypeDefinition = {
  type: AuthenticationType
  label: string
  description: string
  needsPerson: PersonNeeded
  /** The requests that the type sends or takes part in, in order. */
  phases: readonly PhaseKind[]
  urls: readonly UrlField[]
  defaultVariables: readonly DefaultVariable[]
  defaultPhases: readonly DefaultPhase[]
  defaultParameters: readonly DefaultParameter[]
  /** The options that people can edit; all others have their defaults. */
  optionGroups: readonly OptionGroup[]
  defaultOptions: MethodOptions
  /** Variables that an authorisation fills and nobody types (DATA §4). */
  filledVariables: readonly string[]
  /** Variables that the options make unnecessary (such as the secret of a public client): not shown, not required. */
  unusedVariables: (options: MethodOptions) => readonly string[]
  /** Adds the credentials to an endpoint request or a test request. */
  applyCredentials: (input: CredentialInput) => Result<AppliedCredentials>
  /** Signs the finished request, in every phase. */
  sign?: (input: SignInput) => Result<SignedRequest>
  /** The keys that the signature adds to the query; they replace those of the connector's parameters. */
  signedQueryKeys?: (options: MethodOptions) => readonly string[]
  /**
   * Answers the server's challenge with a request to send again; null if there is no challenge. @see RFC 9110 §11.3
   */
  answerChallenge?: (input: SignInput & { response: OutboundResponse }) => Result<OutboundRequest | null>
}
