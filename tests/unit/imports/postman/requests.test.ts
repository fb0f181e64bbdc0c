import { describe, expect, test } from 'vitest'
import {
  aCollection,
  aRequest,
  endpointsOf,
  environment,
  linesOf,
  parametersOf,
  read,
  variablesOf,
} from './read-collection'

const url = 'https://api.acme.test/orders'

describe('The connector', () => {
  test('has the name, the version and the description of the collection', () => {
    const { connector } = read(
      aCollection([aRequest(url)], {
        info: { name: 'Acme', version: { major: 2, minor: 1, patch: 0 }, description: { content: 'Orders.' } },
      }),
    )
    expect(connector).toMatchObject({ name: 'Acme', versionLabel: '2.1.0', description: 'Orders.' })
  })

  test('has the host and the path of most requests as its base URL', () => {
    const mapping = read(
      aCollection([
        aRequest('https://API.acme.test/v1/orders'),
        aRequest('https://api.acme.test/v1/items/7'),
        aRequest('https://files.acme.test/v1/files'),
      ]),
    )
    expect(mapping.connector.baseUrl).toBe('https://api.acme.test/v1')
    expect(endpointsOf(mapping).map((endpoint) => endpoint.url)).toEqual([
      ...['/orders', '/items/7', 'https://files.acme.test/v1/files'],
    ])
  })

  test('takes no path of the requests that only names what they are about', () => {
    const { connector } = read(aCollection([aRequest(`${url}/1/items`), aRequest(`${url}/1/notes`)]))
    expect(connector.baseUrl).toBe('https://api.acme.test')
  })

  test('has the value of the variable that begins the addresses as its base URL', () => {
    const mapping = read(
      aCollection([aRequest('{{baseUrl}}/orders')], {
        variable: [{ key: 'baseUrl', value: 'https://api.acme.test/v2/' }],
      }),
    )
    expect(mapping.connector.baseUrl).toBe('https://api.acme.test/v2')
    expect(endpointsOf(mapping)[0]!.url).toBe('/orders')
    expect(variablesOf(mapping)).toEqual([])
  })

  test('has a URL variable where each environment has another host, with a value for each', () => {
    const mapping = read(aCollection([aRequest('{{baseUrl}}/orders')]), [
      environment('Live', { baseUrl: 'https://api.acme.test' }),
      environment('Test', { baseUrl: 'https://test.acme.test' }),
    ])
    expect(mapping.connector).toMatchObject({
      ...{ baseUrl: '{{ baseUrl }}', allowedHosts: ['api.acme.test', 'test.acme.test'] },
      variables: [{ key: 'baseUrl', inputKind: 'url', required: true }],
    })
    expect(mapping.instances.map(({ environment: name, values }) => [name, values.baseUrl])).toEqual([
      ['Live', 'https://api.acme.test'],
      ['Test', 'https://test.acme.test'],
    ])
  })

  test('has a URL variable for a host whose variable has another value in each environment', () => {
    const mapping = read(aCollection([aRequest('https://{{host}}/v1/orders')]), [
      environment('Live', { host: 'api.acme.test' }),
      environment('Test', { host: 'test.acme.test' }),
    ])
    expect(mapping.connector).toMatchObject({
      ...{ baseUrl: '{{ host_address }}', allowedHosts: ['api.acme.test', 'test.acme.test'] },
    })
    expect(mapping.instances[1]!.values.host_address).toBe('https://test.acme.test')
  })

  test('has a variable in the host if it has no value', () => {
    const mapping = read(aCollection([aRequest('https://{{shop}}.acme.test/orders')]))
    expect(mapping.connector).toMatchObject({ baseUrl: 'https://{{ shop }}.acme.test', variables: [{ key: 'shop' }] })
  })
})

