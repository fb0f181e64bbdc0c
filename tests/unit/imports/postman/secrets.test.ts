import { describe, expect, test } from 'vitest'
import {
  aCollection,
  aRequest,
  auth,
  endpointsOf,
  environment,
  linesOf,
  parametersOf,
  read,
  variablesOf,
} from './read-collection'

const url = 'https://api.acme.test/orders'
const json = (raw: string) => ({ mode: 'raw', raw, options: { raw: { language: 'json' } } })
const post = (raw: string) => aRequest(url, { method: 'POST', body: json(raw) })

/** Not in the definition and not in the report. */
const isNowhere = (mapping: ReturnType<typeof read>, ...secrets: string[]) => {
  const shown = JSON.stringify([mapping.connector, mapping.report()])
  for (const secret of secrets) expect(shown).not.toContain(secret)
}

describe('Examples in help texts', () => {
  test('are no credentials that are switched off', () => {
    const query = [
      { key: 'api_key', value: 'k-12345678', disabled: true },
      { key: 'sid', value: 'abc', disabled: true },
      { key: 'next', value: 'https://acme.test?token=tok-123', disabled: true },
      { key: 'limit', value: '20', disabled: true },
    ]
    const header = [
      { key: 'X-Api-Key', value: 'h-12345678', disabled: true },
      { key: 'Cookie', value: 'theme=dark7', disabled: true },
    ]
    const body = { mode: 'urlencoded', urlencoded: [{ key: 'password', value: 'f-12345678', disabled: true }] }
    const mapping = read(aCollection([aRequest({ raw: url, query }, { header, body, method: 'POST' })]))
    isNowhere(mapping, 'k-12345678', 'abc', 'tok-123', 'h-12345678', 'dark7', 'f-12345678')
    expect(endpointsOf(mapping)[0]!.parameters!.map(({ helpText }) => helpText)).toEqual([
      ...[undefined, undefined, undefined, 'Example: 20'],
      ...[undefined, undefined, undefined],
    ])
  })

  test('are no values of a secret in the path', () => {
    const variable = [{ key: 'token', value: 'reset-4711' }]
    isNowhere(read(aCollection([aRequest({ raw: `${url}/:token`, variable })])), 'reset-4711')
  })

  test('are no credentials that another request names', () => {
    const query = [{ key: 'api_key', value: 'k-12345678', disabled: true }]
    const mapping = read(
      aCollection([aRequest(url, { description: 'Use k-12345678.' }), aRequest({ raw: url, query }, {})]),
    )
    isNowhere(mapping, 'k-12345678')
  })
})

describe('Secrets in bodies', () => {
  test.each([
    ['JSON', json('{"password": "{{pw}}"}')],
    ['JSON without quotes', json('{"password": {{pw}}}')],
    ['text', { mode: 'raw', raw: 'password={{pw}}&a=1' }],
    ['XML', { mode: 'raw', raw: '<password>{{pw}}</password>', options: { raw: { language: 'xml' } } }],
    ['a form', { mode: 'urlencoded', urlencoded: [{ key: 'password', value: '{{pw}}' }] }],
    ['a form, switched off', { mode: 'formdata', formdata: [{ key: 'password', value: '{{pw}}', disabled: true }] }],
    ['GraphQL', { mode: 'graphql', graphql: { query: '{ a }', variables: '{"password": "{{pw}}"}' } }],
  ])('make the variable under their name secret: %s', (_what, body) => {
    const mapping = read(
      aCollection([aRequest(`${url}?a={{pw}}`), aRequest(url, { method: 'POST', body })], {
        variable: [{ key: 'pw', value: 'hunter2-x' }],
      }),
    )
    expect(variablesOf(mapping)).toEqual([expect.objectContaining({ key: 'pw', secret: true })])
    expect(mapping.instances[0]!.values).toEqual({ pw: 'hunter2-x' })
    isNowhere(mapping, 'hunter2-x')
  })

  test.each([
    ['JSON', json('{"password": "hunter2-x"}')],
    ['text', { mode: 'raw', raw: 'password=hunter2-x' }],
    ['a form', { mode: 'urlencoded', urlencoded: [{ key: 'password', value: 'hunter2-x' }] }],
  ])('are not in a request before them: %s', (_what, body) => {
    const first = aRequest(`${url}/hunter2-x`, { description: 'Use hunter2-x.' }, { name: 'Of hunter2-x' })
    isNowhere(read(aCollection([first, aRequest(url, { method: 'POST', body })])), 'hunter2-x')
  })

  test('leave a variable as it is that is sent under another name', () => {
    const mapping = read(
      aCollection([post('{"name": "{{name}}"}')], { variable: [{ key: 'name', value: 'Dana Lee' }] }),
    )
    expect(variablesOf(mapping)).toMatchObject([{ key: 'name', defaultValue: 'Dana Lee' }])
  })
})

