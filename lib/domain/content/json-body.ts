import { refuse, succeed, type Result } from '../result'
import { namesMissingValue, renderParts, valueOfPart } from '../templates/render-template'
import type { Template, TemplateContext, TemplatePart, TemplateScope } from '../templates/template'

/**
 * A JSON body: the template is parsed as JSON first, with a mark where each output stands, and only then do values
 * take the marks' places in the parsed tree. A value can so never become a property, and never ends a string.
 * Inside quotes a value is text. Without quotes it is a JSON value: a number, true, an object of a payload.
 */

/** Private-use characters; a template that holds them itself is refused. */
const open = '\ue000'
const close = '\ue001'
const bare = '\ue002'
const mark = new RegExp(`${open}(\\d+)${close}`, 'g')

type Rendering = { outputs: TemplatePart[]; scope: TemplateScope; context: TemplateContext }

/** Left out of the object or list that holds it: an optional variable without value (DATA §3). */
const leftOut = Symbol('left out')

export function renderJsonBody(
  template: Template,
  parameters: readonly (readonly [key: string, value: string])[],
  scope: TemplateScope,
  context: TemplateContext,
): Result<string> {
  const tree = template.source.trim() === '' ? succeed<unknown>({}) : fill(template, scope, context)
  if (!tree.ok) return tree
  if (parameters.length === 0) return succeed(JSON.stringify(tree.value))
  if (!isPlainObject(tree.value))
    return refuse('invalid_input', 'Body parameters are added to a JSON object, and the body of this request is none.')
  return succeed(JSON.stringify(Object.fromEntries([...Object.entries(tree.value), ...parameters])))
}

function fill(template: Template, scope: TemplateScope, context: TemplateContext): Result<unknown> {
  if (/[\ue000-\ue002]/.test(template.source))
    return refuse('invalid_template', 'The body has a character in it that cannot be used here (U+E000 to U+E002).')
  const outputs = template.parts.filter((part) => part.kind !== 'text')
  const marked = parseJson(markOutputs(template.parts))
  if (!marked.ok) return refuse('invalid_template', `The body is not JSON: ${marked.message}`)
  const filled = fillNode(marked.value, { outputs, scope, context })
  if (!filled.ok) return filled
  return succeed(filled.value === leftOut ? null : filled.value)
}

/** What the form checks while the body is edited: is it JSON once values are in? */
export function checkJsonTemplate(template: Template): Result<null> {
  if (template.source.trim() === '') return succeed(null)
  const marked = parseJson(markOutputs(template.parts))
  return marked.ok ? succeed(null) : refuse('invalid_template', `The body is not JSON: ${marked.message}`)
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

/** Numbers are kept digit by digit: an id of 20 digits must not be rounded. */
type RawJson = typeof JSON & { rawJSON: (text: string) => unknown; isRawJSON: (value: unknown) => boolean }

function parseJson(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
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

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !('isRawJSON' in JSON && (JSON as RawJson).isRawJSON(value))
  )
}

function fillNode(node: unknown, rendering: Rendering): Result<unknown> {
  if (typeof node === 'string') return node.startsWith(bare) ? fillBare(node, rendering) : fillString(node, rendering)
  if (Array.isArray(node)) return fillList(node, rendering)
  return isPlainObject(node) ? fillObject(node, rendering) : succeed(node)
}

function fillList(list: unknown[], rendering: Rendering): Result<unknown> {
  const filled: unknown[] = []
  for (const item of list) {
    const value = fillNode(item, rendering)
    if (!value.ok) return value
    if (value.value !== leftOut) filled.push(value.value)
  }
  return succeed(filled)
}

function fillObject(object: Record<string, unknown>, rendering: Rendering): Result<unknown> {
  const filled: [string, unknown][] = []
  for (const [name, item] of Object.entries(object)) {
    const key = fillString(name, rendering)
    if (!key.ok) return key
    const value = fillNode(item, rendering)
    if (!value.ok) return value
    if (key.value !== leftOut && value.value !== leftOut) filled.push([key.value as string, value.value])
  }
  if (new Set(filled.map(([key]) => key)).size < filled.length)
    return refuse('invalid_value', 'Two properties of the body get the same name once values are in.')
  return succeed(Object.fromEntries(filled))
}

function fillString(text: string, rendering: Rendering): Result<unknown> {
  const parts = partsOfString(text, rendering.outputs)
  const alone = parts.length === 1 && parts[0]?.kind !== 'text'
  if (alone) {
    const missing = namesMissingValue(parts, rendering.scope, rendering.context)
    if (!missing.ok) return missing
    if (missing.value) return succeed(leftOut)
  }
  return renderParts(parts, rendering.scope, rendering.context, (value) => succeed(value))
}

function partsOfString(text: string, outputs: readonly TemplatePart[]): TemplatePart[] {
  // split() with a capturing group gives text and the marks' numbers in turn.
  return text.split(mark).flatMap((piece, index): TemplatePart[] => {
    if (index % 2 === 0) return piece === '' ? [] : [{ kind: 'text', text: piece }]
    const output = outputs[Number(piece)]
    return output ? [output] : []
  })
}

function fillBare(text: string, { outputs, scope, context }: Rendering): Result<unknown> {
  const [part] = partsOfString(text.slice(bare.length), outputs)
  if (!part || part.kind === 'text') return succeed(leftOut)
  const value = valueOfPart(part, scope, context)
  if (!value.ok) return value
  if (value.value === null) return succeed(leftOut)
  const parsed = parseJson(value.value)
  if (parsed.ok) return succeed(parsed.value)
  const name = part.kind === 'flow' ? `[[${part.reference}]]` : `{{ ${part.name} }}`
  return refuse(
    'invalid_value',
    `The value of ${name} is not JSON (a number, true, false, null, an object or a list). Write quotes around it to send it as text.`,
  )
}