describe('Requests', () => {
  test('are endpoints with the folders as their entity type', () => {
    const mapping = read(
      aCollection([
        { name: 'Sales', item: [{ name: 'Orders', item: [aRequest(url, { method: 'post' }, { name: 'Create' })] }] },
        aRequest(url, {}, { name: 'Create' }),
      ]),
    )
    expect(endpointsOf(mapping)).toMatchObject([
      { name: 'Create', entityType: 'Sales / Orders', method: 'POST', direction: 'send' },
      { name: 'Create (GET /orders)', entityType: '', method: 'GET', direction: 'receive' },
    ])
  })

  test('may be only an address', () => {
    expect(endpointsOf(read(aCollection([{ name: 'Orders', request: url }])))[0]).toMatchObject({ url: '/orders' })
  })

  test('have a variable for :name in the path, with its example in the help text', () => {
    const variable = [{ key: 'id', value: '17', description: 'Of the order.' }]
    const [endpoint] = endpointsOf(read(aCollection([aRequest({ raw: `${url}/:id`, variable })])))
    expect(endpoint).toMatchObject({
      ...{
        url: '/orders/{{ id }}',
        variables: [{ key: 'id', required: true, helpText: 'Of the order.\nExample: 17' }],
      },
    })
  })

  test('send query parameters, and those that are switched off are optional', () => {
    const query = [
      { key: 'limit', value: '20' },
      { key: 'q', value: '{{search}}' },
      { key: 'page', value: '3', disabled: true, description: 'From 1.' },
    ]
    const mapping = read(aCollection([aRequest({ raw: `${url}?limit=20`, query })]))
    expect(parametersOf(mapping)).toEqual(['url limit=20', 'url q={{ search }}', 'url page?'])
    expect(endpointsOf(mapping)[0]!.parameters![2]!.helpText).toBe('From 1.\nExample: 3')
  })

  test('read the query of a list as it is written in an address', () => {
    const query = [
      { key: 'filter%5Bname%5D', value: 'x%20y+z' },
      { key: 'b', value: '100% %FF {{a%20b}}' },
    ]
    expect(parametersOf(read(aCollection([aRequest({ raw: url, query })])))).toEqual([
      ...['url filter[name]=x y+z', 'url b=100% %FF {{ a_20b }}'],
    ])
  })

  test('read the query of an address that is a text', () => {
    expect(parametersOf(read(aCollection([aRequest(`${url}?a=1&b=x%20y`)])))).toEqual(['url a=1', 'url b=x y'])
  })

  test('send headers, but not those that Patchbay sets itself', () => {
    const header = [
      { key: 'Accept', value: 'application/json' },
      { key: 'X-Trace', value: '{{$guid}}' },
      { key: 'Host', value: 'x.test' },
      { key: 'X-Debug', value: '1', disabled: true },
    ]
    const mapping = read(aCollection([aRequest(url, { header })]))
    expect(parametersOf(mapping)).toEqual([
      'header Accept=application/json',
      'header X-Trace={{ uuid }}',
      'header X-Debug?',
    ])
    expect(linesOf(mapping, /“Host”/)).toHaveLength(1)
  })

  test('with a method that cannot be sent are reported', () => {
    const mapping = read(aCollection([aRequest(url, { method: 'PURGE' }), aRequest(url)]))
    expect(endpointsOf(mapping)).toHaveLength(1)
    expect(linesOf(mapping, /PURGE/)[0]).toMatch(/^not_imported \/item\/0\/request\/method/)
  })

  test('say what of them is not imported', () => {
    const mapping = read(
      aCollection([
        aRequest(
          url,
          { certificate: { name: 'c' }, proxy: { host: 'p' } },
          { protocolProfileBehavior: { followRedirects: false }, response: [{ name: 'Example' }] },
        ),
      ]),
    )
    expect(linesOf(mapping).map((line) => line.replace(/:.*/, ''))).toEqual([
      ...['not_imported /item/0/request/certificate', 'not_imported /item/0/request/proxy'],
      ...['not_imported /item/0/protocolProfileBehavior', 'not_imported /item/0/response'],
    ])
  })
})

