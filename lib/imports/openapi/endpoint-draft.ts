import type { z } from 'zod'
import type { parameterDocument } from '@/lib/authentication-methods/document-schema'
import type { BodyFormat } from '@/lib/domain/vocabulary'
import { definitionLimits } from './limits'
import type { Node } from './nodes'
import type { Reader } from './reader'
import type { SchemaFacts } from './read-schema'
import { isPlainLine, labelOf, literal, quote, textOf } from './texts'
import { scalarText, variableOf, type VariableInput } from './variables'

export type ParameterInput = z.input<typeof parameterDocument>

/** The parts of an endpoint while its operation is read. */
export type EndpointDraft = {
  variables: VariableInput[]
  parameters: ParameterInput[]
  bodyFormat: BodyFormat
  body: string
  /** Keys of variables that are not free. */
  taken: Set<string>
}

export type Sent = {
  in: ParameterInput['in']
  key: string
  required: boolean
  description: string
  facts: SchemaFacts
  node: Node
  /** How to enter the value, for the help text: “Separate several with commas.” */
  notation?: string
}

/**
 * Adds what an operation sends: a required value as a variable, or as it is if there is only one choice; an optional one
 * as a filter, whose choices and default are in its help text.
 */
export function addParameter(reader: Reader, draft: EndpointDraft, sent: Sent): void {
  const { node, key, facts } = sent
  if (key === '' || !isPlainLine(key, definitionLimits.key)) {
    reader.report.add('invalid', node, `${quote(key)} cannot be the name of a parameter, so it was left out.`)
    return
  }
  if (draft.parameters.length >= definitionLimits.parameters) {
    reader.report.add(
      'limit',
      node,
      `An endpoint has at most ${definitionLimits.parameters} parameters, so ${quote(key)} was left out.`,
    )
    return
  }
  const named = { in: sent.in, key, ...helpOf(sent) }
  if (!sent.required) {
    draft.parameters.push({ ...named, required: false })
    return
  }
  const [only, ...others] = facts.choices ?? []
  const fixed = others.length === 0 ? scalarText(only) : null
  const value = fixed !== null && isPlainLine(fixed, 2_000) ? literal(fixed) : outputOf(reader, draft, sent)
  if (value !== null) draft.parameters.push({ ...named, value, required: true })
}

/** Adds a variable and returns its output; null, with a line in the report, if the endpoint has too many. */
export function outputOf(
  reader: Reader,
  draft: EndpointDraft,
  { node, key, facts, description, required, notation = '' }: Omit<Sent, 'in'>,
): string | null {
  if (draft.variables.length >= definitionLimits.endpointVariables) {
    reader.report.add(
      'limit',
      node,
      `An endpoint has at most ${definitionLimits.endpointVariables} variables, so ${quote(key)} was left out.`,
    )
    return null
  }
  const help = [description || facts.description, notation, exampleOf(facts)].filter((text) => text !== '').join('\n')
  const variable = variableOf(reader, node, facts, { name: key, description: help, required }, draft.taken)
  draft.variables.push(variable)
  return `{{ ${variable.key} }}`
}

function exampleOf({ example }: SchemaFacts): string {
  const text = scalarText(example)
  return text === null || text === '' ? '' : `Example: ${text.slice(0, 200)}`
}

function helpOf({
  key,
  facts,
  description,
  required,
  notation = '',
}: Sent): Pick<ParameterInput, 'displayName' | 'helpText'> {
  const choices = (facts.choices ?? (facts.type === 'boolean' ? [true, false] : [])).flatMap(
    (choice) => scalarText(choice) ?? [],
  )
  const usual = scalarText(facts.usual)
  const lines = [
    notation,
    choices.length === 0 ? '' : `One of: ${choices.slice(0, 40).join(', ')}${choices.length > 40 ? ', …' : ''}.`,
    usual === null || usual === '' ? '' : `Default: ${usual.slice(0, 200)}.`,
    facts.pattern === '' ? '' : `Pattern: ${facts.pattern.slice(0, 200)}`,
    exampleOf(facts),
  ].filter((line) => line !== '')
  const rules = required ? '' : textOf(lines.join('\n'), definitionLimits.helpText - 300)
  const about = textOf(description || facts.description, definitionLimits.helpText - rules.length - 1)
  const helpText = [about, rules].filter((text) => text !== '').join('\n')
  return { displayName: labelOf(key, definitionLimits.name), ...(helpText !== '' && { helpText }) }
}
