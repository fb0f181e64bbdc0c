import type { z } from 'zod'

/**
 * What is wrong with a property, for a program: its author reads it and corrects the request. The schema's own messages
 * come first; this is for what none of our forms sends.
 */
export function issueSentence(issue: z.core.$ZodRawIssue): string {
  const path = (issue.path ?? []).map(String).join('.')
  const subject = path === '' ? 'The input' : `“${path}”`
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `${subject} is missing. It has to be ${typeName(issue.expected)}.`
        : `${subject} has to be ${typeName(issue.expected)}, not ${receivedName(issue.input)}.`
    case 'unrecognized_keys':
      return `${subject} has no ${issue.keys.length === 1 ? 'property' : 'properties'} ${quoted(issue.keys)}. Leave ${issue.keys.length === 1 ? 'it' : 'them'} out.`
    case 'invalid_value':
      return `${subject} has to be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`
    case 'too_big':
      return `${subject} is too ${dimension(issue.origin, true)}: at most ${issue.maximum}.`
    case 'too_small':
      return `${subject} is too ${dimension(issue.origin, false)}: at least ${issue.minimum}.`
    case 'invalid_format':
      return `${subject} does not have the format ${issue.format === 'regex' ? (issue.pattern ?? 'of its schema') : issue.format}.`
    case 'invalid_union':
      return `${subject} fits none of the forms that its schema allows.`
    case 'not_multiple_of':
      return `${subject} has to be a multiple of ${issue.divisor}.`
    case 'invalid_key':
      return `${subject} has a name that its schema does not allow.`
    default:
      return `${subject} does not fit its schema.`
  }
}

const names: Record<string, string> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  tuple: 'a list',
  null: 'null',
}

const typeName = (type: string) => names[type] ?? type

function receivedName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : typeName(typeof value)
}

const quoted = (keys: readonly string[]) => keys.map((key) => `“${key}”`).join(', ')

function dimension(origin: string, isBig: boolean): string {
  const isCounted = origin === 'string' || origin === 'array'
  if (isCounted) return isBig ? 'long' : 'short'
  return isBig ? 'large' : 'small'
}
