import { z } from 'zod'
import type { JsonObject } from './route'

/** JSON Merge Patch (RFC 7396) by the schema of the result: `null` clears a property, and an absent one is kept. */

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The given object, merged into the base. What the schema does not know stays in it, so that it is refused there.
 * @param schema of the result; it decides what a cleared property is
 */
export function merge(base: JsonObject, given: JsonObject, schema: z.ZodType): JsonObject {
  const merged = new Map(Object.entries(base))
  for (const [name, value] of Object.entries(given))
    merged.set(name, mergeProperty(merged.get(name), value, propertyOf(schema, name)))
  // Also a property called `__proto__` is only a property here.
  return Object.fromEntries(merged)
}

function mergeProperty(base: unknown, value: unknown, schema: z.ZodType | null): unknown {
  if (schema === null) return value
  if (value === null) return cleared(schema)
  return isObject(value) && isMerged(schema) ? merge(isObject(base) ? base : {}, value, schema) : value
}

/** Without what wraps it: `optional`, `default`, `nullable`. */
function inner(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return inner(schema.unwrap() as z.ZodType)
  return schema
}

function propertyOf(schema: z.ZodType, name: string): z.ZodType | null {
  const object = inner(schema)
  if (object instanceof z.ZodObject) return Object.hasOwn(object.shape, name) ? (object.shape[name] as z.ZodType) : null
  return object instanceof z.ZodRecord ? (object.valueType as z.ZodType) : null
}

/** Objects with alternatives are replaced as a whole: parts of two alternatives do not fit together. */
function isMerged(schema: z.ZodType): boolean {
  const object = inner(schema)
  return object instanceof z.ZodObject || object instanceof z.ZodRecord
}

/** What stands for “no value”: `null`, an empty text or an empty list, whichever the schema accepts first. */
function cleared(schema: z.ZodType): unknown {
  return [null, '', []].find((value) => schema.safeParse(value).success) ?? null
}
