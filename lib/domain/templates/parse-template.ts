import { Liquid, Output, TokenKind, type Token } from 'liquidjs'
import { nearestName } from '../nearest-name'
import { refuse, succeed, type Result } from '../result'
import type { FilterParameter } from './filter'
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
 * Reads text of a definition as a template: liquidjs finds the outputs, and what is not allowed in them is refused
 * here.
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

const flowReference = /\[\[\s*((?:payload|meta)(?:\.[^\s.[\]{}]+|\[\d+\])*)\s*\]\]/g
const flowBeginning = /\[\[\s*(?:payload|meta)\b/

/** A variable's key, or what a token request of the method extracted: `step1.instance_url`. */
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
      'Tags such as {% … %} are not supported: only outputs like {{ key }}, with filters.',
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
    return refuse(
      'invalid_template',
      'A value of the flow is written [[payload.path]] or [[meta.key]], without spaces in the path.',
    )
  return succeed(parts)
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
    return refuse('template_limit', `At most ${templateLimits.filters} filters fit into one output.`)
  // liquidjs skips what it does not understand at the end of an output; a typing error must not pass silently.
  if (withoutSpace(raw) !== withoutSpace(spelled))
    return refuse('invalid_template', `{{ ${raw} }} has something after the variable's name that is not a filter.`)
  return succeed([{ kind: 'variable', name, filters: calls }])
}

/** `{{ "{{" }}`: the brackets of the language itself, as text. */
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
      return refuse('template_limit', `A value written in a filter has at most ${templateLimits.argument} characters.`)
    const problem = parameter ? problemOfArgument(parameter, text) : null
    return problem === null
      ? succeed({ kind: 'text', text })
      : refuse('invalid_template', `The filter ${filter}: ${problem}`)
  }
  const name = kind === TokenKind.PropertyAccess ? nameIn(token as Token) : null
  if (name === null)
    return refuse(
      'invalid_template',
      `What the filter ${filter} is given is text in quotes, a number, or the name of a variable.`,
    )
  if (parameter?.choices?.includes(name))
    return refuse('invalid_template', `The filter ${filter}: write "${name}" in quotes.`)
  return succeed({ kind: 'name', name })
}

/** What is wrong with what a filter is given, as a sentence; null where nothing is. */
export function problemOfArgument({ name, choices, check }: FilterParameter, text: string): string | null {
  if (choices && !choices.includes(text))
    return `${name} is one of ${choices.map((choice) => `"${choice}"`).join(', ')}.`
  return check?.(text) ?? null
}

function wrongCount(name: FilterName): string {
  const { parameters } = filters[name]
  if (parameters.length === 0) return `The filter ${name} takes no value.`
  const list = parameters.map(({ name: parameter, fallback }) =>
    fallback === undefined ? parameter : `${parameter} (may be left out)`,
  )
  return `The filter ${name} is given ${list.join(', ')}: ${name}: "…". Text stands in quotes, with commas between.`
}

function noFilter(name: string): string {
  const near = nearestName(name, filterNames)
  return `The filter ${name} does not exist.${near ? ` Did you mean ${near}?` : ' “Filters and names” lists those there are.'}`
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '')
}

function syntaxMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const filter = /undefined filter: (\S+?),/.exec(message)?.[1]
  if (filter) return noFilter(filter)
  if (message.includes('not closed')) return 'An output is not closed: {{ needs }} after the name.'
  return 'This is not a template that can be read. An output is written {{ key }}, with filters as {{ key | base64_encode }}.'
}

/**
 * The variables that a text names, also in filters, each once, without the reserved names and those of earlier steps.
 */
export function templateVariables(source: string): Result<string[]> {
  const template = parseTemplate(source)
  if (!template.ok) return template
  return succeed(variablesOf(template.value).filter((name) => !isReservedName(name) && !isStepName(name)))
}

/**
 * A value typed in a shape: `[[payload.path]]` in it stands for a value of the flow, `{{ key }}` in it is plain text,
 * because values are never templates.
 */
export function parseFlowValue(value: string): Result<Template> {
  const parts = readText(value)
  return parts.ok ? succeed({ source: value, parts: parts.value }) : parts
}
