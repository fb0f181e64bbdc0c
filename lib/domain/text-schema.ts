import { z } from 'zod'

/**
 * What people type, as every slice's schema takes it: no control characters, a longest length, links over http(s) only.
 */

const withoutControls = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/

/** Several lines. */
export const text = (longest: number) =>
  z
    .string()
    .max(longest, `At most ${longest.toLocaleString('en')} characters.`)
    .regex(withoutControls, 'Control characters are not allowed here.')

/** One line. */
export const line = (longest: number) => text(longest).regex(/^[^\r\n\t\u2028\u2029]*$/, 'This must be a single line.')

export const nameField = line(120).trim().min(1, 'Enter a name.')

/** A number, or the text that a form sends for one; where nothing is typed there is none. */
export function asTyped<Field extends z.ZodType<number | null>>(number: Field) {
  const read = z.preprocess((given) => (typeof given === 'string' ? numberOf(given) : given), number)
  return read as z.ZodType<z.output<Field>, z.input<Field> | string>
}

/** What people do not type is no number: `1e3`, `0x10`. */
function numberOf(typed: string): number | null {
  const plain = typed.trim()
  if (plain === '') return null
  return plain.length <= 20 && /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}

/** A link people open in their browser; empty for none. `javascript:` and its kind are refused. */
export const linkField = z.union([
  z.literal(''),
  z.url({ protocol: /^https?$/, error: 'Enter a link that starts with https:// or http://.' }).max(2048),
])

/** The keys of a vocabulary's record of labels, for z.enum. */
export const keysOf = <Key extends string>(words: Record<Key, string>) => Object.keys(words) as [Key, ...Key[]]
