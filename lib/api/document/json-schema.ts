import { z } from 'zod'

/** JSON Schemas (2020-12) of inputs and outputs, as the OpenAPI document contains them. */

export type JsonSchema = { [keyword: string]: unknown }

/** @param io `input` is what a program sends, before defaults; `output` what it gets */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as JsonSchema
  return completed(json) as JsonSchema
}

/** Tuples get `items` too, which validators ask for although their length is fixed. */
function completed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(completed)
  if (typeof value !== 'object' || value === null) return value
  const schema = value as JsonSchema
  const parts = Object.entries(schema).map(([keyword, part]) => [keyword, completed(part)])
  return {
    ...Object.fromEntries(parts),
    ...(Array.isArray(schema.prefixItems) && { items: oneOf(schema.prefixItems as JsonSchema[]) }),
  }
}

function oneOf(schemas: JsonSchema[]): JsonSchema {
  const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()]
  return different.length === 1 ? different[0]! : { anyOf: different }
}

export function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
  return (schema.properties ?? {}) as Record<string, JsonSchema>
}

export function requiredOf(schema: JsonSchema): string[] {
  return (schema.required ?? []) as string[]
}

/** The object without some of its properties. */
export function without(schema: JsonSchema, names: readonly string[]): JsonSchema {
  const properties = Object.entries(propertiesOf(schema)).filter(([name]) => !names.includes(name))
  const required = requiredOf(schema).filter((name) => !names.includes(name))
  return withRequired({ ...schema, properties: Object.fromEntries(properties) }, required)
}

function withRequired({ required: _, ...schema }: JsonSchema, required: readonly string[]): JsonSchema {
  return required.length > 0 ? { ...schema, required: [...required] } : schema
}

/** What a program has to send if the rest has defaults, which are shown. */
export function withDefaults(schema: JsonSchema, defaults: JsonSchema): JsonSchema {
  const properties = Object.entries(propertiesOf(schema)).map(([name, property]) => {
    if (!(name in defaults)) return [name, property]
    const value = defaults[name]
    const isObject = property.type === 'object' && property.properties !== undefined
    return [name, isObject ? withDefaults(property, value as JsonSchema) : { ...property, default: value }]
  })
  const isOptional = (name: string) => {
    const property = propertiesOf(schema)[name]!
    if (!(name in defaults)) return false
    return (
      property.properties === undefined || requiredOf(withDefaults(property, defaults[name] as JsonSchema)).length === 0
    )
  }
  const required = requiredOf(schema).filter((name) => !isOptional(name))
  return withRequired({ ...schema, properties: Object.fromEntries(properties) }, required)
}

/** JSON Merge Patch (RFC 7396): everything may be left out, and `null` clears. */
export function asPatch(schema: JsonSchema): JsonSchema {
  const properties = Object.entries(propertiesOf(schema)).map(([name, property]) => [name, patched(property)])
  return withRequired({ ...schema, properties: Object.fromEntries(properties) }, [])
}

function patched({ default: _, ...property }: JsonSchema): JsonSchema {
  if (property.type === 'object' && property.properties !== undefined) return asPatch(property)
  if (property.type === 'object' && typeof property.additionalProperties === 'object')
    return { ...property, additionalProperties: orNull(property.additionalProperties as JsonSchema) }
  return orNull(property)
}

function orNull(schema: JsonSchema): JsonSchema {
  const alternatives = (schema.anyOf ?? schema.oneOf ?? []) as JsonSchema[]
  const acceptsNull = schema.type === 'null' || alternatives.some(({ type }) => type === 'null')
  return acceptsNull ? schema : { anyOf: [schema, { type: 'null' }] }
}

/** Properties that may name an object by ID or by stable key. */
export function withKeys(schema: JsonSchema, names: readonly string[]): JsonSchema {
  const properties = Object.entries(propertiesOf(schema)).map(([name, property]) => {
    if (!names.includes(name)) return [name, property]
    const { propertyNames: _, ...record } = property
    return [name, property.type === 'object' ? record : { type: 'string', description: 'An ID or a key.' }]
  })
  return { ...schema, properties: Object.fromEntries(properties) }
}
