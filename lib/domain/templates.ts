import { Liquid, Output, TokenKind, type QuotedToken } from 'liquidjs'
import { refuse, succeed, type Result } from './result'
import type { Signer } from './signer'
import { filterNames, filters, type FilterName } from './template-filters'

/**
 * Templates: text with outputs `{{ key }}` and values of the flow `[[payload.path]]`. liquidjs parses, nothing is
 * evaluated: an output is one variable's name and filters of the allow-list, looked up in a Map. Only text of a
 * definition is ever parsed as a template; values are data (PRODUCT: Templates).
 */

export type FilterCall = { name: FilterName; argument: string | null }
export type VariablePart = { kind: 'variable'; name: string; filters: FilterCall[] }
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
  secret: boolean
  label: string
  /** Given by a third party, in a token answer or a callback: it may lead to the allowed hosts only. */
  learned?: boolean
}

/** A Map, not an object: `constructor` or `__proto__` are names like any other, and unknown. */
export type TemplateScope = ReadonlyMap<string, ScopedValue>

export type TemplateContext = {
  reserved?: Partial<Record<ReservedName, string>>
  /** Values that are made while the request is built, when a text first names them; undefined where nothing has that name. */
  derived?: (name: string) => Result<ScopedValue> | undefined
  /** What earlier token requests extracted, by `step1.name`. */
  steps?: ReadonlyMap<string, string>
  /** Signs with a private key; absent in the browser, where no key is. */
  signer?: Signer
  /** The value of `payload.path` or `meta.key`; undefined where the flow has none. */
  flow?: (reference: string) => string | undefined
  /** Told every text that a secret variable or a token was rendered to, after its filters. */
  onSecret?: (text: string) => void
}

export const templateLimits = { source: 65_536, outputs: 200, filters: 8, rendered: 1_048_576 } as const

const engine = new Liquid({ strictFilters: true, ownPropertyOnly: true, parseLimit: templateLimits.source * 2, cache: false })
for (const name of Object.keys(engine.tags)) delete engine.tags[name]
for (const name of Object.keys(engine.filters)) delete engine.filters[name]
for (const name of filterNames) engine.registerFilter(name, () => '')

const flowReference = /\[\[\s*((?:payload|meta)(?:\.[^\s.[\]{}]+|\[\d+\])*)\s*\]\]/g
const flowBeginning = /\[\[\s*(?:payload|meta)\b/

/** Parses the text of a definition. Refuses tags, logic, literals, property paths and filters outside the allow-list. */
export function parseTemplate(source: string): Result<Template> {
  if (source.length > templateLimits.source) {
    return refuse('template_limit', `This text has ${source.length} characters; at most ${templateLimits.source} are allowed.`)
  }
  if (source.includes('{%')) {
    return refuse('invalid_template', 'Tags such as {% … %} are not supported: only outputs like {{ key }}, with filters.')
  }
  let nodes
  try {
    nodes = engine.parse(source)
  } catch (error) {
    return refuse('invalid_template', syntaxMessage(error))
  }
  return readNodes(source, nodes)
}

function readNodes(source: string, nodes: unknown[]): Result<Template> {
  const parts: TemplatePart[] = []
  for (const node of nodes) {
    const read = node instanceof Output ? readOutput(node) : readText(textOf(node))
    if (!read.ok) return read
    parts.push(...read.value)
  }
  if (parts.filter((part) => part.kind !== 'text').length > templateLimits.outputs) {
    return refuse('template_limit', `At most ${templateLimits.outputs} values fit into one text.`)
  }
  return succeed({ source, parts })
}

/** Without tags, whatever is not an output is text. */
function textOf(node: unknown): string {
  return (node as { str: string }).str
}

/** Text between outputs, with the values of the flow in it. `[[1, 2]]` in a JSON body stays text. */
function readText(text: string): Result<TemplatePart[]> {
  const parts: TemplatePart[] = []
  let end = 0
  for (const match of text.matchAll(flowReference)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) })
    parts.push({ kind: 'flow', reference: match[1] ?? '' })
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) })
  const broken = parts.some((part) => part.kind === 'text' && flowBeginning.test(part.text))
  if (broken)
    return refuse('invalid_template', 'A value of the flow is written [[payload.path]] or [[meta.key]], without spaces in the path.')
  return succeed(parts)
}

