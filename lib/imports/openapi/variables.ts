import { RE2JS } from 're2js'
import type { z } from 'zod'
import { firstFree } from '@/lib/domain/names'
import { findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import { validateVariableDefinition } from '@/lib/domain/variables/variable-rules'
import type { variableDocument } from '@/lib/authentication-methods/document-schema'
import { definitionLimits } from './limits'
import type { Node } from './nodes'
import type { SchemaFacts } from './read-schema'
import type { Reader } from './reader'
import { isPlainLine, labelOf, lineOf, quote, textOf } from './texts'
import { variableKeyOf } from './variable-keys'

export type VariableInput = z.input<typeof variableDocument>

type Asked = { name: string; description: string; required: boolean; helpMost?: number }

/**
 * A variable for a value that a schema describes. What the rules of variables refuse (a pattern that is not safe, a
 * default that is not among the choices) is left out with a line in the report.
 * @param taken the keys that the endpoint, its methods and its connector use; the new key is added
 */
export function variableOf(
  reader: Reader,
  node: Node,
  facts: SchemaFacts,
  asked: Asked,
  taken: Set<string>,
): VariableInput {
  const key = firstFree(variableKeyOf(asked.name), '_', (candidate) => taken.has(candidate))
  taken.add(key)
  const options = optionsOf(reader, node, facts)
  const variable: VariableInput = {
    key,
    displayName: labelOf(asked.name, definitionLimits.name) || key,
    helpText: textOf(asked.description || facts.description, definitionLimits.variableText),
    required: asked.required,
    inputKind: options ? 'select' : kindOf(facts),
    ...(options && { options }),
  }
  if (facts.format === 'password') variable.secret = true
  const usual = scalarText(facts.usual)
  if (usual !== null && usual !== '' && !variable.secret) variable.defaultValue = usual
  const pattern = options ? '' : wholePattern(facts.pattern)
  if (pattern !== '') variable.pattern = pattern
  return sound(reader, node, variable)
}

/** Without the parts that a rule refuses. */
function sound({ report }: Reader, node: Node, given: VariableInput): VariableInput {
  const { pattern = '', defaultValue = '', ...rest } = given
  const variable: VariableInput = rest
  const named = quote(given.key)
  if (pattern !== '') {
    if (isPlainLine(pattern, definitionLimits.pattern) && isValid({ ...variable, pattern })) variable.pattern = pattern
    else
      report.add(
        'not_imported',
        node,
        `The pattern of ${named} was left out: Patchbay has no regular expressions with look-around or back-references, or of more than ${definitionLimits.pattern} characters.`,
      )
  }
  if (defaultValue === '') return variable
  const isSecret = findLiteralSecret(defaultValue, variable.key) !== null
  if (!isSecret && isStorable(defaultValue) && isValid({ ...variable, defaultValue }))
    return { ...variable, defaultValue }
  const why = isSecret ? 'it looks like a secret' : 'it does not fit the rest of its description'
  report.add('changed', node, `The default of ${named} was left out: ${why}.`)
  return variable
}

function isStorable(value: string): boolean {
  return textOf(value, definitionLimits.variableText) === value.trim() && value.isWellFormed()
}

function isValid({
  key,
  displayName = '',
  defaultValue = '',
  pattern = '',
  inputKind = 'text',
  ...rest
}: VariableInput): boolean {
  const checked = validateVariableDefinition({
    ...{ key, displayName, defaultValue, pattern, inputKind },
    ...{ helpText: '', alias: '', required: rest.required ?? false, configurable: true, advanced: false },
    ...{ secret: rest.secret ?? false, options: rest.options ?? [] },
  })
  return checked.ok
}

function kindOf({ type, usual }: SchemaFacts): NonNullable<VariableInput['inputKind']> {
  if (type === 'object' || type === 'array') return 'multiline'
  // Only numbers that are written with digits and a point.
  if (
    (type === 'integer' || type === 'number') &&
    (usual === undefined || /^-?\d+(\.\d+)?$/.test(scalarText(usual) ?? ''))
  )
    return 'number'
  return 'text'
}

/** The choices of a select; undefined without choices, or with too many. */
function optionsOf({ report }: Reader, node: Node, { choices, type }: SchemaFacts): VariableInput['options'] {
  const given = choices ?? (type === 'boolean' ? [true, false] : null)
  if (given === null) return undefined
  const texts = given.map(scalarText)
  const values = [...new Set(texts.filter((text): text is string => text !== null && text !== ''))]
  const usable = values.filter((value) => isPlainLine(value, definitionLimits.variableText))
  if (usable.length < values.length || texts.some((text, index) => text === null && given[index] !== null))
    report.add('not_imported', node, 'Choices that are no short texts, numbers, true or false were left out.')
  if (usable.length > definitionLimits.options)
    report.add(
      'limit',
      node,
      `A select has at most ${definitionLimits.options} options, so any text can be entered instead of one of these ${usable.length}.`,
    )
  if (usable.length === 0 || usable.length > definitionLimits.options) return undefined
  return usable.map((value) => ({ value, label: lineOf(value, definitionLimits.optionLabel) }))
}

/** A scalar as it is sent; null for everything else. */
export function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

/**
 * JSON Schema has a regular expression of JavaScript that is searched for anywhere in the text (JSON Schema Validation
 * §6.3.3); the one of a variable is RE2 and matches the whole value.
 */
function wholePattern(pattern: string): string {
  if (pattern === '' || pattern.length > definitionLimits.pattern) return pattern
  const translated = RE2JS.translateRegExp(pattern)
  return /^\^[^|]*\$$/.test(translated) ? translated : `[\\s\\S]*(?:${translated})[\\s\\S]*`
}
