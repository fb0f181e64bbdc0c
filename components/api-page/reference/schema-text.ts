import { resolved, type Schema, type Schemas } from './document'

/** Schemas in words, for people who write a request. */

/** `text`, `list of objects`, `text or null`, `"keep"`. */
export function typeText(given: Schema, schemas: Schemas): string {
  const schema = resolved(given, schemas)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return different(alternatives.map((one) => typeText(one, schemas))).join(' or ')
  if (Array.isArray(schema.type)) return schema.type.map(nameOf).join(' or ')
  if (schema.type === 'array') return `list of ${schema.items ? typeText(schema.items, schemas) : 'any values'}`
  return schema.type === undefined ? 'any value' : nameOf(schema.type)
}

const nameOf = (type: string) => (type === 'string' ? 'text' : type)
const different = (texts: string[]) => [...new Set(texts)]

/** What a value has to fulfil, a phrase each. */
export function factsOf(given: Schema, schemas: Schemas): string[] {
  const schema = withoutNull(resolved(given, schemas), schemas)
  return [
    schema.enum && `one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`,
    schema.format,
    range(schema.minLength, schema.maxLength, 'characters'),
    range(schema.minItems, schema.maxItems, 'items'),
    range(safe(schema.minimum), safe(schema.maximum), ''),
    // The pattern of a format only repeats it.
    schema.pattern !== undefined && schema.format === undefined && `matches ${schema.pattern}`,
    given.default !== undefined && given.default !== null && `default ${JSON.stringify(given.default)}`,
  ].filter((fact) => typeof fact === 'string')
}

/** What it is if it is not null. */
function withoutNull(schema: Schema, schemas: Schemas): Schema {
  const others = (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== 'null')
  return others.length === 1 ? resolved(others[0]!, schemas) : schema
}

function range(least: number | undefined, most: number | undefined, unit: string): string | null {
  const of = (text: string) => (unit === '' ? text : `${text} ${unit}`)
  const [from, to] = [least?.toLocaleString('en-GB'), most?.toLocaleString('en-GB')]
  if (from !== undefined && to !== undefined) return of(from === to ? from : `${from} to ${to}`)
  if (to !== undefined) return of(`at most ${to}`)
  return from === undefined ? null : of(`at least ${from}`)
}

/** The limits of whole numbers in JSON say nothing. */
const safe = (limit: number | undefined) =>
  Number.isSafeInteger(limit) && Math.abs(limit!) < 2 ** 53 - 1 ? limit : undefined

export type Part = { name: string; schema: Schema; required: boolean }

/** The parts of an object, of the items of a list, or of the forms that a value can have, by name. */
export function partsOf(given: Schema, schemas: Schemas): Part[] {
  const schema = resolved(given, schemas)
  if (schema.type === 'array' && schema.items) return partsOf(schema.items, schemas)
  const own = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    ...{ name, schema: property },
    required: schema.required?.includes(name) ?? false,
  }))
  const { additionalProperties: others } = schema
  if (typeof others === 'object' && Object.keys(others).length > 0)
    own.push({ name: 'any name', schema: others, required: false })
  const forms = (schema.anyOf ?? schema.oneOf ?? []).filter((form) => partsOf(form, schemas).length > 0)
  if (forms.length === 1) return [...own, ...partsOf(forms[0]!, schemas)]
  return [...own, ...forms.map((form, index) => ({ name: formName(form, index), schema: form, required: false }))]
}

/** By the value that tells it from the others, if it has one: `kind "replace"`. */
function formName({ properties = {} }: Schema, index: number): string {
  const mark = Object.entries(properties).find(([, { const: value }]) => value !== undefined)
  return mark ? `${mark[0]} ${JSON.stringify(mark[1].const)}` : `form ${index + 1}`
}
