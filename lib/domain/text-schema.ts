import { z } from 'zod'

/**
 * Schemas for text that people type, shared by all slices: well-formed Unicode without control characters, of limited
 * length; names without hidden characters; links over http(s) only.
 */

const withoutControls = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/

/** Any characters except lone surrogates, which the database cannot store. */
export const anyText = (longest: number, tooLong = `Enter at most ${longest.toLocaleString('en')} characters.`) =>
  z
    .string()
    .max(longest, tooLong)
    .refine((typed) => typed.isWellFormed(), 'This text contains a broken character. Remove it.')

/** Several lines. */
export const text = (longest: number) =>
  anyText(longest).regex(withoutControls, 'Control characters are not allowed here.')

/** One line. */
export const line = (longest: number) => text(longest).regex(/^[^\r\n\t\u2028\u2029]*$/, 'This must be a single line.')

/** Zero-width characters, and those that change the direction of text (UAX #9 §2.1, §2.2 and §2.4). */
const hidden = /[\u200b-\u200d\u202a-\u202e\u2060\u2066-\u2069\ufeff]/

/** Not a space, a control or format character, or one that is invisible in fonts. */
const visible = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u

/** A name by which people recognise an object: two different names must not look the same. May be empty. */
export const label = (longest: number) =>
  line(longest)
    .refine((typed) => !hidden.test(typed), 'This name contains an invisible character. Remove it.')
    .trim()
    .refine((typed) => typed === '' || visible.test(typed), 'This name has no visible character. Enter one.')

/** @param missing the message for an empty field */
export const nameOr = (missing: string) => label(120).min(1, missing)

export const nameField = nameOr('Enter a name.')

/** A stable key of an object, by which documents and programs name it (`slugify` makes them). */
export const keyField = z
  .string()
  .max(80, 'A key can have at most 80 characters.')
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'A key consists of lower-case letters, digits and hyphens.')

/** A number, or the text that a form sends for it; an empty text means null. */
export function asTyped<Field extends z.ZodType<number | null>>(number: Field) {
  const read = z.preprocess((given) => (typeof given === 'string' ? numberOf(given) : given), number)
  return read as z.ZodType<z.output<Field>, z.input<Field> | string>
}

/** Refuses notations that people do not type: `1e3`, `0x10`. */
function numberOf(typed: string): number | null {
  const plain = typed.trim()
  if (plain === '') return null
  return plain.length <= 20 && /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN
}

/**
 * An address on one line, without a user name or a password, because others see and open it. May be empty.
 * @param notAnAddress the message for text that is not an http(s) address, such as `javascript:`
 */
export const webAddress = (notAnAddress: string) =>
  z.union([
    z.literal(''),
    // Checked before the URL is parsed, which would drop line breaks.
    line(2048)
      .trim()
      .check(z.url({ protocol: /^https?$/, error: notAnAddress }))
      .refine((typed) => !/[\s\p{Cc}]/u.test(typed), 'Remove the spaces from this address.')
      .refine(hasNoUser, 'Remove the user name and the password: everyone who sees this address could read them.'),
  ])

function hasNoUser(address: string): boolean {
  if (!URL.canParse(address)) return true
  const { username, password } = new URL(address)
  return username === '' && password === ''
}

/** A link people open in their browser. */
export const linkField = webAddress('Enter a link that starts with https:// or http://.')

/** The keys of a vocabulary's record of labels, for z.enum. */
export const keysOf = <Key extends string>(words: Record<Key, string>) => Object.keys(words) as [Key, ...Key[]]
