import { describe, expect, test } from 'vitest'
import { mapPostman } from '@/lib/imports/postman/map-postman'
import {
  aCollection,
  aRequest,
  auth,
  endpointsOf,
  environment,
  linesOf,
  methodsOf,
  read,
  variablesOf,
} from './read-collection'

const url = 'https://api.acme.test/orders'

/** Values of a wrong type, for every place. */
const wrong = [null, true, 7, '', 'text', [], [[]], [null], [7], {}, { a: { b: [] } }, { $ref: '#' }]

describe('Malformed collections', () => {
  const whole = () =>
    aCollection(
      [
        {
          ...{ name: 'Folder', description: 'x', variable: [{ key: 'v', value: '1' }] },
          item: [
            aRequest(
              {
                ...{ raw: `${url}/:id?a=1`, host: ['api', 'acme', 'test'], path: ['orders'] },
                ...{ query: [{ key: 'a', value: '1' }], variable: [{ key: 'id', value: '7' }] },
              },
              {
                ...{ method: 'POST', header: [{ key: 'A', value: '{{v}}', description: { content: 'x' } }] },
                body: { mode: 'raw', raw: '{"a": {{v}}}', options: { raw: { language: 'json' } } },
                ...auth('oauth2', {
                  grant_type: 'client_credentials',
                  accessTokenUrl: url,
                  tokenRequestParams: [{ key: 'a', value: 'b' }],
                }),
              },
              { event: [{ listen: 'test', script: { exec: ['pm.test()'] } }], response: [{}] },
            ),
          ],
        },
      ],
      { variable: [{ key: 'x', value: '{{v}}' }], ...auth('jwt', { algorithm: 'RS256', payload: '{"a":1}' }) },
    )

  /** Every path to a value of a document. */
  function* pathsOf(value: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
    yield path
    if (typeof value !== 'object' || value === null) return
    for (const [key, child] of Object.entries(value)) yield* pathsOf(child, [...path, key])
  }

  test('never throw, and never give what cannot be stored, whatever stands where', () => {
    for (const path of pathsOf(whole()))
      for (const value of wrong) {
        if (path.length === 0) continue
        const collection = structuredClone(whole())
        let parent: Record<string, unknown> = collection
        for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>
        parent[path.at(-1)!] = value
        expect(() => read(collection), `${path.join('/')} = ${JSON.stringify(value)}`).not.toThrow()
      }
  })

  test.each(wrong)('an entry %j of “item” is a line of the report', (entry) => {
    const mapping = read(aCollection([entry, aRequest(url)]))
    expect(endpointsOf(mapping)).toHaveLength(1)
    expect(linesOf(mapping, /\/item\/0/)).toHaveLength(1)
  })

  test('names of prototypes are names like any other', () => {
    const collection = JSON.parse(
      `{"info": {"name": "__proto__"}, "item": [{"name": "constructor", "request": {"url": "${url}/{{__proto__}}/:constructor",
        "header": [{"key": "__proto__", "value": "{{toString}}"}], "auth": {"type": "basic", "basic": {"__proto__": "x", "username": "{{hasOwnProperty}}"}}}}],
        "variable": [{"key": "__proto__", "value": "a"}, {"key": "toString", "value": "b"}]}`,
    ) as Record<string, unknown>
    const mapping = read(collection)
    expect(endpointsOf(mapping)).toMatchObject([{ name: 'constructor', url: '/orders/{{ proto }}/{{ constructor }}' }])
    expect(variablesOf(mapping).map(({ key, defaultValue }) => [key, defaultValue])).toEqual([
      ['proto', 'a'],
      ['toString', 'b'],
    ])
  })
})

