import { refuse, succeed, type Result } from '../result'
import { isReservedName } from '../templates/template'

export const longestVariableKey = 64

/** Words that the template language reads as literals. */
const literalWords = ['true', 'false', 'nil', 'null', 'empty', 'blank', 'undefined', 'and', 'or', 'not', 'contains']

/**
 * Whether a variable can have this key. Templates must be able to name it, and get its value: not what Patchbay sets
 * itself, and no literal.
 */
export function checkVariableKey(key: string): Result<null> {
  if (key === '') return refuse('invalid_input', 'Enter a key.', 'key')
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
    return refuse('invalid_input', 'A key must consist of letters, digits and _, and not begin with a digit.', 'key')
  }
  if (key.length > longestVariableKey)
    return refuse('invalid_input', `A key has at most ${longestVariableKey} characters.`, 'key')
  if (isReservedName(key)) return refuse('invalid_input', `Patchbay sets ${key} itself. Choose another key.`, 'key')
  if (literalWords.includes(key))
    return refuse('invalid_input', `${key} is a reserved word in templates. Choose another key.`, 'key')
  return succeed(null)
}
