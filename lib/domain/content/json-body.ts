import { refuse, succeed, type Result } from '../result'
import { strongest, type Rendered, type Secrecy } from '../secrecy'
import { namesMissingValue, valueOfPart } from '../templates/render-output'
import { asItIs, renderParts } from '../templates/render-template'
import type { Template, TemplateContext, TemplatePart, TemplateScope } from '../templates/template'
import { bare, isPlainObject, parseJson, parseJsonTemplate, partsOfString } from './json-template'

/**
 * Renders a JSON body: the template is parsed as JSON first, with a marker for each output, and then values replace the
 * markers in the parsed tree. A value can therefore never become a property or end a string. Inside quotes a value is
 * text. Without quotes it is a JSON value: a number, true, an object of a payload.
 */

type Rendering = {
  outputs: TemplatePart[]
  scope: TemplateScope
  context: TemplateContext
  /** The secrecy of the values inserted so far. */
  secrecy: Secrecy
}

/** An optional variable without a value is left out of its object or list (DATA §3). */
const leftOut = Symbol('left out')

export function renderJsonBody(
  template: Template,
  parameters: readonly (readonly [key: string, value: string])[],
  scope: TemplateScope,
  context: TemplateContext,
): Result<Rendered> {
  const filled = template.source.trim() === '' ? succeed(emptyObject) : fill(template, scope, context)
  if (!filled.ok) return filled
  const { tree, secrecy } = filled.value
  if (parameters.length === 0) return succeed({ text: JSON.stringify(tree), secrecy })
  if (!isPlainObject(tree))
    return refuse(
      'invalid_input',
      'Body parameters can be added only to a JSON object, but the body of this request is not an object.',
    )
  const text = JSON.stringify(Object.fromEntries([...Object.entries(tree), ...parameters]))
  return succeed({ text, secrecy })
}

type Filled = { tree: unknown; secrecy: Secrecy }

const emptyObject: Filled = { tree: {}, secrecy: 'none' }

function fill(template: Template, scope: TemplateScope, context: TemplateContext): Result<Filled> {
  const marked = parseJsonTemplate(template)
  if (!marked.ok) return marked
  const outputs = template.parts.filter((part) => part.kind !== 'text')
  const rendering: Rendering = { outputs, scope, context, secrecy: 'none' }
  const filled = fillNode(marked.value, rendering)
  if (!filled.ok) return filled
  return succeed({ tree: filled.value === leftOut ? null : filled.value, secrecy: rendering.secrecy })
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
    return refuse(
      'invalid_value',
      'With its values, the body has two properties of the same name. Change one of the names.',
    )
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
  const filled = renderParts(parts, rendering.scope, rendering.context, asItIs)
  if (!filled.ok) return filled
  rendering.secrecy = strongest(rendering.secrecy, filled.value.secrecy)
  return succeed(filled.value.text)
}

function fillBare(text: string, rendering: Rendering): Result<unknown> {
  const { outputs, scope, context } = rendering
  const [part] = partsOfString(text.slice(bare.length), outputs)
  if (!part || part.kind === 'text') return succeed(leftOut)
  if (part.kind === 'flow' && context.flow?.(part.reference) === null) return succeed(null)
  const value = valueOfPart(part, scope, context)
  if (!value.ok) return value
  if (value.value === null) return succeed(leftOut)
  rendering.secrecy = strongest(rendering.secrecy, value.value.secrecy)
  const parsed = parseJson(value.value.text)
  if (parsed.ok) return succeed(parsed.value)
  const name = part.kind === 'flow' ? `[[${part.reference}]]` : `{{ ${part.name} }}`
  return refuse(
    'invalid_value',
    `The value of ${name} is not JSON (a number, true, false, null, an object or a list). Put ${name} in quotes to send it as text.`,
  )
}