function readOutput(node: Output): Result<TemplatePart[]> {
  const raw = node.token
    .getText()
    .replace(/^\{\{-?|-?\}\}$/g, '')
    .trim()
  const postfix = node.value.initial.postfix
  const token = postfix[0]
  const name = token?.kind === TokenKind.PropertyAccess ? token.getText() : ''
  if (postfix.length !== 1 || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return refuse(
      'invalid_template',
      `{{ ${raw} }} is not the name of a variable. Write one name, such as {{ token }}, and filters after it.`,
    )
  }
  const calls: FilterCall[] = []
  let spelled = name
  for (const filter of node.value.filters) {
    const call = readFilter(filter.name, filter.args as unknown[])
    if (!call.ok) return call
    calls.push(call.value.call)
    spelled += `|${call.value.spelled}`
  }
  if (calls.length > templateLimits.filters)
    return refuse('template_limit', `At most ${templateLimits.filters} filters fit into one output.`)
  // liquidjs skips what it does not understand at the end of an output; a typing error must not pass silently.
  if (withoutSpace(raw) !== withoutSpace(spelled))
    return refuse('invalid_template', `{{ ${raw} }} has something after the variable's name that is not a filter.`)
  return succeed([{ kind: 'variable', name, filters: calls }])
}

function readFilter(name: string, args: unknown[]): Result<{ call: FilterCall; spelled: string }> {
  const known = filterNames.find((candidate) => candidate === name)
  if (!known) return refuse('invalid_template', `The filter ${name} does not exist. There are: ${filterNames.join(', ')}.`)
  const takes = filters[known].takesArgument ? 1 : 0
  if (args.length !== takes) {
    return refuse(
      'invalid_template',
      takes ? `The filter ${name} needs one value in quotes: ${name}: "…".` : `The filter ${name} takes no value.`,
    )
  }
  if (takes === 0) return succeed({ call: { name: known, argument: null }, spelled: name })
  const argument = args[0] as Partial<QuotedToken>
  if (argument.kind !== TokenKind.Quoted) return refuse('invalid_template', `The value of the filter ${name} must be written in quotes.`)
  return succeed({ call: { name: known, argument: argument.content ?? '' }, spelled: `${name}:${argument.getText?.()}` })
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '')
}

function syntaxMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const filter = /undefined filter: (\S+?),/.exec(message)?.[1]
  if (filter) return `The filter ${filter} does not exist. There are: ${filterNames.join(', ')}.`
  if (message.includes('not closed')) return 'An output is not closed: {{ needs }} after the name.'
  return 'This is not a template that can be read. An output is written {{ key }}, with filters as {{ key | base64_encode }}.'
}

/** The variables that a text names, each once, without the reserved names. */
export function templateVariables(source: string): Result<string[]> {
  const template = parseTemplate(source)
  if (!template.ok) return template
  return succeed(variablesOf(template.value).filter((name) => !isReservedName(name)))
}

/** Every name in a parsed template, reserved ones included, each once. */
export function variablesOf(template: Template): string[] {
  return [...new Set(template.parts.flatMap((part) => (part.kind === 'variable' ? [part.name] : [])))]
}

/** The values of the flow that a text names: `payload.path`, `meta.key`. */
export function flowReferencesOf(template: Template): string[] {
  return [...new Set(template.parts.flatMap((part) => (part.kind === 'flow' ? [part.reference] : [])))]
}

export function isReservedName(name: string): name is ReservedName {
  return reservedNames.some((reserved) => reserved === name)
}

/**
 * A value typed in a shape: `[[payload.path]]` in it stands for a value of the flow, `{{ key }}` in it is plain text,
 * because values are never templates.
 */
export function parseFlowValue(value: string): Result<Template> {
  const parts = readText(value)
  return parts.ok ? succeed({ source: value, parts: parts.value }) : parts
}
