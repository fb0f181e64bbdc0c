import { readingLimits } from './limits'

/** Texts of a document in the form that definitions accept (`lib/domain/text-schema.ts`). */

const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
const lineBreaks = /[\s\u2028\u2029]+/g
const hidden = /[\u200b-\u200d\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
const visible = /[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u

/** Several lines without control characters, of at most so many characters. */
export function textOf(source: string, longest: number): string {
  if (source.length <= longest && /^[\x20-\x7e\n]*$/.test(source)) return source.trim()
  return cut(shortened(source, longest).toWellFormed().replace(controls, '').trim(), longest)
}

/** One line. */
export function lineOf(source: string, longest: number): string {
  if (source.length <= longest && !source.includes('  ') && /^[\x20-\x7e]*$/.test(source)) return source.trim()
  return cut(shortened(source, longest).toWellFormed().replace(lineBreaks, ' ').replace(controls, '').trim(), longest)
}

/** A name that people read; empty if it has no visible character. */
export function labelOf(source: string, longest: number): string {
  const line = cut(lineOf(source, longest).replace(hidden, '').trim(), longest)
  return visible.test(line) ? line : ''
}

/** Whether a text can be stored as it is, on one line: keys and values that are sent must not be altered. */
export function isPlainLine(text: string, longest: number): boolean {
  return text.length <= longest && text.isWellFormed() && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text)
}

export function isTooLong(source: string, longest: number): boolean {
  return source.trim().length > longest
}

/** What the database can store as a text: `\u0000` and halves of surrogate pairs are replaced. Escapes in JSON stay. */
export function storable(source: string): string {
  return source.toWellFormed().replaceAll('\0', '\ufffd')
}

/** A text of the document in a sentence of the report. */
export function quote(source: string): string {
  return `“${lineOf(source, readingLimits.quoted)}”`
}

/** A few of many, for a sentence. */
export function quoteSome(sources: readonly string[], most = 5): string {
  const shown = sources.slice(0, most).map(quote).join(', ')
  return sources.length > most ? `${shown} and ${sources.length - most} more` : shown
}

/**
 * Text of the document as text of a template: its brackets are no outputs. `{%` cannot be written in a template, so that
 * the checks refuse it.
 */
export function literal(source: string): string {
  return source.replace(/\{\{|\}\}|\[\[|\]\]/g, (brackets) => `{{ "${brackets}" }}`)
}

/** Nobody reads more than the cut text, so a text of 1 MB is not searched for control characters. */
function shortened(source: string, longest: number): string {
  return source.length > longest * 4 ? source.slice(0, longest * 4) : source
}

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  const end = text.slice(0, longest - 1)
  return `${end.isWellFormed() ? end : end.slice(0, -1)}…`
}
