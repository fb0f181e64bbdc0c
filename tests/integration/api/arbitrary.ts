import fc, { type Arbitrary } from 'fast-check'
import type { JsonSchema } from '@/lib/api/document/json-schema'

/** Values that fit a JSON Schema, and values that almost do. */

/** Text that has broken programs before. */
const hostileTexts = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    'ﬁ\u202e',
    '__proto__',
    'constructor',
    'null',
    '{{ password }}',
    '{% raw %}',
    "' OR 1=1 --",
  ],
  ...['../../etc/passwd', '%00', '\r\nX-Injected: 1', 'x'.repeat(5_000), '9'.repeat(400), '1e999', '-0', '💥'],
]
const hostileText = fc.constantFrom(...hostileTexts)

/** Anything that JSON can say. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  hostileText,
  fc.constantFrom(null, true, -1, 0, 1.5, 2 ** 31, 2 ** 53, Number.MIN_SAFE_INTEGER, [], {}),
)

const formats: Record<string, Arbitrary<string>> = {
  uuid: fc.uuid(),
  'date-time': fc
    .date({ noInvalidDate: true, min: new Date('1990-01-01'), max: new Date('2090-01-01') })
    .map((date) => date.toISOString()),
  email: fc.emailAddress(),
}

function text({ format, pattern, minLength = 0, maxLength = 200 }: JsonSchema): Arbitrary<string> {
  const known = typeof format === 'string' ? formats[format] : undefined
  if (known) return known
  if (typeof pattern === 'string' && pattern.length < 100) return fc.stringMatching(new RegExp(pattern)).map(String)
  return fc.string({ minLength: Number(minLength), maxLength: Math.min(Number(maxLength), 40), unit: 'binary' })
}

function whole({ minimum = -5, maximum = 2 ** 31 }: JsonSchema): Arbitrary<number> {
  const [min, max] = [Math.max(Number(minimum), -(2 ** 31)), Math.min(Number(maximum), 2 ** 31)]
  return fc.oneof(fc.integer({ min, max: Math.max(min, Math.min(max, min + 50)) }), fc.integer({ min, max }))
}

/** A value that the schema accepts, as far as the schema says what it accepts. */
export function fitting(schema: JsonSchema): Arbitrary<unknown> {
  const alternatives = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined
  if (alternatives) return fc.oneof(...alternatives.map(fitting))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]))
  switch (schema.type) {
    case 'string':
      return text(schema)
    case 'integer':
      return whole(schema)
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(fitting((schema.items ?? {}) as JsonSchema), { maxLength: 3 })
    case 'object':
      return objects(schema)
    default:
      return anything
  }
}

function objects(schema: JsonSchema): Arbitrary<unknown> {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)
  if (properties.length > 0)
    return fc.record(Object.fromEntries(properties.map(([name, property]) => [name, fitting(property)])), {
      requiredKeys: (schema.required ?? []) as string[],
    })
  const values =
    typeof schema.additionalProperties === 'object' ? fitting(schema.additionalProperties as JsonSchema) : anything
  return fc.dictionary(fc.oneof(fc.uuid(), hostileText, fc.string()), values, { maxKeys: 3 })
}

/** The value, or one in which a part was replaced by anything. */
export function spoilt(value: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc.oneof(
    { weight: 3, arbitrary: value },
    { weight: 2, arbitrary: fc.tuple(value, anything, fc.nat()).map(([good, bad, at]) => replaced(good, bad, at)) },
    { weight: 1, arbitrary: anything },
  )
}

function replaced(value: unknown, bad: unknown, at: number): unknown {
  if (typeof value !== 'object' || value === null) return bad
  if (Array.isArray(value)) {
    if (value.length === 0) return [bad]
    const index = at % value.length
    return value.map((item, position) => (position === index ? replaced(item, bad, at >> 3) : item) as unknown)
  }
  const names = Object.keys(value)
  if (names.length === 0) return { unknown: bad }
  const name = names[at % names.length]!
  return { ...value, [name]: replaced((value as Record<string, unknown>)[name], bad, at >> 3) }
}

/** A part of an address or of a query. */
export const anyText: Arbitrary<string> = fc.oneof(hostileText, fc.string({ unit: 'binary', maxLength: 50 }), fc.uuid())
