import { isObject } from '@/lib/domain/is-object'
import { readingLimits } from './limits'
import { childOf, isExtension, type Node, type ObjectNode } from './nodes'
import type { Reader } from './reader'
import { referenceOf } from './references'
import type { SchemaNames } from './schema-names'
import { quote } from './texts'

/** Keywords of JSON Schema 2020-12, by what they contain. All others contain data and are kept as they are. */
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas'])
const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const singles = new Set([
  ...['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'],
  ...['unevaluatedItems', 'unevaluatedProperties', 'additionalItems', 'contentSchema'],
])
/** What is named elsewhere, or would change what a reference means. */
const dropped = new Set(['$id', '$schema', '$defs', 'definitions', '$anchor', '$dynamicAnchor'])

/** Converts a schema of any version to JSON Schema 2020-12 whose references name stored schemas: `#/$defs/Order`. */
export class SchemaConverter {
  readonly #reader: Reader
  readonly #names: SchemaNames
  #values = 0
  #isCut = false

  constructor(reader: Reader, names: SchemaNames) {
    this.#reader = reader
    this.#names = names
  }

  convert(node: Node): unknown {
    this.#values = 0
    this.#isCut = false
    return this.#schema(node, 0)
  }

  #schema(node: Node, depth: number): unknown {
    const { report } = this.#reader
    if (typeof node.value === 'boolean') return node.value
    if (!isObject(node.value)) {
      report.add('invalid', node, 'A schema must be an object, so any value is accepted.')
      return true
    }
    this.#values += 1
    if (depth > readingLimits.storedSchemaDepth || this.#values > readingLimits.storedSchemaValues) {
      // One line for each schema: a cycle of aliases ends at its limit in a hundred thousand places.
      if (!this.#isCut)
        report.add(
          'limit',
          node,
          'This schema is nested too deeply or too large, so any value is accepted from here on.',
        )
      this.#isCut = true
      return true
    }
    const schema = node as ObjectNode
    const reference = referenceOf(schema)
    if (reference === null) return this.#written(schema, depth)
    const found = this.#names.referenceTo(schema)
    if (found === null) return true
    // Before 3.1 nothing beside a reference counts (OpenAPI 3.0 §4.7.23).
    const others = this.#reader.version === '3.1' ? this.#written(schema, depth) : {}
    return { $ref: found, ...others }
  }

  #written(schema: ObjectNode, depth: number): Record<string, unknown> {
    const entries: [string, unknown][] = []
    for (const key of Object.keys(schema.value)) {
      if (key === '$ref' || isExtension(key) || dropped.has(key) || isOldId(schema, key)) continue
      entries.push(...this.#keyword(key, childOf(schema, key), depth))
    }
    return this.#reader.version === '3.1'
      ? Object.fromEntries(entries)
      : withoutOldKeywords(Object.fromEntries(entries))
  }

  #keyword(key: string, node: Node, depth: number): [string, unknown][] {
    const { value } = node
    if (maps.has(key) && isObject(value))
      return [
        [
          key,
          Object.fromEntries(
            Object.keys(value).map((name) => [name, this.#schema(childOf(node as ObjectNode, name), depth + 1)]),
          ),
        ],
      ]
    if (lists.has(key) || (key === 'items' && Array.isArray(value))) {
      if (Array.isArray(value))
        return [
          [
            key === 'items' ? 'prefixItems' : key,
            value.map((_, index) => this.#schema(childOf(node as Node<unknown[]>, index), depth + 1)),
          ],
        ]
    } else if (singles.has(key)) return [[key, this.#schema(node, depth + 1)]]
    if (maps.has(key) || lists.has(key)) {
      this.#reader.report.add('invalid', node, `${quote(key)} of a schema cannot be read, so it was left out.`)
      return []
    }
    if (this.#isSmall(value, readingLimits.storedSchemaDepth)) return [[key, value]]
    this.#reader.report.add('limit', node, `${quote(key)} is nested too deeply or too large, so it was left out.`)
    return []
  }

  /** Whether data fits into what is left of the schema's limits; looks no further, because aliases of YAML make cycles. */
  #isSmall(value: unknown, levels: number): boolean {
    if (typeof value !== 'object' || value === null) return true
    this.#values += 1
    if (levels === 0 || this.#values > readingLimits.storedSchemaValues) return false
    return Object.values(value).every((part) => this.#isSmall(part, levels - 1))
  }
}

/** `id` names a schema only in JSON Schema draft 4, where it is a text. */
function isOldId({ value }: ObjectNode, key: string): boolean {
  return key === 'id' && typeof value.id === 'string'
}

/** What JSON Schema writes differently since OpenAPI 3.1: null, exclusive limits, examples, required as a flag. */
function withoutOldKeywords({
  nullable,
  example,
  required,
  ...schema
}: Record<string, unknown>): Record<string, unknown> {
  const converted: Record<string, unknown> = { ...schema }
  if (Array.isArray(required)) converted.required = required
  if (example !== undefined) converted.examples = [example]
  for (const [limit, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof schema[exclusive] !== 'boolean') continue
    delete converted[exclusive]
    if (schema[exclusive] !== true) continue
    converted[exclusive] = schema[limit]
    delete converted[limit]
  }
  if (schema.type === 'file') converted.type = 'string'
  if (nullable !== true) return converted
  if (typeof converted.type === 'string') converted.type = [converted.type, 'null']
  if (Array.isArray(converted.enum) && !converted.enum.includes(null))
    converted.enum = [...(converted.enum as unknown[]), null]
  return converted
}
