import { Liquid, Output, TokenKind, type Token } from 'liquidjs'
import { nearestName } from '../nearest-name'
import { refuse, succeed, type Result } from '../result'
import type { FilterParameter } from './filter'
import { readFlowParts } from './flow-reference'
import { filterNames, filters, isFilterName, type FilterName } from './filters'
import { templateLimits } from './limits'
import { parsedOnce } from './parsed-once'
import {
  isReservedName,
  isStepName,
  variablesOf,
  type FilterArgument,
  type FilterCall,
  type Template,
  type TemplatePart,
} from './template'

/**
 * Parses text of a definition as a template. liquidjs finds the outputs; this module refuses everything in them that is
 * not allowed.
 */

const engine = new Liquid({
  strictFilters: true,
  ownPropertyOnly: true,
  parseLimit: templateLimits.source * 2,
  cache: false,
})
for (const name of Object.keys(engine.tags)) delete engine.tags[name]
for (const name of Object.keys(engine.filters)) delete engine.filters[name]
for (const name of filterNames) engine.registerFilter(name, () => '')

/** The key of a variable, or a value extracted by a token request: `step1.instance_url`. */
const outputName = /^(?:[A-Za-z_][A-Za-z0-9_]*|step[1-5]\.[A-Za-z_][A-Za-z0-9_]*)$/

/**
 * Parses the text of a definition. Refuses tags, logic, literals, property paths and filters outside the allow-list.
 */
export const parseTemplate = parsedOnce(parseSource)

function parseSource(source: string): Result<Template> {
  if (source.length > templateLimits.source) {
    return refuse(
      'template_limit',
      `This text has ${source.length} characters; at most ${templateLimits.source} are allowed.`,
    )
  }
  if (source.includes('{%')) {
    return refuse(
      'invalid_template',
      'Tags such as {% … %} are not supported. Use outputs like {{ key }}, with filters.',
    )
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
    const read = node instanceof Output ? readOutput(node) : readFlowParts(textOf(node))
    if (!read.ok) return read
    parts.push(...read.value)
  }
  if (parts.filter((part) => part.kind !== 'text').length > templateLimits.outputs) {
    return refuse('template_limit', `A text can have at most ${templateLimits.outputs} outputs.`)
  }
  return succeed({ source, parts })
}

/** As tags are not allowed, whatever is not an output is text. */
function textOf(node: unknown): string {
  return (node as { str: string }).str
}