describe('Literal credentials', () => {
  test('beside an authentication are secret variables', () => {
    const header = [
      { key: 'Cookie', value: 'JSESSIONID=c0ffee' },
      { key: 'X-Auth', value: 's3cr3t' },
    ]
    const query = [
      { key: 'key', value: 'AbC123xyz' },
      { key: 'sig', value: 'zz9' },
    ]
    const mapping = read(aCollection([aRequest({ raw: url, query }, { header })], auth('bearer', { token: '{{t}}' })))
    expect(parametersOf(mapping)).toEqual([
      ...['url key={{ key }}', 'url sig={{ sig }}'],
      ...['header Cookie={{ Cookie }}', 'header X-Auth={{ X_Auth }}'],
    ])
    expect(mapping.instances[0]!.values).toEqual({
      ...{ key: 'AbC123xyz', sig: 'zz9', Cookie: 'JSESSIONID=c0ffee', X_Auth: 's3cr3t' },
    })
    isNowhere(mapping, 'c0ffee', 's3cr3t', 'AbC123xyz', 'zz9')
  })

  test('in a cookie with a variable are secret variables', () => {
    const header = [{ key: 'Cookie', value: 'JSESSIONID=c0ffee; theme={{theme}}' }]
    const mapping = read(aCollection([aRequest(url, { header })]))
    expect(parametersOf(mapping)).toEqual(['header Cookie=JSESSIONID={{ JSESSIONID }}; theme={{ theme }}'])
    isNowhere(mapping, 'c0ffee')
  })

  test('after the first one of a request are secret variables', () => {
    const mapping = read(
      aCollection([aRequest(url, { description: 'With short12.' }), aRequest(`${url}?app_id=1&app_key=short12`)]),
    )
    expect(parametersOf(mapping, 1)).toEqual(['url app_key={{ app_key }}'])
    isNowhere(mapping, 'short12')
  })
})

describe('Texts within JSON', () => {
  test('may be JSON with two brackets in a row', () => {
    const inner = JSON.stringify({ c: '"', d: [[1]], a: { b: { e: 1 } } })
    const mapping = read(aCollection([post(JSON.stringify({ message: inner }))]))
    expect(endpointsOf(mapping)[0]!.bodyFormat).toBe('json')
    expect(linesOf(mapping)).toEqual([])
  })

  test('have their secret to the closing quote', () => {
    const inner = JSON.stringify({ a: { password: 'my pass, word' } })
    isNowhere(read(aCollection([post(JSON.stringify({ message: inner }))])), 'pass, word', 'my pass')
    isNowhere(read(aCollection([post('{"password": "my pass, word", oops')])), 'pass, word', 'my pass')
    isNowhere(read(aCollection([post(`{"a": ${JSON.stringify(inner)}, oops`)])), 'pass, word', 'my pass')
    isNowhere(read(aCollection([post('{"password": "pa; ss-{{x}} word", oops')])), 'ss-', ' word')
  })
})

describe('Private keys', () => {
  const lines = ['MIIEvQIBADANBgkq', 'short line one', 'aGVsbG8=']
  const pem = ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----'].join('\n')

  test('are one value of several lines', () => {
    const mapping = read(aCollection([post(JSON.stringify({ private_key: pem }))]))
    expect(variablesOf(mapping)).toMatchObject([{ key: 'private_key_2', secret: true, inputKind: 'multiline' }])
    isNowhere(mapping, ...lines)
  })

  test.each([
    ['within a text', `Key: ${pem} and more`, '{{ secret }} and more'],
    ['without an end', `Key: ${pem.replace(/-----END.*/, '')}`, '{{ secret }}'],
  ])('leave no part behind: %s', (_what, text, expected) => {
    const mapping = read(aCollection([aRequest(url, { method: 'POST', body: { mode: 'raw', raw: text } })]))
    expect(endpointsOf(mapping)[0]!.body).toContain(expected)
    isNowhere(mapping, ...lines)
  })
})

describe('Variables with secrets', () => {
  test('a token that Postman got is secret wherever it is used', () => {
    const mapping = read(
      aCollection([aRequest(`${url}?a={{tok}}&b={{both}}`)], {
        ...auth('oauth2', {
          grant_type: 'client_credentials',
          accessTokenUrl: 'https://acme.test/token',
          accessToken: '{{tok}}',
        }),
        variable: [
          { key: 'tok', value: 'old-tok-4711' },
          { key: 'both', value: 'x {{tok}}' },
        ],
      }),
    )
    expect(variablesOf(mapping).map(({ key, secret }) => [key, secret])).toEqual([
      ['tok', true],
      ['both', true],
    ])
    isNowhere(mapping, 'old-tok-4711')
  })

  test('a secret that is found after the variable was written', () => {
    const mapping = read(
      aCollection(
        [
          aRequest(url, auth('jwt', { algorithm: 'HS256', secret: '{{s}}', payload: '{"iss": "{{who}}"}' })),
          aRequest(url, auth('bearer', { token: '{{cred}}' })),
        ],
        {
          variable: [
            { key: 'cred', value: 'words-4711' },
            { key: 'who', value: 'a words-4711' },
          ],
        },
      ),
    )
    expect(variablesOf(mapping).find(({ key }) => key === 'who')).toMatchObject({ secret: true })
    isNowhere(mapping, 'words-4711')
  })

  test('a secret host leaves the allowed hosts to a person', () => {
    const mapping = read(aCollection([aRequest('https://{{host}}/orders')]), [
      environment('Live', { host: 'api.acme.test' }, ['host']),
    ])
    expect(mapping.connector.allowedHosts).toEqual([])
    expect(mapping.instances[0]!.values).toEqual({ host_address: 'https://api.acme.test' })
    expect(linesOf(mapping, /to the allowed hosts of the connector/)).toHaveLength(1)
    isNowhere(mapping, 'api.acme.test')
  })
})
