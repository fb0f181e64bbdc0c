import { describe, expect, test } from 'vitest'
import { mergeParts } from '@/lib/imports/update/merge-parts'

const merge = (before: object | undefined, here: object, now: object, takesDocument = false) =>
  mergeParts(
    before as Record<string, unknown>,
    here as Record<string, unknown>,
    now as Record<string, unknown>,
    takesDocument,
  )
const valueOf = (...given: Parameters<typeof merge>) => merge(...given).value
const pathsOf = (...given: Parameters<typeof merge>) => merge(...given).fields.map(({ path }) => path.join(' '))

describe('A field', () => {
  test('that only the document has changed is taken from it', () => {
    expect(merge({ url: '/a' }, { url: '/a' }, { url: '/b' })).toEqual({
      value: { url: '/b' },
      fields: [{ path: ['url'], before: '/a', here: '/a', now: '/b', isConflict: false }],
      isLocal: false,
    })
  })

  test('that only people have changed stays, and is no change', () => {
    expect(merge({ url: '/a' }, { url: '/own' }, { url: '/a' })).toEqual({
      ...{ value: { url: '/own' }, fields: [], isLocal: true },
    })
  })

  test('that both have changed to the same is no change', () => {
    expect(merge({ url: '/a' }, { url: '/b' }, { url: '/b' })).toMatchObject({ fields: [], isLocal: false })
  })

  test('that both have changed is a conflict: what is here stays, unless the document is chosen', () => {
    const conflict = [{ name: 'A' }, { name: 'Own' }, { name: 'B' }] as const
    expect(merge(...conflict)).toMatchObject({ value: { name: 'Own' }, fields: [{ isConflict: true }], isLocal: true })
    expect(merge(...conflict, true).value).toEqual({ name: 'B' })
  })

  test('that the document has removed gets its default, if people have not changed it', () => {
    expect(valueOf({ body: 'x' }, { body: 'x' }, {})).toEqual({})
    expect(merge({ body: 'x' }, { body: 'own' }, {})).toMatchObject({ value: { body: 'own' } })
    expect(valueOf({ body: 'x' }, {}, { body: 'x' })).toEqual({})
  })

  test('of an object is compared by itself', () => {
    const [before, here, now] = [
      { a: 1, b: 1 },
      { a: 2, b: 1 },
      { a: 1, b: 2 },
    ].map((options) => ({ options }))
    expect(merge(before, here!, now!)).toMatchObject({ value: { options: { a: 2, b: 2 } }, isLocal: true })
  })

  test('of pagination is not mixed: another way has other fields', () => {
    const [before, here, now] = [
      { pagination: { kind: 'page', parameter: 'page' } },
      { pagination: { kind: 'page', parameter: 'p' } },
      { pagination: { kind: 'cursor', path: '$.next' } },
    ]
    expect(merge(before, here, now)).toMatchObject({
      value: here,
      fields: [{ path: ['pagination'], isConflict: true }],
    })
  })

  test('called like one of every object is a field like others', () => {
    const part = JSON.parse('{"options":{"__proto__":{"polluted":true},"constructor":"x"}}') as object
    expect(valueOf({}, {}, part)).toEqual(part)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('A list', () => {
  const parameter = (key: string, value = '', place = 'url') => ({ in: place, key, value })

  test('of parameters is compared by place and key', () => {
    const before = { parameters: [parameter('status'), parameter('limit', '10')] }
    const here = { parameters: [parameter('limit', '50'), parameter('status'), parameter('own')] }
    const now = { parameters: [parameter('limit', '10'), parameter('state')] }
    expect(valueOf(before, here, now)).toEqual({
      parameters: [parameter('limit', '50'), parameter('own'), parameter('state')],
    })
    expect(pathsOf(before, here, now)).toEqual(['parameters url status', 'parameters url state'])
  })

  test('may have two entries of one key', () => {
    const twice = { parameters: [parameter('id', '1'), parameter('id', '2')] }
    expect(valueOf(twice, twice, { parameters: [parameter('id', '1'), parameter('id', '3')] })).toEqual({
      parameters: [parameter('id', '1'), parameter('id', '3')],
    })
  })

  test('of methods that an endpoint accepts keeps those of people', () => {
    expect(valueOf({ accepts: ['a', 'b'] }, { accepts: ['a', 'own'] }, { accepts: ['a', 'b', 'c'] })).toEqual({
      accepts: ['a', 'own', 'c'],
    })
  })

  test('that becomes empty is absent', () => {
    expect(valueOf({ accepts: ['a'] }, { accepts: ['a'] }, {})).toEqual({})
  })

  test('in another order is the same', () => {
    expect(merge({ accepts: ['a', 'b'] }, { accepts: ['b', 'a'] }, { accepts: ['a', 'b'] })).toMatchObject({
      ...{ fields: [], isLocal: false },
    })
  })

  test('without identities is one value', () => {
    expect(pathsOf({ tags: ['a'] }, { tags: ['a'] }, { tags: ['b'] })).toEqual(['tags'])
  })
})

test('without an earlier document every difference is a conflict, but what is not set here is taken', () => {
  expect(merge(undefined, { name: 'Own' }, { name: 'A', description: 'New' })).toMatchObject({
    value: { name: 'Own', description: 'New' },
    fields: [
      { path: ['name'], isConflict: true },
      { path: ['description'], isConflict: false },
    ],
  })
})
