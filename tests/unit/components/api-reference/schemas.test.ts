import { describe, expect, it } from 'vitest'
import type { Schema } from '@/components/api-page/reference/document'
import { exampleBody } from '@/components/api-page/reference/example-body'
import { factsOf, partsOf, typeText } from '@/components/api-page/reference/schema-text'

const schemas: Record<string, Schema> = {
  Tree: {
    type: 'object',
    properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
    required: ['name'],
  },
}
const tree: Schema = { $ref: '#/components/schemas/Tree' }

describe('typeText', () => {
  it.each<[Schema, string]>([
    [{ type: 'string' }, 'text'],
    [{ type: ['string', 'null'] }, 'text or null'],
    [{ anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] }, 'integer or null'],
    [{ oneOf: [{ type: 'object' }, { type: 'object' }] }, 'object'],
    [{ type: 'array', items: tree }, 'list of object'],
    [{ const: 'keep' }, '"keep"'],
    [{}, 'any value'],
    [tree, 'object'],
  ])('%j is “%s”', (schema, text) => expect(typeText(schema, schemas)).toBe(text))
})

describe('factsOf', () => {
  it.each<[Schema, string[]]>([
    [{ type: 'string', minLength: 1, maxLength: 120 }, ['1 to 120 characters']],
    [{ type: 'string', maxLength: 4096, default: '' }, ['at most 4,096 characters', 'default ""']],
    [{ type: 'string', enum: ['a', 'b'], default: 'a' }, ['one of "a", "b"', 'default "a"']],
    [{ type: 'string', format: 'uuid', pattern: '^long$' }, ['uuid']],
    [{ type: 'string', pattern: '^#[0-9a-f]{6}$' }, ['matches ^#[0-9a-f]{6}$']],
    [{ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }, ['at least 1']],
    [{ type: 'array', minItems: 2, maxItems: 2 }, ['2 items']],
    [{ anyOf: [{ type: 'integer', maximum: 9 }, { type: 'null' }], default: null }, ['at most 9']],
  ])('%j', (schema, facts) => expect(factsOf(schema, schemas)).toEqual(facts))
})

describe('partsOf', () => {
  const names = (schema: Schema) => partsOf(schema, schemas).map(({ name, required }) => (required ? `${name}!` : name))

  it('are the properties of an object, of the items of a list, and of what may be null', () => {
    expect(names(tree)).toEqual(['name!', 'children'])
    expect(names({ type: 'array', items: tree })).toEqual(['name!', 'children'])
    expect(names({ anyOf: [tree, { type: 'null' }] })).toEqual(['name!', 'children'])
    expect(names({ type: 'string' })).toEqual([])
  })

  it('are the values of any name', () => {
    expect(names({ type: 'object', additionalProperties: { type: 'string' } })).toEqual(['any name'])
    expect(names({ type: 'object', additionalProperties: false })).toEqual([])
  })

  it('are the forms that a value can have, named after what tells them apart', () => {
    const keep: Schema = { type: 'object', properties: { kind: { const: 'keep' } } }
    expect(names({ oneOf: [keep, tree] })).toEqual(['kind "keep"', 'form 2'])
  })
})

describe('exampleBody', () => {
  const example = (schema: Schema) => JSON.parse(exampleBody(schema, schemas)) as unknown

  it('has what is required, with defaults and empty values', () => {
    expect(example(tree)).toEqual({ name: '' })
    expect(
      example({
        type: 'object',
        properties: {
          kind: { const: 'replace' },
          direction: { enum: ['receive', 'send'] },
          timeout: { type: 'integer', minimum: 1 },
          active: { type: 'boolean' },
          trees: { type: 'array', items: tree, minItems: 1 },
          labels: { type: 'array', items: {} },
          zone: { type: 'string', default: 'UTC' },
          limit: { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] },
          any: {},
          optional: { type: 'string' },
        },
        required: ['kind', 'direction', 'timeout', 'active', 'trees', 'labels', 'zone', 'limit', 'any'],
      }),
    ).toEqual({
      ...{ kind: 'replace', direction: 'receive', timeout: 1, active: false, trees: [{ name: '' }], labels: [] },
      ...{ zone: 'UTC', limit: 1, any: null },
    })
  })
})