describe('Large collections', () => {
  test('folders within folders are read to a limit, in a file with a million of them', () => {
    let folder: unknown = aRequest(url)
    for (let depth = 0; depth < 1_000_000; depth += 1) folder = { name: 'f', item: [folder] }
    const mapping = read(aCollection([folder, aRequest(url, {}, { name: 'After it' })]))
    expect(endpointsOf(mapping).map(({ name }) => name)).toEqual(['After it'])
    expect(linesOf(mapping, /deeper than 100 levels/)).toHaveLength(1)
  })

  test('a folder may have a million entries', () => {
    const item = Array.from({ length: 1_000_000 }, () => null)
    const mapping = read(aCollection([{ name: 'f', item }, aRequest(url)]))
    expect(endpointsOf(mapping)).toHaveLength(1)
  })

  test('JSON that is nested too deeply to be written is a line of the report', () => {
    let deep: unknown = 1
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep]
    const graphql = { query: '{ a }', variables: { deep } }
    const sent = read(aCollection([aRequest(url, { method: 'POST', body: { mode: 'graphql', graphql } })]))
    expect(endpointsOf(sent)[0]!.body).toContain('"query": "{ a }"')
    expect(linesOf(sent, /^invalid .*nested too deeply/)).toHaveLength(1)
    const claims = read(aCollection([aRequest(url)], auth('jwt', { algorithm: 'HS256', payload: { deep, iss: 'me' } })))
    expect(methodsOf(claims)[0]).toMatchObject({ options: { jwt: { claims: [{ name: 'iss' }] } } })
    expect(linesOf(claims, /^invalid .*nested too deeply/)).toHaveLength(1)
  })

  test('100,000 requests are read to the limit of a connector, with their number', () => {
    const item = Array.from({ length: 100_000 }, (_, index) => aRequest(`${url}/${index}`))
    const began = performance.now()
    let endpoints = 0
    const mapped = mapPostman(aCollection(item), { onEndpoint: () => (endpoints += 1) })
    expect(performance.now() - began).toBeLessThan(30_000)
    expect(endpoints).toBe(25_000)
    expect(mapped.ok && mapped.value.report()).toMatchObject([
      { kind: 'limit', message: 'A connector has at most 25,000 endpoints, so 75,000 requests were left out.' },
    ])
  }, 60_000)

  test('more methods, variables and parameters than a connector has are reported', () => {
    const item = Array.from({ length: 120 }, (_, index) =>
      aRequest(`${url}?a={{v${index}}}`, auth('apikey', { key: `X-Key-${index}`, value: '{{k}}' })),
    )
    const variable = Array.from({ length: 120 }, (_, index) => ({ key: `v${index}`, value: '1' }))
    const mapping = read(aCollection(item, { variable }))
    expect(methodsOf(mapping)).toHaveLength(50)
    expect(variablesOf(mapping)).toHaveLength(100)
    expect(linesOf(mapping, /at most 50 authentication methods/)).toHaveLength(70)
    expect(linesOf(mapping, /at most 100 variables/)).toHaveLength(20)
    const query = Array.from({ length: 300 }, (_, index) => ({ key: `q${index}`, value: '1' }))
    expect(endpointsOf(read(aCollection([aRequest({ raw: url, query })])))[0]!.parameters).toHaveLength(200)
  })

  test('more secrets than are looked for are refused', () => {
    const item = Array.from({ length: 600 }, (_, index) =>
      aRequest(url, auth('bearer', { token: `secret-value-${index}` })),
    )
    expect(mapPostman(aCollection(item))).toMatchObject({ ok: false, error: { code: 'literal_secret' } })
  })

  test.each([
    ['a name', { name: 'x'.repeat(1_000_000) }, {}],
    ['a description', {}, { description: 'x'.repeat(1_000_000) }],
    ['a header', {}, { header: [{ key: 'x'.repeat(1_000_000), value: 'y'.repeat(1_000_000) }] }],
    ['a body', {}, { method: 'POST', body: { mode: 'raw', raw: '{{'.repeat(500_000) } }],
    ['a script', { event: [{ listen: 'test', script: { exec: ['pm.environment.set("'.repeat(50_000)] } }] }, {}],
  ])('%s of a million characters is cut or left out', (_what, item, request) => {
    const mapping = read(aCollection([aRequest(url, request, item)]))
    expect(JSON.stringify(mapping.connector).length).toBeLessThan(20_000)
    expect(JSON.stringify(mapping.report()).length).toBeLessThan(20_000)
  })

  test('an address of a million characters leaves the request out', () => {
    expect(endpointsOf(read(aCollection([aRequest(`${url}/${'{{a'.repeat(300_000)}`)])))).toEqual([])
  })

  test('variables that name themselves, or multiply, end', () => {
    const doubled = Array.from({ length: 30 }, (_, index) => ({
      key: `v${index}`,
      value: `{{v${index + 1}}}`.repeat(1_000),
    }))
    const mapping = read(
      aCollection([aRequest(`${url}?a={{v0}}&b={{a}}`)], {
        variable: [...doubled, { key: 'a', value: '{{b}}' }, { key: 'b', value: '{{a}}' }],
      }),
      [environment('Live', { c: '{{c}}' })],
    )
    expect(endpointsOf(mapping)).toHaveLength(1)
    expect(mapping.instances).toEqual([])
  })
})
