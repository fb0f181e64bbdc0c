import type { Result } from '../result'
import type { Secrecy } from '../secrecy'
import type { SecretBook } from '../secret-book'
import type { Signer } from '../signer'
import type { FilterName } from './filters'

/**
 * Templates: text with outputs `{{ key }}` and values of the flow `[[payload.path]]`. liquidjs parses, nothing is
 * evaluated: an output is one variable's name and filters of the allow-list, looked up in a Map. Only text of a
 * definition is ever parsed as a template; values are data (PRODUCT: Templates).
 */

/** What a filter is given: text of the definition, or the value of a name. */
export type FilterArgument = { kind: 'text'; text: string } | { kind: 'name'; name: string }
export type FilterCall = { name: FilterName; given: readonly FilterArgument[] }
export type VariablePart = { kind: 'variable'; name: string; filters: readonly FilterCall[] }
export type FlowPart = { kind: 'flow'; reference: string }
export type TextPart = { kind: 'text'; text: string }
export type TemplatePart = TextPart | VariablePart | FlowPart

export type Template = { readonly source: string; readonly parts: readonly TemplatePart[] }

/** Names that the product fills while a request is built; a variable cannot have them. */
export const reservedNames = [
  ...(['access_token', 'refresh_token', 'token_type', 'signed_jwt', 'redirect_uri', 'now', 'nonce', 'uuid'] as const),
  ...(['request_method', 'request_url', 'request_host', 'request_path', 'request_query', 'request_body'] as const),
] as const
export type ReservedName = (typeof reservedNames)[number]

/** What a name stands for. `value` is empty where nobody gave one. */
export type ScopedValue = {
  value: string
  required: boolean
  secrecy: Secrecy
  label: string
  /** Given by a third party, in a token answer or a callback: it may lead to the allowed hosts only. */
  untrusted?: boolean
}

/** A Map, not an object: `constructor` or `__proto__` are names like any other, and unknown. */
export type TemplateScope = ReadonlyMap<string, ScopedValue>

export type TemplateContext = {
  reserved?: Partial<Record<ReservedName, string>>
  /**
   * Values that are made while the request is built, when a text first names them; undefined where nothing has that
   * name.
   */
  derived?: (name: string) => Result<ScopedValue> | undefined
  /** What earlier token requests extracted, by `step1.name`. */
  steps?: ReadonlyMap<string, string>
  /** Signs with a private key; absent in the browser, where no key is. */
  signer?: Signer
  /** The value of `payload.path` or `meta.key`; undefined where the flow has none. */
  flow?: (reference: string) => string | undefined
  /**
   * Of the exchange that is rendered for: every output that is made from a secret is written in it, after its filters,
   * also one that is only a step to another value.
   */
  secrets?: SecretBook
}

/** Every name in a parsed template, those given to filters and the reserved ones included, each once. */
export function variablesOf(template: Template): string[] {
  return [...new Set(template.parts.flatMap((part) => (part.kind === 'variable' ? namesOfPart(part) : [])))]
}

export function namesOfPart({ name, filters: calls }: VariablePart): string[] {
  const given = calls.flatMap((call) => call.given)
  return [name, ...given.flatMap((argument) => (argument.kind === 'name' ? [argument.name] : []))]
}

export function isReservedName(name: string): name is ReservedName {
  return reservedNames.some((reserved) => reserved === name)
}

/** What an earlier token request extracted: `step1.instance_url`. */
export function isStepName(name: string): boolean {
  return name.includes('.')
}