describe('Bodies', () => {
  const bodyOf = (body: unknown, header: unknown[] = []) =>
    read(aCollection([aRequest(url, { method: 'POST', body, header })]))
  const json = (raw: string) => ({ mode: 'raw', raw, options: { raw: { language: 'json' } } })

  test('are JSON with variables in and outside of texts', () => {
    const mapping = bodyOf(
      json('{\n  // the order\n  "id": {{orderId}}, "name": "A {{name}}", "list": [[1], {"a": {"b": 1.50}}]\n}'),
    )
    expect(endpointsOf(mapping)[0]).toMatchObject({ bodyFormat: 'json' })
    expect(endpointsOf(mapping)[0]!.body).toContain(
      '"id": {{ orderId }}, "name": "A {{ name }}", "list": [ [1], {"a": {"b": 1.50} }]',
    )
    expect(parametersOf(mapping)).toEqual([])
  })

  test('stay as they are with a line in the report if they are no JSON', () => {
    const mapping = bodyOf(json('{"a": '))
    expect(endpointsOf(mapping)[0]).toMatchObject({ bodyFormat: 'raw', body: '{"a": ' })
    expect(parametersOf(mapping)).toEqual(['header Content-Type=application/json'])
    expect(linesOf(mapping, /not valid JSON/)).toHaveLength(1)
  })

  test('are XML or text by their language or their content type', () => {
    const xml = bodyOf({ mode: 'raw', raw: '<a>{{b}}</a>', options: { raw: { language: 'xml' } } })
    expect(endpointsOf(xml)[0]).toMatchObject({ bodyFormat: 'xml', body: '<a>{{ b }}</a>' })
    const soap = bodyOf({ mode: 'raw', raw: '<a/>' }, [{ key: 'Content-Type', value: 'application/soap+xml' }])
    expect(endpointsOf(soap)[0]!.bodyFormat).toBe('xml')
    expect(parametersOf(soap)).toEqual(['header Content-Type=application/soap+xml'])
    expect(endpointsOf(bodyOf({ mode: 'raw', raw: 'hello' }))[0]!.bodyFormat).toBe('text')
  })

  test('are forms, whose files are reported', () => {
    const urlencoded = [
      { key: 'a', value: '1' },
      { key: 'b', value: '{{b}}', disabled: true },
    ]
    const form = bodyOf({ mode: 'urlencoded', urlencoded })
    expect(parametersOf(form)).toEqual(['body a=1', 'body b?'])
    expect(endpointsOf(form)[0]!.variables).toEqual([])
    const mapping = bodyOf({
      mode: 'formdata',
      formdata: [
        { key: 'a', value: '1' },
        { key: 'f', type: 'file', src: '/x' },
      ],
    })
    expect(endpointsOf(mapping)[0]!.bodyFormat).toBe('multipart')
    expect(parametersOf(mapping)).toEqual(['body a=1'])
    expect(linesOf(mapping, /“f” is a file/)).toHaveLength(1)
  })

  test('are GraphQL as JSON', () => {
    const mapping = bodyOf({
      mode: 'graphql',
      graphql: { query: '{ shop { name } }', variables: '{"first": {{first}}}' },
    })
    const { bodyFormat, body } = endpointsOf(mapping)[0]!
    expect(bodyFormat).toBe('json')
    expect(body).toContain('"variables": {"first": {{ first }}')
  })

  test('that are a file or switched off are reported', () => {
    expect(linesOf(bodyOf({ mode: 'file', file: { src: '/a' } }), /a file/)).toHaveLength(1)
    expect(linesOf(bodyOf({ ...json('{}'), disabled: true }), /switched off/)).toHaveLength(1)
  })
})

