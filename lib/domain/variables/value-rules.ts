import type { VariableDefinition } from '../definitions'
import { hasControlCharacter } from '../encoding'
import { refuse, succeed, type Result } from '../result'
import { longestVariableKey } from './variable-key'

/** Rules for the values of variables that a page can check while they are typed. */

/** A value may be an assertion or a chain of certificates; texts of a definition are short. */
export const variableLimits = {
  key: longestVariableKey,
  value: 16_384,
  text: 4_096,
  pattern: 512,
  options: 200,
  displayName: 120,
} as const

export type ValueRules = Pick<
  VariableDefinition,
  'displayName' | 'required' | 'defaultValue' | 'inputKind' | 'options' | 'pattern'
>

/**
 * Checks a value that a person typed, by all rules but the pattern, which needs an engine of its own (see
 * variable-rules.ts). Refusals name the variable by its display name and never quote the value, which may be a secret.
 */
export function checkWithoutPattern(definition: Omit<ValueRules, 'pattern'>, value: string): Result<string> {
  const name = definition.displayName
  if (value === '') {
    return definition.required && definition.defaultValue === ''
      ? refuse('missing_value', `${name} is required.`)
      : succeed(value)
  }
  if (value.length > variableLimits.value) {
    return refuse(
      'invalid_value',
      `${name} has ${value.length} characters; at most ${variableLimits.value} are allowed.`,
    )
  }
  const kind = checkInputKind(definition, value)
  return kind.ok ? succeed(value) : kind
}

function checkInputKind(
  { displayName, inputKind, options }: Pick<VariableDefinition, 'displayName' | 'inputKind' | 'options'>,
  value: string,
): Result<null> {
  // Only multiline values may contain line breaks and tabs.
  const text = inputKind === 'multiline' ? value.replace(/[\t\r\n]/g, '') : value
  if (hasControlCharacter(text))
    return refuse('invalid_value', `${displayName} contains a line break or another control character. Remove it.`)
  if (!value.isWellFormed()) return refuse('invalid_value', `${displayName} contains a broken character. Remove it.`)
  if (inputKind === 'number' && !/^-?\d+(\.\d+)?$/.test(value))
    return refuse('invalid_value', `${displayName} must be a number, such as 40 or 2.5.`)
  if (inputKind === 'select' && !options.some((option) => option.value === value)) {
    return refuse('invalid_value', `${displayName} must be one of the options offered.`)
  }
  if (inputKind === 'url') return checkUrl(displayName, value)
  return succeed(null)
}

function checkUrl(name: string, value: string): Result<null> {
  const url = /^https?:\/\//i.test(value) && URL.canParse(value) ? new URL(value) : null
  if (!url) return refuse('invalid_value', `${name} must be an address that begins with https:// or http://.`)
  if (url.username !== '' || url.password !== '')
    return refuse('invalid_value', `${name} must not contain a user name or password.`)
  return succeed(null)
}
