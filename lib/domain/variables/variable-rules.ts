import { RE2JS } from 're2js'
import type { VariableDefinition } from '../definitions'
import { hasControlCharacter } from '../encoding'
import { refuse, succeed, type Result } from '../result'
import { lockedFields } from './locked'
import { checkWithoutPattern, variableLimits, type ValueRules } from './value-rules'
import { checkVariableKey } from './variable-key'

/** Rules for the definitions and values of variables. */

/** The part of a variable that a person edits. */
export type VariableDraft = Omit<VariableDefinition, 'id' | 'level' | 'locked'>

/** PRODUCT: Variable. A refusal names the field of the draft. */
export function validateVariableDefinition(draft: VariableDraft): Result<VariableDraft> {
  for (const check of [checkKey, checkNames, checkOptions, checkPattern, checkDefault]) {
    const checked = check(draft)
    if (!checked.ok) return checked
  }
  return succeed(draft)
}

function checkKey({ key }: VariableDraft): Result<null> {
  return checkVariableKey(key)
}

function checkNames({ displayName, helpText, alias }: VariableDraft): Result<null> {
  if (displayName.trim() === '') return refuse('invalid_input', 'Enter a display name.', 'displayName')
  if (displayName.length > variableLimits.displayName) {
    return refuse(
      'invalid_input',
      `A display name has at most ${variableLimits.displayName} characters.`,
      'displayName',
    )
  }
  if (hasControlCharacter(displayName))
    return refuse('invalid_input', 'The display name contains a control character. Remove it.', 'displayName')
  if (hasControlCharacter(alias))
    return refuse('invalid_input', 'The alias contains a control character. Remove it.', 'alias')
  if (helpText.length > variableLimits.text)
    return refuse('invalid_input', `A help text has at most ${variableLimits.text} characters.`, 'helpText')
  return succeed(null)
}

function checkOptions({ inputKind, options }: VariableDraft): Result<null> {
  if (inputKind !== 'select') return succeed(null)
  const values = options.map(({ value }) => value)
  if (values.length === 0) return refuse('invalid_input', 'A select needs at least one option.', 'options')
  if (values.length > variableLimits.options)
    return refuse('invalid_input', `A select has at most ${variableLimits.options} options.`, 'options')
  if (values.some((value) => value === '')) return refuse('invalid_input', 'An option has no value.', 'options')
  if (values.some((value) => value.length > variableLimits.text || hasControlCharacter(value))) {
    return refuse('invalid_input', 'An option is too long or contains a control character.', 'options')
  }
  if (new Set(values).size < values.length)
    return refuse('invalid_input', 'Two options have the same value.', 'options')
  return succeed(null)
}

function checkPattern({ pattern }: VariableDraft): Result<null> {
  if (pattern.length > variableLimits.pattern)
    return refuse('invalid_input', `A pattern has at most ${variableLimits.pattern} characters.`, 'pattern')
  if (pattern === '' || compilePattern(pattern)) return succeed(null)
  return refuse(
    'invalid_input',
    'This pattern cannot be read. Use a regular expression without look-around and back-references.',
    'pattern',
  )
}

function checkDefault(draft: VariableDraft): Result<null> {
  if (draft.defaultValue === '') return succeed(null)
  // A default is part of the definition, which many people can read and export (rule R10).
  if (draft.secret)
    return refuse(
      'literal_secret',
      'A secret variable cannot have a default value. Enter the value on the method or on each instance.',
      'defaultValue',
    )
  if (draft.defaultValue.length > variableLimits.text) {
    const { length } = draft.defaultValue
    return refuse(
      'invalid_value',
      `A default value has at most ${variableLimits.text} characters; this one has ${length}.`,
      'defaultValue',
    )
  }
  const valid = validateVariableValue(draft, draft.defaultValue)
  return valid.ok ? succeed(null) : refuse(valid.error.code, valid.error.message, 'defaultValue')
}

/**
 * Checks a value that a person typed. Refusals name the variable by its display name and never quote the value, which
 * may be a secret.
 */
export function validateVariableValue(definition: ValueRules, value: string): Result<string> {
  const checked = checkWithoutPattern(definition, value)
  const { displayName, pattern } = definition
  if (!checked.ok || value === '' || pattern === '' || matchesPattern(pattern, value)) return checked
  return refuse('invalid_value', `${displayName} does not have the expected format (${pattern}).`)
}

function compilePattern(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern)
  } catch {
    return null
  }
}

/** The whole value must match. RE2 takes linear time for any pattern, so that no pattern can block a process. */
export function matchesPattern(pattern: string, value: string): boolean {
  return compilePattern(pattern)?.matches(value) ?? false
}

/** Rule R13: the key and the secrecy of a locked variable cannot change; everything else can. */
export function checkLockedEdit(before: VariableDefinition, after: VariableDraft): Result<null> {
  const changed = lockedFields.find((field) => after[field] !== before[field])
  if (!before.locked || !changed) return succeed(null)
  return refuse(
    'locked_variable',
    `${before.displayName} is required by this authentication type. Its key and whether it is secret cannot change.`,
    changed,
  )
}

/** Rule R13: a locked variable cannot be removed. */
export function checkRemoval(definition: VariableDefinition): Result<null> {
  if (!definition.locked) return succeed(null)
  return refuse(
    'locked_variable',
    `${definition.displayName} is required by this authentication type and cannot be removed.`,
  )
}