describe('Variables', () => {
  test('of the collection are variables of the connector with their value as the default', () => {
    const mapping = read(
      aCollection([aRequest(`${url}?account={{account id}}`)], {
        variable: [{ key: 'account id', value: 'A-17', description: 'The account.' }],
      }),
    )
    expect(variablesOf(mapping)).toMatchObject([{ key: 'account_id', defaultValue: 'A-17', helpText: 'The account.' }])
    expect(parametersOf(mapping)).toEqual(['url account={{ account_id }}'])
    expect(mapping.instances).toEqual([])
  })

  test('of an environment have their value for an instance', () => {
    const mapping = read(
      aCollection([aRequest(`${url}?account={{account}}`)], { variable: [{ key: 'account', value: 'A' }] }),
      [environment('Live', { account: 'B' })],
    )
    expect(variablesOf(mapping)).toMatchObject([{ key: 'account', defaultValue: 'A' }])
    expect(mapping.instances).toEqual([{ method: 'No authentication', environment: 'Live', values: { account: 'B' } }])
  })

  test('that nothing defines are variables of the endpoint', () => {
    const mapping = read(aCollection([aRequest(`${url}/{{orderId}}`)]))
    expect(variablesOf(mapping)).toEqual([])
    expect(endpointsOf(mapping)[0]).toMatchObject({ variables: [{ key: 'orderId', required: true }] })
  })

  test('that no request uses, or that are switched off, are reported', () => {
    const mapping = read(
      aCollection([aRequest(url)], {
        variable: [
          { key: 'a', value: '1' },
          { key: 'b', value: '2', disabled: true },
        ],
      }),
    )
    expect(linesOf(mapping)).toEqual([
      'note /variable/1: This variable is switched off, so it was left out.',
      'not_imported /variable/0: No request uses the variable “a”, so it was left out.',
    ])
  })

  test('may name each other', () => {
    const mapping = read(
      aCollection([aRequest('{{api}}/orders')], {
        variable: [
          { key: 'api', value: '{{host}}/v1' },
          { key: 'host', value: 'https://acme.test' },
        ],
      }),
    )
    expect(mapping.connector.baseUrl).toBe('https://acme.test/v1')
    expect(linesOf(mapping)).toEqual([])
  })
})

describe('Scripts', () => {
  const scriptLine = (exec: string, listen = 'test') =>
    linesOf(
      read(
        aCollection([aRequest(url, { header: [{ key: 'Authorization', value: 'Bearer {{token}}' }] })], {
          event: [{ listen, script: { exec: exec.split('\n') } }],
          variable: [{ key: 'token', value: '' }],
        }),
      ),
    )

  test.each([
    [
      'pm.environment.set("token", pm.response.json().access_token)',
      'test',
      'It sets the variable “token” from the response of this request. Use an authentication method',
    ],
    [
      'const jsonData = JSON.parse(responseBody);\npostman.setEnvironmentVariable("orderId", jsonData.id)',
      'test',
      'It sets the variable “orderId” from the response. A flow',
    ],
    ['pm.variables.set("now", Date.now())', 'prerequest', 'It sets the variable “now”.'],
    ['const hash = CryptoJS.HmacSHA256("a", "b")', 'prerequest', 'type Request signature'],
    ['pm.sendRequest("https://acme.test/token", () => {})', 'prerequest', 'It sends another request.'],
    ['pm.test("ok", () => pm.response.to.have.status(200))', 'test', 'It checks the response.'],
  ])('are listed with what they do: %s', (exec, listen, sentence) => {
    expect(scriptLine(exec, listen)).toEqual([expect.stringContaining(sentence)])
    expect(scriptLine(exec, listen)[0]).toMatch(/^not_imported \/event\/0: A script (?:before|after)/)
  })

  test('without a known pattern are listed too, and empty ones are not', () => {
    expect(scriptLine('console.log(1)')).toEqual([
      'not_imported /event/0: A script after the response was not imported, because Patchbay does not run scripts.',
    ])
    expect(scriptLine(' ')).toEqual([])
  })
})
