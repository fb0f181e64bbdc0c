import { isObject } from '../is-object'
import { refuse, succeed, type Result } from '../result'
import type { Template, TemplatePart } from '../templates/template'

/**
 * The template of a JSON body, parsed as JSON with a marker for each output, so that the positions of values are known
 * before any value is inserted.
 */

/** Private-use characters. A template that contains them is refused. */
const open = '\ue000'
const close = '\ue001'
export const bare = '\ue002'
const mark = new RegExp(`${open}(\\d+)${close}`, 'g')

/** Checks, while the body is edited, whether it is JSON once the values are inserted. */
export function checkJsonTemplate(template: Template): Result<null> {
  const marked = template.source.trim() === '' ? succeed(null) : parseMarked(template)
  return marked.ok ? succeed(null) : marked
}

/** The tree of a template with its markers. */
export function parseJsonTemplate(template: Template): Result<unknown> {
  if (/[\ue000-\ue002]/.test(template.source))
    return refuse(
      'invalid_template',
      'The body contains a character that cannot be used (U+E000 to U+E002). Remove it.',
    )
  return parseMarked(template)
}

function parseMarked(template: Template): Result<unknown> {
  const marked = parseJson(markOutputs(template.parts))
  return marked.ok ? succeed(marked.value) : refuse('invalid_template', `The body is not JSON: ${marked.message}`)
}

function markOutputs(parts: readonly TemplatePart[]): string {
  let text = ''
  let inString = false
  let index = 0
  for (const part of parts) {
    if (part.kind === 'text') {
      inString = endsInString(part.text, inString)
      text += part.text
    } else {
      text += inString ? `${open}${index}${close}` : `"${bare}${open}${index}${close}"`
      index += 1
    }
  }
  return text
}

function endsInString(text: string, beganInString: boolean): boolean {
  let inString = beganInString
  for (let index = 0; index < text.length; index += 1) {
    if (inString && text[index] === '\\') index += 1
    else if (text[index] === '"') inString = !inString
  }
  return inString
}

/** Preserves all digits of numbers: an ID with 20 digits must not be rounded. */
type RawJson = typeof JSON & { rawJSON: (text: string) => unknown; isRawJSON: (value: unknown) => boolean }

export function parseJson(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  const keepNumbers = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined && 'rawJSON' in JSON
      ? (JSON as RawJson).rawJSON(context.source)
      : value
  try {
    return { ok: true, value: JSON.parse(text, keepNumbers) }
  } catch (error) {
    return { ok: false, message: readableMessage(error) }
  }
}

function readableMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : 'it cannot be read.'
  return message.replace(new RegExp(`[${open}${close}${bare}]`, 'g'), '')
}

/** Neither a list nor a number in its original notation. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !('isRawJSON' in JSON && (JSON as RawJson).isRawJSON(value))
}

/** The parts of a string of the tree: its text, and the outputs at its markers. */
export function partsOfString(text: string, outputs: readonly TemplatePart[]): TemplatePart[] {
  // split() with a capturing group returns text and the numbers of markers alternately.
  return text.split(mark).flatMap((piece, index): TemplatePart[] => {
    if (index % 2 === 0) return piece === '' ? [] : [{ kind: 'text', text: piece }]
    const output = outputs[Number(piece)]
    return output ? [output] : []
  })
}
