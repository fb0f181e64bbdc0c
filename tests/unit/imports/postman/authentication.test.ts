import { describe, expect, test } from 'vitest'
import {
  aCollection,
  aRequest,
  auth,
  endpointsOf,
  environment,
  linesOf,
  methodsOf,
  parametersOf,
  read,
  schemaOf,
  variablesOf,
} from './read-collection'

const url = 'https://api.acme.test/orders'
const one = (type: string, fields: Record<string, unknown>, more = {}) =>
  read(aCollection([aRequest(url)], { ...auth(type, fields), ...more }))
/** Not in the definition and not in the report. */
const isNowhere = (mapping: ReturnType<typeof read>, ...secrets: string[]) => {
  const shown = JSON.stringify([mapping.connector, mapping.report()])
  for (const secret of secrets) expect(shown).not.toContain(secret)
}

describe('Types of authentication', () => {
  test.each([
    [
      'basic',
      { username: 'dana', password: 'correct horse' },
      'basic',
      { username: 'dana', password: 'correct horse' },
    ],
    [
      'digest',
      { username: 'dana', password: 'correct horse' },
      'digest',
      { username: 'dana', password: 'correct horse' },
    ],
    ['bearer', { token: 'tok-4711-secret' }, 'token', { token: 'tok-4711-secret' }],
    ['apikey', { key: 'X-Key', value: 'key-4711-secret', in: 'header' }, 'token', { token: 'key-4711-secret' }],
    [
      'oauth1',
      { consumerKey: 'ck', consumerSecret: 'consumer-secret-1', signatureMethod: 'HMAC-SHA1' },
      'oauth1',
      { consumer_key: 'ck', consumer_secret: 'consumer-secret-1' },
    ],
    [
      'awsv4',
      { accessKey: 'AK', secretKey: 'aws-secret-1', region: 'eu-west-1', service: 's3' },
      'request_signature',
      { access_key_id: 'AK', secret_key: 'aws-secret-1' },
    ],
    [
      'jwt',
      { algorithm: 'HS256', secret: 'jwt-shared-1', payload: '{"iss":"acme"}' },
      'signed_jwt',
      { private_key: 'jwt-shared-1' },
    ],
    [
      'asap',
      { alg: 'RS256', iss: 'me', aud: 'you', kid: 'k1', privateKey: 'pem-of-the-key' },
      'signed_jwt',
      { private_key: 'pem-of-the-key' },
    ],
    [
      'oauth2',
      {
        grant_type: 'client_credentials',
        accessTokenUrl: 'https://acme.test/token',
        clientId: 'app',
        clientSecret: 'client-secret-1',
      },
      'oauth2_client_credentials',
      { client_id: 'app', client_secret: 'client-secret-1' },
    ],
  ])('%s becomes a method, and its values those of an instance', (type, fields, expected, values) => {
    const mapping = one(type, fields)
    expect(methodsOf(mapping)).toMatchObject([{ type: expected }])
    expect(mapping.instances).toEqual([{ method: methodsOf(mapping)[0]!.name, environment: '', values }])
    expect(endpointsOf(mapping)[0]!.accepts).toEqual([methodsOf(mapping)[0]!.name])
    isNowhere(mapping, ...Object.values(values).filter((value) => value.length > 6))
  })

  test('an API key is sent where it is in Postman', () => {
    const [method] = methodsOf(one('apikey', { key: 'key', value: 'a-secret-1', in: 'query' }))
    expect(method).toMatchObject({ options: { placement: { place: 'url', key: 'key', value: '{{ token }}' } } })
  })

  test('OAuth 2 has the URLs, the scope and the parameters of its grant', () => {
    const [method] = methodsOf(
      one(
        'oauth2',
        {
          ...{ grant_type: 'authorization_code_with_pkce', authUrl: 'https://acme.test/authorize' },
          ...{ accessTokenUrl: '{{idp}}/token', scope: 'read write', client_authentication: 'body', audience: 'shop' },
        },
        { variable: [{ key: 'idp', value: 'https://id.acme.test' }] },
      ),
    )
    expect(method).toMatchObject({
      type: 'oauth2_authorization_code',
      requests: { authorise: { url: 'https://acme.test/authorize' }, exchange: { url: 'https://id.acme.test/token' } },
      options: { pkce: 'S256', clientAuthentication: 'client_secret_post' },
      variables: [{ key: 'scope', defaultValue: 'read write' }],
      parameters: [{ in: 'body', key: 'audience', value: 'shop', sentWith: ['exchange'] }],
    })
  })

  test('a parameter of OAuth 2 that differs between environments is a variable', () => {
    const fields = {
      ...{ grant_type: 'client_credentials', accessTokenUrl: 'https://acme.test/token', audience: '{{aud}}' },
      tokenRequestParams: [{ key: 'tenant', value: 'of {{aud}}' }],
    }
    const mapping = read(aCollection([aRequest(url)], auth('oauth2', fields)), [
      environment('Live', { aud: 'live' }),
      environment('Test', { aud: 'test' }),
    ])
    expect(methodsOf(mapping)[0]).toMatchObject({
      parameters: [
        { key: 'audience', value: '{{ aud }}' },
        { key: 'tenant', value: 'of {{ aud }}' },
      ],
    })
    expect(mapping.instances.map(({ values }) => values.aud)).toEqual(['live', 'test'])
  })

  test('a name of an API key that differs between environments is reported', () => {
    const mapping = read(aCollection([aRequest(url)], auth('apikey', { key: '{{name}}', value: '{{v}}' })), [
      environment('Live', { name: 'X-Live' }),
      environment('Test', { name: 'X-Test' }),
    ])
    expect(methodsOf(mapping)[0]).toMatchObject({ options: { placement: { key: 'X-Live' } } })
    expect(linesOf(mapping, /changed \/auth: .*another name in each environment/)).toHaveLength(1)
  })

  test('the password grant asks for a user name and a password', () => {
    const mapping = one('oauth2', {
      grant_type: 'password_credentials',
      accessTokenUrl: 'https://acme.test/token',
      username: 'dana',
      password: 'secret-horse',
    })
    expect(mapping.instances[0]!.values).toEqual({ username: 'dana', password: 'secret-horse' })
    expect(methodsOf(mapping)[0]).toMatchObject({ parameters: [{ key: 'username' }, { key: 'password' }] })
  })

  test('a token that Postman got is not imported where Patchbay gets one itself', () => {
    const mapping = one('oauth2', {
      grant_type: 'client_credentials',
      accessTokenUrl: 'https://acme.test/token',
      accessToken: 'old-token-4711',
    })
    expect(JSON.stringify([mapping.connector, mapping.instances, mapping.report()])).not.toContain('old-token-4711')
  })

  const unknown: Record<string, string> = Object.assign(Object.create(null), {
    ...{ hawk: 'Hawk', ntlm: 'NTLM', edgegrid: 'Akamai EdgeGrid' },
  })

  test.each(['hawk', 'ntlm', 'edgegrid', 'magic', '__proto__', 'constructor'])(
    '%s is reported, and the request accepts nothing',
    (type) => {
      const mapping = one(type, { user: 'x' })
      expect(methodsOf(mapping)).toEqual([])
      expect(endpointsOf(mapping)[0]!.accepts).toEqual([])
      expect(linesOf(mapping, /not_imported \/auth/)).toEqual([
        expect.stringContaining(`of the type ${unknown[type] ?? `“${type}”`},`),
      ])
    },
  )

  test('fields of version 2.0 are an object', () => {
    const mapping = read(
      aCollection([aRequest(url)], {
        info: { name: 'Acme', schema: schemaOf('2.0.0') },
        auth: { type: 'basic', basic: { username: 'dana', password: 'correct horse' } },
      }),
    )
    expect(mapping.instances[0]!.values).toEqual({ username: 'dana', password: 'correct horse' })
  })
})

