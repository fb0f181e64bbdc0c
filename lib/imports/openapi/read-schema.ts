import { isObject } from '@/lib/domain/is-object'
import { readingLimits } from './limits'
import { childOf, hasOwn, type Node, type ObjectNode } from './nodes'
import { flagMember, listMember, objectMember, objectOf, textMember, type Reader } from './reader'

/** What the mapping needs of a schema, in any version. `allOf` is merged; of alternatives the first that is not null. */
export type SchemaFacts = {
  type: string
  title: string
  description: string
  format: string
  pattern: string
  /** Null without choices. `const` is one choice. */
  choices: readonly unknown[] | null
  /** The default; undefined without one. */
  usual: unknown
  /** An example, for the help text. */
  example: unknown
  properties: ReadonlyMap<string, Node>
  required: ReadonlySet<string>
  /** Whether properties of other names are allowed and described. */
  open: boolean
  items: Node | null
  readOnly: boolean
  isFile: boolean
  /** How many alternatives there were. */
  alternatives: number
  /** Where it is written, after references: the name of a component, if it is one. */
  node: ObjectNode | null
}

const noProperties: ReadonlyMap<string, Node> = new Map()
const noNames: ReadonlySet<string> = new Set()

const nothing: SchemaFacts = {
  ...{
    type: '',
    title: '',
    description: '',
    format: '',
    pattern: '',
    choices: null,
    usual: undefined,
    example: undefined,
  },
  ...{ properties: new Map(), required: new Set(), open: false, items: null, readOnly: false, isFile: false },
  ...{ alternatives: 1, node: null },
}

/** Reads a schema once, however often it is used. A schema that cannot be read allows everything. */
export function readSchema(reader: Reader, node: Node): SchemaFacts {
  if (reader.schemas.size > readingLimits.rememberedSchemas) reader.schemas.clear()
  return readWithin(reader, node, 0)
}

function readWithin(reader: Reader, node: Node, depth: number): SchemaFacts {
  if (typeof node.value === 'boolean') return nothing
  const schema = objectOf(reader, node, 'A schema')
  if (schema === null) return nothing
  if (depth > readingLimits.schemaDepth) {
    reader.report.add('limit', schema, `Only ${readingLimits.schemaDepth} levels of allOf, oneOf and anyOf are read.`)
    return nothing
  }
  const { schemas } = reader
  const before = schemas.get(schema.value)
  if (before) return before
  // A schema that contains itself in allOf finds this instead of itself.
  schemas.set(schema.value, nothing)
  const facts = mergeParts(reader, ownFacts(reader, schema), schema, depth)
  schemas.set(schema.value, facts)
  return facts
}

function ownFacts(reader: Reader, schema: ObjectNode): SchemaFacts {
  const { value } = schema
  const properties = objectMember(reader, schema, 'properties')
  const names = limited(reader, properties ?? schema, properties ? Object.keys(properties.value) : [], 'properties')
  const choices = hasOwn(schema, 'const') ? [value.const] : choicesOf(reader, schema)
  const items = hasOwn(schema, 'items') && isObject(value.items) ? childOf(schema, 'items') : null
  const format = textMember(reader, schema, 'format')
  return {
    type: typeOf(reader, schema, { isObject: properties !== null, isList: items !== null, choices }),
    ...{ title: textMember(reader, schema, 'title'), description: textMember(reader, schema, 'description') },
    ...{ format, pattern: textMember(reader, schema, 'pattern'), choices },
    usual: hasOwn(schema, 'default') ? value.default : undefined,
    example: hasOwn(schema, 'example') ? value.example : Array.isArray(value.examples) ? value.examples[0] : undefined,
    properties: properties === null ? noProperties : new Map(names.map((name) => [name, childOf(properties, name)])),
    required: requiredOf(reader, schema),
    open: isObject(value.additionalProperties) || value.additionalProperties === true,
    items,
    readOnly: flagMember(reader, schema, 'readOnly'),
    isFile: isFile(schema, format),
    alternatives: 1,
    node: schema,
  }
}

