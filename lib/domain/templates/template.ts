import type { Refusal, Result } from '../result'
import type { Secrecy } from '../secrecy'
import type { SecretBook } from '../secret-book'
import type { Signer } from '../signer'
import type { FilterName } from './filters'

/**
 * Templates: text with outputs `{{ key }}` and flow values `[[payload.path]]` (`flow-reference.ts`). liquidjs only parses, nothing is evaluated:
 * an output is the name of a variable, looked up in a Map, and filters of the allow-list. Only text of a definition is
 * ever parsed as a template; values are data (PRODUCT: Templates).
 */

/** An argument of a filter: text of the definition, or the value of a variable. */
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

/** The value of a name; empty if it has none. */
export type ScopedValue = {
  value: string
  required: boolean
  secrecy: Secrecy
  label: string
  /** From a token response, a callback or a computed value: it can lead only to the allowed hosts. */
  untrusted?: boolean
}

/** A Map, so that `constructor` and `__proto__` are unknown names like any other. */
export type TemplateScope = ReadonlyMap<string, ScopedValue>

/**
 * The text of a value; of an object or a list, its JSON. Null is the null of JSON, which no text can have. Undefined if the
 * value is missing; a refusal says why it cannot be read.
 */
export type FlowValue = string | null | undefined | Refusal

export type TemplateContext = {
  reserved?: Partial<Record<ReservedName, string>>
  /**
   * Values that are computed when a text first uses them while the request is built; undefined for an unknown name.
   */
  derived?: (name: string) => Result<ScopedValue> | undefined
  /** Values extracted by earlier token requests, by `step1.name`. */
  steps?: ReadonlyMap<string, string>
  /** Signs with a private key; missing in the browser, which has no keys. */
  signer?: Signer
  /**
   * The value of a reference such as `payload.path`. Null without a flow, for a program's call: what looks like a flow value
   * in its values is plain text.
   */
  flow?: ((reference: string) => FlowValue) | null
  /**
   * The secrets of the exchange: every output that contains a secret is added, after its filters, even if it is only an
   * intermediate value.
   */
  secrets?: SecretBook
}

/** All names in a parsed template without duplicates, including arguments of filters and reserved names. */
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

/** Whether the name is a value extracted by an earlier token request: `step1.instance_url`. */
export function isStepName(name: string): boolean {
  return name.includes('.')
}
