import { z } from 'zod'

/**
 * What people type, as every slice's schema takes it: well-formed Unicode without control characters, a longest length,
 * names without hidden characters, links over http(s) only.
 */

const withoutControls = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/

/** Any characters. Half of one, a surrogate without the other, is refused: the database cannot keep it. */
export const anyText = (longest: number, tooLong = `At most ${longest.toLocaleString('en')} characters.`) =>
  z
    .string()
    .max(longest, tooLong)
    .refine((typed) => typed.isWellFormed(), 'This text contains a broken character. Remove it.')

/** Several lines. */
export const text = (longest: number) =>
  anyText(longest).regex(withoutControls, 'Control characters are not allowed here.')

/** One line. */
export const line = (longest: number) => text(longest).regex(/^[^\r\n\t\u2028\u2029]*$/, 'This must be a single line.')

/** Zero-width characters, and those that turn the text around them (UAX #9 §2.1, §2.2 and §2.4). */
const hidden = /[\u200b-\u200d\u202a-\u202e\u2060\u2066-\u2069\ufeff]/

/** Neither a space, nor a control or format character, nor one that fonts draw as nothing. */
const visible = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u

/** What people read and choose a thing by: of two that look the same nobody could tell which is which. May be empty. */
export const label = (longest: number) =>
  line(longest)
    .refine((typed) => !hidden.test(typed), 'This name contains a character that cannot be seen. Remove it.')
    .trim()
    .refine((typed) => typed === '' || visible.test(typed), 'This name has no character that can be seen. Enter one.')

/** @param missing what is said where nothing is typed */
export const nameOr = (missing: string) => label(120).min(1, missing)

export const nameField = nameOr('Enter a name.')

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

/**
 * An address on one line, without a user name or a password: it is shown, and opened by others. Empty for none.
 * @param notAnAddress what is said of a text that is none; `javascript:` and its kind are none
 */
export const webAddress = (notAnAddress: string) =>
  z.union([
    z.literal(''),
    // Checked before the parser, which would leave line breaks out.
    line(2048)
      .trim()
      .check(z.url({ protocol: /^https?$/, error: notAnAddress }))
      .refine((typed) => !/[\s\p{Cc}]/u.test(typed), 'Remove the spaces from this address.')
      .refine(namesNoUser, 'Remove the user name and the password: everybody who sees this could read them.'),
  ])

function namesNoUser(address: string): boolean {
  if (!URL.canParse(address)) return true
  const { username, password } = new URL(address)
  return username === '' && password === ''
}

/** A link people open in their browser. */
export const linkField = webAddress('Enter a link that starts with https:// or http://.')

/** JSON whose texts the database can keep. */
export const jsonObject = z
  .record(z.string(), z.json())
  .refine(canBeKept, 'A text in it contains a broken character or a control character. Remove it.')

function canBeKept(json: unknown): boolean {
  if (typeof json === 'string') return json.isWellFormed() && !json.includes('\0')
  if (typeof json !== 'object' || json === null) return true
  return Object.entries(json).every(([key, part]) => canBeKept(key) && canBeKept(part))
}

/** The keys of a vocabulary's record of labels, for z.enum. */
export const keysOf = <Key extends string>(words: Record<Key, string>) => Object.keys(words) as [Key, ...Key[]]
