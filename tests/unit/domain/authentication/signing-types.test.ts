import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import type { SignatureOptions } from '@/lib/domain/method-options/options-schema'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { ConnectorDefinition, EndpointDefinition } from '@/lib/domain/definitions'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import { placeholderSigner } from '@/lib/domain/signer'
import type { AuthenticationType } from '@/lib/domain/vocabulary'
import {
  aConnector,
  aMethod,
  anEndpoint,
  aParameter,
  aScope,
  aVariable,
  codeOf,
  methodValues,
  refusalOf,
  valueOf,
} from '@/tests/support/definition-builders'

const reserved = { now: '2026-11-21T05:15:00.000Z', nonce: 'a-nonce', uuid: 'a-uuid' }

type Given = {
  options?: object
  connector?: Partial<ConnectorDefinition>
  method?: Partial<MethodDefinition>
  endpoint?: Partial<EndpointDefinition>
  values?: Record<string, string>
  reserved?: object
}

function built(type: AuthenticationType, given: Given = {}, withSigner: typeof signer | null = signer) {
  const method = aMethod(type, { options: given.options ?? {}, ...given.method })
  return buildEndpointRequest({
    ...{
      connector: aConnector(given.connector),
      endpoint: anEndpoint(given.endpoint),
      confirmedOrigins: originsUnchecked,
      signer: withSigner ?? undefined,
    },
    method,
    values: { instance: methodValues(given.values ?? {}) },
    reserved: { ...reserved, ...given.reserved },
  })
}

const header = ({ headers }: { headers: [string, string][] }, name: string) =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? ''

describe('OAuth 1', () => {
  const values = {
    consumer_key: 'ck',
    consumer_secret: 'consumer-secret-1',
    token: 'tk',
    token_secret: 'token-secret-1',
  }

  it('signs the finished request, with its parameters, and lists the secrets', () => {
    const endpoint = { url: '/orders?b=1', parameters: [aParameter('a', 'x y', { phases: [] })] }
    const { request, secrets, credentialNames } = valueOf(
      built('oauth1', { values: { ...values, realm: 'ACME_1' }, endpoint }),
    )
    expect(request.url).toBe('https://api.acme.test/v1/orders?b=1&a=x%20y')
    expect(header(request, 'authorization')).toMatch(
      /^OAuth realm="ACME_1", oauth_consumer_key="ck", oauth_token="tk", oauth_signature_method="HMAC-SHA256", oauth_timestamp="1795238100", oauth_nonce="a-nonce", oauth_version="1\.0", oauth_signature="/,
    )
    const signature = decodeURIComponent(/oauth_signature="([^"]+)"/.exec(header(request, 'authorization'))?.[1] ?? '')
    expect(secrets.texts()).toEqual(expect.arrayContaining(['consumer-secret-1', 'token-secret-1', signature]))
    expect(credentialNames.headers).toContain('Authorization')
  })

  it('is sent in the query if the method says so, but never to another origin', () => {
    const { request, credentialNames } = valueOf(
      built('oauth1', { values, options: { oauth1: { placement: 'query', bodyHash: false } } }),
    )
    const sent = [...new URL(request.url).searchParams.keys()]
    expect(sent).toContain('oauth_signature')
    expect(credentialNames.queryKeys).toEqual(
      expect.arrayContaining(['oauth_signature', 'oauth_token', 'oauth_consumer_key']),
    )
  })

  it('needs a consumer key and secret, and no token', () => {
    expect(refusalOf(built('oauth1', { values: { consumer_key: 'ck' } })).message).toContain('Consumer secret')
    const { request } = valueOf(built('oauth1', { values: { consumer_key: 'ck', consumer_secret: 'cs' } }))
    expect(header(request, 'authorization')).not.toContain('oauth_token')
  })

  it('uses the defaults of variables that were removed from the method (rule R13)', () => {
    const own = aMethod('oauth1').variables.filter(({ key }) => ['consumer_key', 'consumer_secret'].includes(key))
    const { request } = valueOf(
      built('oauth1', { values: { consumer_key: 'ck', consumer_secret: 'cs' }, method: { variables: own } }),
    )
    expect(header(request, 'authorization')).toMatch(
      /^OAuth oauth_consumer_key="ck", oauth_signature_method="HMAC-SHA256", oauth_timestamp=/,
    )
  })

  it('never lets a realm start another header', () => {
    expect(codeOf(built('oauth1', { values: { ...values, realm: 'a\r\nX-Admin: 1' } }))).toBe('invalid_header')
  })

  it('reports a realm that cannot be sent in a header', () => {
    expect(refusalOf(built('oauth1', { values: { ...values, realm: 'Łódź' } })).message).toMatch(
      /^“Realm” contains a character that is not allowed in headers\./,
    )
  })

  it('with RSA uses the consumer secret as the private key, and refuses an invalid one without showing it', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const rsa = { ...values, signature_method: 'RSA-SHA256', consumer_secret: pem }
    expect(header(valueOf(built('oauth1', { values: rsa })).request, 'authorization')).toContain(
      'oauth_signature_method="RSA-SHA256"',
    )
    const refused = built('oauth1', { values: { ...rsa, consumer_secret: 'consumer-secret-1' } })
    expect(refusalOf(refused).message).toContain('not a private key in PEM format')
    expect(JSON.stringify(refused)).not.toContain('consumer-secret-1')
  })

  it('is signed only on the server; a preview has a placeholder', () => {
    const rsa = { ...values, signature_method: 'RSA-SHA256', consumer_secret: 'patchbaysecret' }
    expect(refusalOf(built('oauth1', { values: rsa }, null)).message).toContain('only be used on the server')
    expect(codeOf(built('oauth1', { values: rsa }, placeholderSigner))).toBe('accepted')
  })
})