/** OpenAPI 2.0 §File Data Types, 3.0 §Data Types (`binary`), 3.1 §File uploads (a media type and no encoding). */
function isFile({ value }: ObjectNode, format: string): boolean {
  return (
    value.type === 'file' ||
    format === 'binary' ||
    (typeof value.contentMediaType === 'string' && value.contentEncoding === undefined && value.type === undefined)
  )
}

const types = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object', 'file'])

function typeOf(
  { report }: Reader,
  schema: ObjectNode,
  shape: { isObject: boolean; isList: boolean; choices: readonly unknown[] | null },
): string {
  const { type } = schema.value
  const listed = Array.isArray(type) ? type : [type]
  const named = listed.find((name): name is string => typeof name === 'string' && types.has(name))
  if (type !== undefined && named === undefined && !listed.includes('null'))
    report.add('invalid', childOf(schema, 'type'), 'The type of this schema cannot be read, so any value is accepted.')
  if (named !== undefined) return named
  if (shape.isObject) return 'object'
  if (shape.isList) return 'array'
  const kinds = new Set(shape.choices?.map((choice) => typeof choice))
  return kinds.size === 1 ? String([...kinds][0]) : ''
}

function choicesOf(reader: Reader, schema: ObjectNode): readonly unknown[] | null {
  const values = listMember(reader, schema, 'enum').map(({ value }) => value)
  const listed = limited(reader, schema, values, 'choices')
  return listed.length === 0 ? null : listed
}

function limited<Entry>({ report }: Reader, node: Node, entries: Entry[], what: string): Entry[] {
  const { properties: most } = readingLimits
  if (entries.length <= most) return entries
  report.add('limit', node, `Only the first ${most} of ${entries.length} ${what} are read.`)
  return entries.slice(0, most)
}

function requiredOf(reader: Reader, schema: ObjectNode): ReadonlySet<string> {
  // In a parameter of 2.0, and in schemas before JSON Schema draft 4, it is a flag of the part itself.
  if (typeof schema.value.required === 'boolean' || !hasOwn(schema, 'required')) return noNames
  return new Set(
    limited(reader, schema, listMember(reader, schema, 'required'), 'required names').flatMap(({ value }) =>
      typeof value === 'string' ? [value] : [],
    ),
  )
}

function mergeParts(reader: Reader, own: SchemaFacts, schema: ObjectNode, depth: number): SchemaFacts {
  const all = listMember(reader, schema, 'allOf').slice(0, readingLimits.alternatives)
  const merged = all.reduce((facts, part) => merge(facts, readWithin(reader, part, depth + 1)), own)
  const options = ['oneOf', 'anyOf'].flatMap((key) => listMember(reader, schema, key))
  const usable = options.filter(({ value }) => !(isObject(value) && value.type === 'null'))
  const [first] = usable
  if (!first) return merged
  return { ...merge(merged, readWithin(reader, first, depth + 1)), alternatives: usable.length, node: schema }
}

/** The nearer schema decides; properties of both count. */
function merge(near: SchemaFacts, far: SchemaFacts): SchemaFacts {
  return {
    type: near.type || far.type,
    title: near.title || far.title,
    description: near.description || far.description,
    format: near.format || far.format,
    pattern: near.pattern || far.pattern,
    choices: near.choices ?? far.choices,
    usual: near.usual === undefined ? far.usual : near.usual,
    example: near.example === undefined ? far.example : near.example,
    properties: new Map([...near.properties, ...[...far.properties].filter(([name]) => !near.properties.has(name))]),
    required: new Set([...near.required, ...far.required]),
    open: near.open || far.open,
    items: near.items ?? far.items,
    readOnly: near.readOnly || far.readOnly,
    isFile: near.isFile || far.isFile,
    alternatives: Math.max(near.alternatives, far.alternatives),
    node: near.node,
  }
}
