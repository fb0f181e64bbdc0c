import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { compareFields, compareValues, typedFact } from '@/lib/domain/history/compare-values'
import { recorded } from '@/lib/domain/history/field-change'
import { parameterChanges, type ComparedParameter } from '@/lib/domain/history/parameter-changes'

describe('A comparison', () => {
  it('has the old and new value of each changed field, and of each part of a group', () => {
    const fields = { name: z.string(), body: z.string(), settings: z.record(z.string(), z.json()) }
    const before = { name: 'Orders', body: '{}', settings: { type: 'page', first: 1 } }
    const after = { name: 'Invoices', body: '{}', settings: { first: 2, type: 'page' } }
    expect(compareFields(fields, before, after)).toEqual([
      { field: 'name', from: 'Orders', to: 'Invoices' },
      { field: 'settings.first', from: 1, to: 2 },
    ])
  })

  it('treats null, an empty text and an empty list as equal, and ignores the order of keys', () => {
    expect(compareValues('url', null, '')).toEqual([])
    expect(compareValues('statuses', undefined, [])).toEqual([])
    expect(compareValues('rule', { a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([])
  })

  it('shows lists as texts', () => {
    const kept = [{ variable: 'instance_url', path: '$.instance_url', secret: false }]
    expect(compareValues('kept', [], kept)).toEqual([
      { field: 'kept', from: null, to: 'instance_url = $.instance_url' },
    ])
  })

  it('shortens long texts to the part around the difference', () => {
    const same = 'a '.repeat(500)
    const [change] = compareValues('body', `${same}one`, `${same}two ${same}`)
    expect(change!.from).toMatch(/^…a .{0,60}one$/)
    expect(change!.to).toMatch(/^…a .*two a .*…$/)
    expect(String(change!.to).length).toBeLessThanOrEqual(202)
  })

  it('has a limited length, and counts the omitted changes', () => {
    const changes = Array.from({ length: 130 }, (_, index) => ({ field: `f${index}`, from: 1, to: 2 }))
    expect(recorded(changes)).toMatchObject({ more: 30, fields: { length: 100 } })
  })
})

describe('A secret', () => {
  const key = 'q7Gx2LmN0pRt5VwYzA1bC3dE'
  it.each([
    ['of a secret variable', 'value', 'a', { secret: true }],
    ['by its known form', 'url', 'https://api.test/?k=sk_live_0123456789abcdef01', {}],
    ['by the name under which it is sent', 'parameter.value', 'hunter2', { nameOf: () => 'X-Api-Key' }],
    ['of any length', 'value', 'ab', { nameOf: () => 'password' }],
    ['by its randomness', 'baseUrl', `https://api.test/${key}`, {}],
    ['in a query', 'url', 'https://api.test/?page=1&api_key=abc123', {}],
    ['in JSON', 'body', '{ "user": "dana", "password": "hunter2" }', {}],
    ['in XML', 'body', '<login><password>hunter2</password></login>', {}],
    ['in front of a host', 'url', 'https://dana:hunter2@api.test/', {}],
    ['in a header', 'body', 'Authorization: Bearer abc', {}],
  ])('%s is only recorded as set, replaced or removed', (_, field, secret, about) => {
    const one = (from: unknown, to: unknown) => compareValues(field, from, to, about)
    expect(one(null, secret)).toEqual([{ field, how: 'set' }])
    expect(one(secret, 'x')).toEqual([{ field, how: 'replaced' }])
    expect(one(secret, '')).toEqual([{ field, how: 'removed' }])
  })

  it('is not recorded with a new object', () => {
    expect(typedFact('request', 'GET https://api.test/?api_key=abc123')).toEqual([])
    expect(typedFact('request', 'GET https://api.test/')).toEqual([{ field: 'request', to: 'GET https://api.test/' }])
  })

  it.each([
    ['a template', 'parameter.value', 'Bearer {{ token }}', () => 'Authorization'],
    ['a key of the protocol', 'value', 'access_token', () => 'response_authentication_token_key'],
    ['an address', 'phases.exchange.url', 'https://oauth.acme.test/oauth/token/{{ account }}', undefined],
    ['JSON with templates', 'body', '{ "password": "{{ password }}" }', undefined],
  ])('is not %s', (_, field, text, nameOf) => {
    expect(compareValues(field, null, text, nameOf ? { nameOf } : {})).toEqual([{ field, from: null, to: text }])
  })
})

describe('Parameters', () => {
  const header: ComparedParameter = {
    id: '1',
    place: 'header',
    key: 'X-Api-Version',
    value: '1',
    required: true,
    displayName: '',
    helpText: '',
    phases: ['exchange'],
  }
  it.each<[string, ComparedParameter[], ComparedParameter[], object[]]>([
    ['added', [], [header], [{ field: 'parameter', of: 'header X-Api-Version', how: 'added', to: '1' }]],
    ['removed', [header], [], [{ field: 'parameter', of: 'header X-Api-Version', how: 'removed', to: '1' }]],
    [
      'with a secret value, added',
      [],
      [{ ...header, key: 'X-Api-Key', value: 'hunter2' }],
      [{ field: 'parameter', of: 'header X-Api-Key', how: 'added' }],
    ],
    [
      'edited',
      [header],
      [{ ...header, place: 'url', key: 'version', value: '2', required: false, phases: ['exchange', 'refresh'] }],
      [
        {
          field: 'parameter.key',
          of: 'header X-Api-Version',
          from: 'header X-Api-Version',
          to: 'URL parameter version',
        },
        { field: 'parameter.value', of: 'header X-Api-Version', from: '1', to: '2' },
        { field: 'parameter.required', of: 'header X-Api-Version', from: true, to: false },
        { field: 'parameter.phases', of: 'header X-Api-Version', from: 'Get token', to: 'Get token, Refresh' },
      ],
    ],
    [
      'in another order',
      [header, { ...header, id: '2' }],
      [{ ...header, id: '2' }, header],
      [{ field: 'parameterOrder', how: 'changed' }],
    ],
  ])('%s', (_, before, after, changes) => {
    expect(parameterChanges(before, after)).toEqual(changes)
  })
})
