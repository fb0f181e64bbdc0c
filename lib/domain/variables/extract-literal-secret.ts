import { findLiteralSecret } from './literal-secrets'
import { freeVariableKey } from './variable-of-name'

/**
 * Replaces the secret in a text with a variable. If the secret cannot be distinguished from the rest, the whole text is
 * replaced.
 * @param sentAs the name under which the text is sent (`X-Api-Key`), from which the variable's key is made
 * @param taken keys that are in use
 */
export function extractLiteralSecret(
  text: string,
  sentAs: string,
  taken: ReadonlySet<string>,
): { key: string; text: string } {
  const { start, end } = findLiteralSecret(text, sentAs) ?? { start: 0, end: text.length }
  // The scheme of a header, or the key of a query, stays in front of the variable.
  const prefix = /^(?:(?:Bearer|Basic|Token)\s+|[\w-]+=(?=[^=]))/i.exec(text.slice(start, end))?.[0] ?? ''
  const queryKey = prefix.endsWith('=') ? prefix.slice(0, -1) : ''
  const name = queryKey || (/^authorization$/i.test(sentAs) ? 'token' : sentAs)
  const key = freeVariableKey(name, taken)
  return { key, text: `${text.slice(0, start)}${prefix}{{ ${key} }}${text.slice(end)}` }
}