function readOutput(node: Output): Result<TemplatePart[]> {
  const raw = node.token
    .getText()
    .replace(/^\{\{-?|-?\}\}$/g, '')
    .trim()
  const { postfix } = node.value.initial
  const brackets = node.value.filters.length === 0 ? bracketsIn(raw) : null
  if (brackets !== null) return succeed([{ kind: 'text', text: brackets }])
  const name = postfix.length === 1 ? nameIn(postfix[0]) : null
  if (name === null) {
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
    return refuse('template_limit', `An output can have at most ${templateLimits.filters} filters.`)
  // liquidjs ignores what it does not understand at the end of an output, but a typing error must be reported.
  if (withoutSpace(raw) !== withoutSpace(spelled))
    return refuse('invalid_template', `{{ ${raw} }} has text after the variable that is not a filter.`)
  return succeed([{ kind: 'variable', name, filters: calls }])
}

/** `{{ "{{" }}`: the brackets of the template language, as text. */
function bracketsIn(raw: string): string | null {
  return /^(["'])(\{\{|\}\}|\[\[|\]\])\1$/.exec(raw)?.[2] ?? null
}

function nameIn(token: Token | undefined): string | null {
  const name = token?.kind === TokenKind.PropertyAccess ? token.getText() : ''
  return outputName.test(name) ? name : null
}

function readFilter(name: string, tokens: unknown[]): Result<{ call: FilterCall; spelled: string }> {
  if (!isFilterName(name)) return refuse('invalid_template', noFilter(name))
  const { parameters } = filters[name]
  const needed = parameters.filter(({ fallback }) => fallback === undefined)
  if (tokens.length < needed.length || tokens.length > parameters.length)
    return refuse('invalid_template', wrongCount(name))
  const given: FilterArgument[] = []
  for (const [index, token] of tokens.entries()) {
    const argument = readArgument(name, index, token)
    if (!argument.ok) return argument
    given.push(argument.value)
  }
  const spelled = tokens.map((token) => (token as Token).getText()).join(',')
  return succeed({ call: { name, given }, spelled: tokens.length === 0 ? name : `${name}:${spelled}` })
}

function readArgument(filter: FilterName, index: number, token: unknown): Result<FilterArgument> {
  const { kind, content } = token as { kind?: TokenKind; content?: unknown }
  const parameter = filters[filter].parameters[index]
  if (kind === TokenKind.Quoted || kind === TokenKind.Number) {
    const text = kind === TokenKind.Quoted ? String(content) : (token as Token).getText()
    if (text.length > templateLimits.argument)
      return refuse('template_limit', `A value in a filter can have at most ${templateLimits.argument} characters.`)
    const problem = parameter ? problemOfArgument(parameter, text) : null
    return problem === null
      ? succeed({ kind: 'text', text })
      : refuse('invalid_template', `The filter ${filter}: ${problem}`)
  }
  const name = kind === TokenKind.PropertyAccess ? nameIn(token as Token) : null
  if (name === null)
    return refuse('invalid_template', `The filter ${filter} takes text in quotes, a number or the name of a variable.`)
  if (parameter?.choices?.includes(name))
    return refuse('invalid_template', `The filter ${filter}: write "${name}" in quotes.`)
  return succeed({ kind: 'name', name })
}

/** What is wrong with an argument of a filter, as a sentence; null if it is valid. */
export function problemOfArgument({ name, choices, check }: FilterParameter, text: string): string | null {
  if (choices && !choices.includes(text))
    return `${name} must be one of ${choices.map((choice) => `"${choice}"`).join(', ')}.`
  return check?.(text) ?? null
}

function wrongCount(name: FilterName): string {
  const { parameters } = filters[name]
  if (parameters.length === 0) return `The filter ${name} takes no value.`
  const list = parameters.map(({ name: parameter, fallback }) =>
    fallback === undefined ? parameter : `${parameter} (optional)`,
  )
  return `The filter ${name} takes ${list.join(', ')}. Write ${name}: "…", with text in quotes and commas between values.`
}

function noFilter(name: string): string {
  const near = nearestName(name, filterNames)
  return `The filter ${name} does not exist.${near ? ` Did you mean ${near}?` : ' “Filters and names” lists all filters.'}`
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '')
}

function syntaxMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const filter = /undefined filter: (\S+?),/.exec(message)?.[1]
  if (filter) return noFilter(filter)
  if (message.includes('not closed')) return 'An output is not closed: add }} after {{ and the name.'
  return 'This template cannot be read. Write an output as {{ key }}, or with filters as {{ key | base64_encode }}.'
}

/**
 * The variables that a text uses, also in filters, without duplicates, reserved names and names of earlier steps.
 */
export function templateVariables(source: string): Result<string[]> {
  const template = parseTemplate(source)
  if (!template.ok) return template
  return succeed(variablesOf(template.value).filter((name) => !isReservedName(name) && !isStepName(name)))
}

/**
 * Parses a text typed in a shape: `[[payload.path]]` is a flow value, while `{{ key }}` is plain text, because values
 * are never templates.
 */
export function parseFlowValue(value: string): Result<Template> {
  const parts = readFlowParts(value)
  if (!parts.ok) return parts
  if (parts.value.filter(({ kind }) => kind === 'flow').length > templateLimits.outputs)
    return refuse('template_limit', `A text can have at most ${templateLimits.outputs} flow values.`)
  return succeed({ source: value, parts: parts.value })
}