describe('Request signature', () => {
  const secretKey = { secret_key: 'secret-key-0123456789' }
  const signature = (given: Partial<SignatureOptions>) => ({ signature: given })
  const own = (...keys: string[]) => [
    aVariable('secret_key', { level: 'method', secret: true, required: true }),
    ...keys.map((key) => aVariable(key, { level: 'method' })),
  ]

  it('AWS: is computed from templates, and its result is redacted', () => {
    const options = signature({
      scheme: 'aws_sigv4',
      accessKeyId: '{{ key_id }}',
      secretAccessKey: '{{ secret_key }}',
      region: 'eu-west-1',
      service: 'execute-api',
    })
    const { request, secrets, credentialNames } = valueOf(
      built('request_signature', {
        options,
        method: { variables: own('key_id') },
        values: { ...secretKey, key_id: 'AKID' },
      }),
    )
    expect(header(request, 'authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/20261121\/eu-west-1\/execute-api\/aws4_request, SignedHeaders=host;x-amz-date, Signature=[0-9a-f]{64}$/,
    )
    expect(header(request, 'x-amz-date')).toBe('20261121T051500Z')
    expect(secrets.texts()).toContain(/Signature=(.*)$/.exec(header(request, 'authorization'))?.[1])
    expect(credentialNames.headers).toContain('X-Amz-Security-Token')
  })

  it('AWS: reports what is missing', () => {
    const options = signature({
      scheme: 'aws_sigv4',
      accessKeyId: 'AKID',
      secretAccessKey: '{{ secret_key }}',
      region: '',
      service: 's3',
    })
    expect(refusalOf(built('request_signature', { options, values: secretKey })).message).toBe(
      'The signature needs the region, but it has no value.',
    )
  })

  it('AWS: in the query expires after an hour, or when the method says', () => {
    const base = {
      scheme: 'aws_sigv4',
      accessKeyId: 'AKID',
      secretAccessKey: '{{ secret_key }}',
      region: 'r',
      service: 's',
      signedIn: 'query',
    } as const
    const expires = (given: Partial<SignatureOptions>) =>
      new URL(
        valueOf(built('request_signature', { options: signature({ ...base, ...given }), values: secretKey })).request
          .url,
      ).searchParams.get('X-Amz-Expires')
    expect(expires({})).toBe('3600')
    expect(expires({ lifetimeSeconds: 60 })).toBe('60')
  })

  it('RFC 9421: has times, key ID, algorithm, nonce and tag', () => {
    const options = signature({
      ...{
        scheme: 'http_message_signatures',
        components: ['@method', '@query', 'content-digest'],
        algorithm: 'hmac-sha256',
        key: '{{ secret_key }}',
      },
      ...{ keyId: 'acme-{{ account }}', tag: 'acme', lifetimeSeconds: 60, contentDigest: 'sha-256' },
    })
    const given = { options, method: { variables: own('account') }, values: { ...secretKey, account: '7' } }
    const { request } = valueOf(built('request_signature', given))
    const parameters =
      ';created=1795238100;expires=1795238160;keyid="acme-7";alg="hmac-sha256";nonce="a-nonce";tag="acme"'
    expect(header(request, 'signature-input')).toBe(`sig1=("@method" "@query")${parameters}`)
    const post = valueOf(
      built('request_signature', { ...given, endpoint: { httpMethod: 'POST', bodyFormat: 'json', body: '{"a":1}' } }),
    ).request
    expect(header(post, 'signature-input')).toBe(`sig1=("@method" "@query" "content-digest")${parameters}`)
  })

  // Shows C13.
  it('of templates: can use the finished request, and sends the query exactly as signed', () => {
    const options = signature({
      scheme: 'template',
      placements: [
        {
          place: 'header',
          key: 'X-Signed',
          value: '{{ request_method }} {{ request_path }} {{ request_query }} {{ request_body }} {{ nonce }}',
        },
        { place: 'url', key: 'sign', value: '{{ secret_key | base64_encode }}' },
      ],
    })
    const endpoint = {
      url: "/orders?z=1&a='b'",
      httpMethod: 'POST',
      bodyFormat: 'json',
      body: '{"q":"{{ secret_key }}"}',
    } as const
    const { request, secrets, credentialNames } = valueOf(
      built('request_signature', { options, values: secretKey, endpoint: { ...endpoint, body: '{"q":1}' } }),
    )
    const encoded = Buffer.from(secretKey.secret_key).toString('base64')
    expect(header(request, 'x-signed')).toBe('POST /v1/orders a=%27b%27&z=1 {"q":1} a-nonce')
    expect(request.url).toBe(`https://api.acme.test/v1/orders?a=%27b%27&z=1&sign=${encodeURIComponent(encoded)}`)
    expect(secrets.texts()).toContain(encoded)
    expect(credentialNames).toMatchObject({ headers: ['X-Signed'], queryKeys: ['sign'] })
  })

  it('of templates: sends the query as written if no signature uses it', () => {
    const options = signature({
      scheme: 'template',
      placements: [{ place: 'header', key: 'X-Key', value: '{{ secret_key }}' }],
    })
    const computed = [{ key: 'text', value: '{{ request_query }}' }]
    const endpoint = { url: '/orders?z=1&a=2' }
    const { request } = valueOf(
      built('request_signature', { options: { ...options, computed }, values: secretKey, endpoint }),
    )
    expect(request.url).toBe('https://api.acme.test/v1/orders?z=1&a=2')
    const placements = [{ place: 'header', key: 'X-Key', value: '{{ text }}' }] as const
    const named = { ...signature({ scheme: 'template', placements: [...placements] }), computed }
    expect(valueOf(built('request_signature', { options: named, values: secretKey, endpoint })).request.url).toContain(
      '?a=2&z=1',
    )
  })

  it('of templates: can never start another header', () => {
    const options = signature({
      scheme: 'template',
      placements: [{ place: 'header', key: 'X-Key', value: '{{ secret_key }}' }],
    })
    expect(codeOf(built('request_signature', { options, values: { secret_key: 'a\r\nX-Admin: 1' } }))).toBe(
      'invalid_header',
    )
  })

  it('refuses to sign without a token that it needs', () => {
    const options = signature({
      scheme: 'template',
      placements: [{ place: 'header', key: 'X-Token', value: '{{ access_token }}' }],
    })
    expect(refusalOf(built('request_signature', { options, values: secretKey })).message).toContain('access_token')
    const { request } = valueOf(
      built('request_signature', { options, values: secretKey, reserved: { access_token: 'at-1' } }),
    )
    expect(header(request, 'x-token')).toBe('at-1')
  })
})

describe('A signature in the query replaces the connector’s parameters with the same keys', () => {
  const queryOf = (type: AuthenticationType, options: object, keys: string[], given: Partial<Given> = {}) => {
    const parameters = [...keys, 'locale'].map((key) => aParameter(key, 'shared'))
    const { request } = valueOf(built(type, { options, connector: { parameters }, ...given }))
    return [...new URL(request.url).searchParams].map(([key, value]) => (value === 'shared' ? `${key} (shared)` : key))
  }
  const oauth1Values = { consumer_key: 'ck', consumer_secret: 'cs', token: 'tk', token_secret: 'ts' }

  it('with OAuth 1', () => {
    const keys = [
      ...['oauth_consumer_key', 'oauth_token', 'oauth_signature_method', 'oauth_timestamp', 'oauth_nonce'],
      ...['oauth_version', 'oauth_signature'],
    ]
    const inQuery = { oauth1: { placement: 'query', bodyHash: false } }
    expect(queryOf('oauth1', inQuery, keys, { values: oauth1Values })).toEqual(['locale (shared)', ...keys])
    expect(queryOf('oauth1', {}, ['oauth_token'], { values: oauth1Values })).toEqual([
      'oauth_token (shared)',
      'locale (shared)',
    ])
  })

  it('with templates', () => {
    const placements = [
      { place: 'url', key: 'timestamp', value: '{{ now }}' },
      { place: 'url', key: 'sign', value: '{{ secret_key | base64_encode }}' },
      { place: 'header', key: 'app', value: 'a' },
    ]
    const values = { secret_key: 'a-secret-key' }
    const options = { signature: { scheme: 'template', placements } }
    expect(queryOf('request_signature', options, ['timestamp', 'app'], { values })).toEqual([
      'app (shared)',
      'locale (shared)',
      'timestamp',
      'sign',
    ])
  })

  it('with AWS', () => {
    const aws = { scheme: 'aws_sigv4', accessKeyId: 'AKID', secretAccessKey: '{{ secret_key }}', sessionToken: 'st' }
    const options = (signedIn: string) => ({ signature: { ...aws, region: 'r', service: 's', signedIn } })
    const values = { secret_key: 'a-secret-key' }
    const keys = [
      ...['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-Security-Token'],
      ...['X-Amz-SignedHeaders', 'X-Amz-Signature'],
    ]
    expect(queryOf('request_signature', options('query'), keys, { values })).toEqual(['locale (shared)', ...keys])
    expect(queryOf('request_signature', options('header'), ['X-Amz-Date'], { values })).toEqual([
      'X-Amz-Date (shared)',
      'locale (shared)',
    ])
  })
})

describe('Digest', () => {
  const { answerChallenge } = authenticationTypeDefinitions.digest
  const challenge: [string, string] = [
    'WWW-Authenticate',
    'Basic realm="r", Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256',
  ]

  function answered(
    given: Partial<OutboundResponse> = {},
    password: object = { value: 'digest-password-1', secret: true },
  ) {
    return answerChallenge!({
      request: {
        method: 'GET',
        url: 'https://api.acme.test/v1/orders?a=1',
        headers: [['Accept', 'application/json']],
        body: null,
      },
      options: valueOf(readMethodOptions('digest', {})),
      scope: aScope({ username: 'dana', password }),
      context: { reserved },
      response: { status: 401, headers: [challenge], body: new Uint8Array(), ...given },
    })
  }

  it('sends no header until the server sends a challenge', () => {
    const { request } = valueOf(built('digest', { values: { username: 'dana', password: 'p' } }))
    expect(header(request, 'authorization')).toBe('')
  })

  it('responds to the challenge with the same request, never with the password', () => {
    const request = valueOf(answered())
    expect(request).toMatchObject({ method: 'GET', url: 'https://api.acme.test/v1/orders?a=1' })
    expect(header(request!, 'authorization')).toMatch(
      /^Digest username="dana", realm="r", nonce="n", uri="\/v1\/orders\?a=1", algorithm=SHA-256, /,
    )
    expect(header(request!, 'authorization')).toContain('cnonce="a-nonce"')
    expect(JSON.stringify(request)).not.toContain('digest-password-1')
  })

  it('does not respond to any other response', () => {
    for (const status of [200, 403, 407]) expect(valueOf(answered({ status }))).toBeNull()
    expect(valueOf(answered({ headers: [] }))).toBeNull()
  })

  it('needs a password, and names it in the error', () => {
    expect(refusalOf(answered({}, { required: true, label: 'Password' })).message).toContain('Password')
  })
})
