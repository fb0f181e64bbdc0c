import { z } from 'zod'

/**
 * Derives from the fields of a noun, each declared once with its schema (ARCHITECTURE §6): the fields of a row or an
 * input, its history (history/compare-values.ts), and the schema of a document in which fields may be left out.
 */

export type FieldShape = Readonly<Record<string, z.ZodType>>
export type FieldsOf<Shape extends FieldShape> = { -readonly [Name in keyof Shape]: z.output<Shape[Name]> }

function namesOf<Shape extends FieldShape>(fields: Shape): (keyof Shape & string)[] {
  return Object.keys(fields)
}

/** The fields of a row or an input, without its other properties. */
export function pickFields<Shape extends FieldShape>(
  fields: Shape,
  from: Record<keyof Shape, unknown>,
): FieldsOf<Shape> {
  return Object.fromEntries(namesOf(fields).map((name) => [name, from[name]])) as FieldsOf<Shape>
}

type WithDefaults<Shape extends FieldShape, Defaults> = {
  [Name in keyof Shape]: Name extends keyof Defaults ? z.ZodDefault<Shape[Name]> : Shape[Name]
}

/** The same fields with defaults for those that may be left out. */
export function withDefaults<Shape extends FieldShape, const Defaults extends Partial<FieldsOf<Shape>>>(
  fields: Shape,
  defaults: Defaults,
): WithDefaults<Shape, Defaults> {
  const values = defaults as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, name in values ? field.default(values[name]) : field]),
  ) as WithDefaults<Shape, Defaults>
}
