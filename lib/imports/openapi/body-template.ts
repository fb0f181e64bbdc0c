import { counted } from '@/lib/domain/counted'
import { definitionLimits, readingLimits } from './limits'
import { outputOf, type EndpointDraft } from './endpoint-draft'
import type { Node } from './nodes'
import { readSchema, type SchemaFacts } from './read-schema'
import type { Reader } from './reader'
import { isPlainLine, literal, quote } from './texts'
import { scalarText } from './variables'

/** `fields`: how many were written; a small schema that contains itself several times would grow without end. */
type Writing = { reader: Reader; draft: EndpointDraft; required: boolean; fields: number }
type Part = { name: string; path: string; facts: SchemaFacts; node: Node; depth: number }

/**
 * The template of a JSON body: the required fields of its schema, each with a variable. A schema without required fields
 * has its plain fields as optional variables, which are left out when they have no value.
 */
export function jsonTemplate(reader: Reader, draft: EndpointDraft, node: Node, required: boolean): string {
  const facts = readSchema(reader, node)
  const writing = { reader, draft, required, fields: 0 }
  const text = partText(writing, { name: facts.title || 'body', path: '', facts, node, depth: 0 }, required)
  if (text === null) return ''
  if (text.length <= definitionLimits.body) return text
  reader.report.add(
    'limit',
    node,
    `The body would have more than ${definitionLimits.body} characters, so it was left empty.`,
  )
  return ''
}

/** JSON text; null if the part is left out. */
function partText(writing: Writing, part: Part, required: boolean): string | null {
  const { facts, depth, node } = part
  const { reader } = writing
  writing.fields += 1
  if (
    writing.fields > readingLimits.bodyFields ||
    writing.draft.variables.length >= definitionLimits.endpointVariables
  ) {
    reader.report.add(
      'limit',
      facts.node ?? node,
      'The body has more fields than an endpoint can have variables, so some were left out.',
    )
    return null
  }
  if (facts.alternatives > 1)
    reader.report.add(
      'changed',
      facts.node ?? node,
      `There are ${facts.alternatives} alternatives. The body is written for the first one.`,
    )
  const [only, ...others] = facts.choices ?? []
  if (facts.choices !== null && others.length === 0 && required && isWritable(only)) return constantText(only)
  const isObject = facts.type === 'object' && facts.properties.size > 0
  if (isObject && depth < readingLimits.schemaDepth) return objectText(writing, part)
  const key = part.path === '' ? 'body' : part.path
  const output = outputOf(reader, writing.draft, {
    ...{ key, node: facts.node ?? node, description: facts.description },
    facts: isPlain(facts) ? facts : { ...facts, usual: undefined, choices: null, type: 'object', pattern: '' },
    required: required && writing.required,
    notation: isPlain(facts) ? '' : facts.type === 'array' ? 'A JSON list.' : 'JSON.',
  })
  if (output === null) return null
  return facts.type === 'string' || isTextChoice(facts) ? `"${output}"` : output
}

function objectText(writing: Writing, { facts, path, depth, node }: Part): string {
  const { reader } = writing
  const wanted = [...facts.properties].filter(([name]) => facts.required.has(name))
  const optional = wanted.length === 0 && depth === 0
  const fields = optional ? [...facts.properties] : wanted
  const written: string[] = []
  for (const [name, property] of fields) {
    const own = readSchema(reader, property)
    if (own.readOnly || (optional && (!isPlain(own) || written.length >= readingLimits.optionalFields))) continue
    const text = partText(
      writing,
      { name, path: path === '' ? name : `${path}_${name}`, facts: own, node: property, depth: depth + 1 },
      !optional,
    )
    if (text !== null) written.push(`${literalName(name)}: ${text}`)
  }
  const missing = [...facts.required].filter((name) => !facts.properties.has(name))
  if (missing.length > 0)
    reader.report.add(
      'invalid',
      facts.node ?? node,
      `${quote(missing[0] ?? '')} is required, but not described, so it is not part of the body.`,
    )
  if (written.length < facts.properties.size)
    reader.report.tally(
      'note',
      facts.node ?? node,
      (count) =>
        `${counted(count, 'object in a request body has', 'objects in request bodies have')} optional fields that are not part of the body template. The request schema names them.`,
      'optional fields',
    )
  return written.length === 0 ? '{}' : `{ ${written.join(', ')} }`
}

/** The name of a property is text of a template too. */
function literalName(name: string): string {
  // JSON allows DEL, the text of a definition does not.
  return literal(JSON.stringify(name.toWellFormed()).replaceAll('\u007f', '\\u007f'))
}

function isPlain({ type, choices }: SchemaFacts): boolean {
  return ['string', 'number', 'integer', 'boolean'].includes(type) || (type === '' && choices !== null)
}

function isTextChoice({ type, choices }: SchemaFacts): boolean {
  return type === '' && (choices ?? []).every((choice) => typeof choice === 'string') && choices !== null
}

function isWritable(value: unknown): boolean {
  const text = scalarText(value)
  return text !== null && isPlainLine(text, 2_000)
}

function constantText(value: unknown): string {
  return typeof value === 'string' ? literal(JSON.stringify(value)) : String(value)
}