describe('Inheritance', () => {
  test('a request has its own, that of the nearest folder, or that of the collection', () => {
    const mapping = read(
      aCollection(
        [
          aRequest(url, {}, { name: 'a' }),
          {
            name: 'Folder',
            ...auth('apikey', { key: 'X-Key', value: '{{key}}' }),
            item: [aRequest(url, {}, { name: 'b' }), { name: 'Inner', item: [aRequest(url, {}, { name: 'c' })] }],
          },
          aRequest(url, auth('noauth', {}), { name: 'd' }),
          aRequest(url, auth('basic', { username: 'u' }), { name: 'e' }),
        ],
        auth('bearer', { token: '{{token}}' }),
      ),
    )
    expect(endpointsOf(mapping).map(({ name, accepts }) => [name, accepts])).toEqual([
      ['a', ['Bearer token']],
      ['b', ['API key (X-Key)']],
      ['c', ['API key (X-Key)']],
      ['d', ['No authentication']],
      ['e', ['Basic authentication']],
    ])
  })

  test('the same authentication twice is one method, and another variable is another one', () => {
    const mapping = read(
      aCollection([
        aRequest(url, auth('bearer', { token: '{{token}}' })),
        aRequest(url, auth('bearer', { token: '{{token}}' })),
        aRequest(url, auth('bearer', { token: '{{admin}}' })),
      ]),
    )
    expect(methodsOf(mapping).map(({ name }) => name)).toEqual(['Bearer token', 'Bearer token (admin)'])
  })

  test('several written values are one method, with the first of them for an instance', () => {
    const mapping = read(
      aCollection([
        aRequest(url, auth('bearer', { token: 'first-token-1' })),
        aRequest(url, auth('bearer', { token: 'other-token-2' })),
      ]),
    )
    expect(methodsOf(mapping)).toHaveLength(1)
    expect(mapping.instances[0]!.values).toEqual({ token: 'first-token-1' })
    expect(linesOf(mapping, /differs from an earlier one/)).toHaveLength(1)
    isNowhere(mapping, 'first-token-1', 'other-token-2')
  })

  test('a header with a credential is a method', () => {
    const header = [
      { key: 'Authorization', value: 'Bearer {{token}}' },
      { key: 'Accept', value: '*/*' },
    ]
    const mapping = read(aCollection([aRequest(url, { header }), aRequest(`${url}?api_key={{key}}`)]))
    expect(methodsOf(mapping).map(({ name }) => name)).toEqual(['Bearer token', 'API key (api_key)'])
    expect(parametersOf(mapping)).toEqual(['header Accept=*/*'])
    expect(parametersOf(mapping, 1)).toEqual([])
  })
})

describe('Secrets', () => {
  test('of an environment are values for an instance of each method that uses them', () => {
    const mapping = read(aCollection([aRequest(url)], auth('bearer', { token: '{{token}}' })), [
      environment('Live', { token: 'live-4711-aaa' }, ['token']),
      environment('Test', { token: 'test-4711-bbb' }, ['token']),
    ])
    expect(mapping.instances).toEqual([
      { method: 'Bearer token', environment: 'Live', values: { token: 'live-4711-aaa' } },
      { method: 'Bearer token', environment: 'Test', values: { token: 'test-4711-bbb' } },
    ])
    isNowhere(mapping, 'live-4711-aaa', 'test-4711-bbb')
  })

  test('a variable that an authentication uses is secret wherever else it is used', () => {
    const mapping = read(
      aCollection([aRequest(`${url}?trace={{credential}}`)], {
        ...auth('bearer', { token: '{{credential}}' }),
        variable: [{ key: 'credential', value: 'plain words' }],
      }),
    )
    expect(variablesOf(mapping)).toMatchObject([{ key: 'credential', secret: true }])
    expect(mapping.instances[0]!.values).toEqual({ credential: 'plain words', token: 'plain words' })
    isNowhere(mapping, 'plain words')
  })

  test('that are written in a request are secret variables, also where they are sent again', () => {
    const body = {
      mode: 'raw',
      raw: '{"password": "correct horse", "note": "is correct horse"}',
      options: { raw: { language: 'json' } },
    }
    const mapping = read(
      aCollection([
        aRequest(url, { method: 'POST', body, description: 'Use correct horse.' }, { name: 'Log in as correct horse' }),
      ]),
    )
    expect(variablesOf(mapping)).toMatchObject([{ key: 'password_2', secret: true }])
    expect(endpointsOf(mapping)[0]).toMatchObject({
      ...{
        name: 'Log in as …',
        description: 'Use ….',
        body: '{"password": "{{ password_2 }}", "note": "is {{ password_2 }}"}',
      },
    })
    expect(mapping.instances[0]!.values).toEqual({ password_2: 'correct horse' })
    isNowhere(mapping, 'correct horse')
  })

  test('do not stand in names of folders, variables, scripts and examples', () => {
    const secret = 'live-4711-aaa'
    const mapping = read(
      aCollection(
        [
          {
            name: `Of ${secret}`,
            item: [
              aRequest({
                raw: `${url}?a=${secret}`,
                query: [{ key: 'a', value: secret, disabled: true, description: secret }],
              }),
            ],
          },
        ],
        {
          ...auth('bearer', { token: secret }),
          event: [{ listen: 'test', script: { exec: [`pm.environment.set("${secret}", pm.response.json())`] } }],
          variable: [{ key: `x${secret}`, value: '1' }],
        },
      ),
    )
    isNowhere(mapping, secret)
  })

  test('the user name and the password of an address are nowhere', () => {
    isNowhere(read(aCollection([aRequest('https://dana:correct-horse@api.acme.test/orders')])), 'correct-horse')
  })
})
