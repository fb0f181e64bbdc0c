import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  buildAccessTokenRequest,
  buildOAuth1AuthorizeUrl,
  buildRequestTokenRequest,
  type ThreeLeggedInput,
} from '@/lib/domain/oauth1/three-legged'
import { readTemporaryCredentials, readTokenCredentials } from '@/lib/domain/oauth1/token-response'
import { readOAuth1Callback, requestTokenOf } from '@/lib/domain/oauth1/callback'
import { readCallback } from '@/lib/domain/oauth2/callback'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { SecretBook } from '@/lib/domain/secret-book'
import {
  aConnector,
  aMethod,
  aParameter,
  aPhase,
  codeOf,
  methodValues,
  refusalOf,
  valueOf,
} from '@/tests/support/definition-builders'

const callback = 'https://patchbay.test/oauth/authenticate?state=s-1'
const noSecrets = new SecretBook()

const method = (given: Partial<MethodDefinition> = {}) =>
  aMethod('oauth1', {
    phases: [
      aPhase('request_token', { url: 'https://photos.acme.test/initiate', httpMethod: 'POST' }),
      aPhase('authorise', { url: 'https://photos.acme.test/authorize?access=full' }),
      aPhase('exchange', { url: 'https://photos.acme.test/token', httpMethod: 'POST' }),
    ],
    ...given,
  })

const input = (values: Record<string, string> = {}, given: Partial<MethodDefinition> = {}): ThreeLeggedInput => ({
  ...{ connector: aConnector(), method: method(given), confirmedOrigins: originsUnchecked },
  values: {
    instance: methodValues({
      consumer_key: 'dpf43f3p2l4k3l03',
      consumer_secret: 'kd94hf93k423kf44',
      signature_method: 'HMAC-SHA1',
      realm: 'Photos',
      ...values,
    }),
  },
  reserved: { now: '1974-05-07T05:00:00.000Z', nonce: 'wIjqoxSA', uuid: 'u' },
})

/** The parameters of the Authorization header, decoded. */
function protocolOf(built: ReturnType<typeof buildRequestTokenRequest>): Record<string, string> {
  const header = valueOf(built).request.headers.find(([name]) => name === 'Authorization')?.[1] ?? ''
  return Object.fromEntries(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!, decodeURIComponent(value!)]),
  )
}

/** RFC 5849 §3.4, computed only with Node's HMAC, without our own code. */
function signatureOf(
  url: string,
  { oauth_signature: _, realm: __, ...parameters }: Record<string, string>,
  tokenSecret: string,
): string {
  const encode = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    )
  const pairs = Object.entries(parameters)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
  return createHmac('sha1', `kd94hf93k423kf44&${tokenSecret}`)
    .update(['POST', url, pairs.join('&')].map(encode).join('&'))
    .digest('base64')
}

describe('The request for temporary credentials (RFC 5849 §2.1)', () => {
  it('is signed with the callback and without a token, even if one is stored from an earlier authorisation', () => {
    const built = buildRequestTokenRequest(
      {
        ...input(),
        values: {
          ...input().values,
          stored: new Map([
            ['token', 'earlier'],
            ['token_secret', 'earlier secret'],
          ]),
        },
      },
      callback,
    )
    const protocol = protocolOf(built)
    expect(protocol).toMatchObject({
      realm: 'Photos',
      oauth_consumer_key: 'dpf43f3p2l4k3l03',
      oauth_callback: callback,
      oauth_timestamp: '137134800',
      oauth_nonce: 'wIjqoxSA',
    })
    expect(protocol).not.toHaveProperty('oauth_token')
    expect(protocol.oauth_signature).toBe(signatureOf('https://photos.acme.test/initiate', protocol, ''))
  })

  it('has and signs the parameters of the method for this request', () => {
    const parameters = [
      aParameter('scope', 'orders read', { phases: ['request_token'] }),
      aParameter('other', 'x', { phases: ['exchange'] }),
    ]
    const built = buildRequestTokenRequest(input({}, { parameters }), callback)
    expect(new URL(valueOf(built).request.url).search).toBe('?scope=orders%20read')
    const protocol = protocolOf(built)
    expect(protocol.oauth_signature).toBe(
      signatureOf('https://photos.acme.test/initiate', { ...protocol, scope: 'orders read' }, ''),
    )
  })

  it('is refused without consumer key, secret or URL', () => {
    expect(refusalOf(buildRequestTokenRequest(input({ consumer_key: '' }), callback))).toMatchObject({
      code: 'missing_value',
      message: expect.stringContaining('Consumer key'),
    })
    expect(refusalOf(buildRequestTokenRequest(input({ consumer_secret: '' }), callback))).toMatchObject({
      code: 'missing_value',
      message: expect.stringContaining('Consumer secret'),
    })
    expect(refusalOf(buildRequestTokenRequest(input({}, { phases: [] }), callback))).toMatchObject({
      code: 'invalid_url',
      message: expect.stringContaining('Request token URL'),
    })
  })
})

describe('The authorise URL (RFC 5849 §2.2)', () => {
  it('has the request token in addition to its own query', () => {
    expect(valueOf(buildOAuth1AuthorizeUrl(input(), 'hh5s93j4hdidpola'))).toBe(
      'https://photos.acme.test/authorize?access=full&oauth_token=hh5s93j4hdidpola',
    )
  })

  it('is refused if it would contain a secret', () => {
    const phases = [aPhase('authorise', { url: 'https://photos.acme.test/authorize?x={{ consumer_secret }}' })]
    expect(codeOf(buildOAuth1AuthorizeUrl(input({}, { phases }), 't'))).toBe('literal_secret')
    const parameters = ['{{ consumer_secret | sha256 }}', '{{ consumer_secret | slice: 0, 2 }}'].map((value) =>
      aParameter('x', value, { phases: ['authorise'] }),
    )
    for (const parameter of parameters)
      expect(codeOf(buildOAuth1AuthorizeUrl(input({}, { parameters: [parameter] }), 't')), parameter.value).toBe(
        'literal_secret',
      )
  })
})

describe('The request for token credentials (RFC 5849 §2.3)', () => {
  const given = { token: 'hh5s93j4hdidpola', tokenSecret: 'hdhd0244k9j7ao03', verifier: 'hfdp7dh39dks9884' }

  it('is signed with the request token, its secret and the verifier', () => {
    const built = buildAccessTokenRequest(input(), given)
    const protocol = protocolOf(built)
    expect(protocol).toMatchObject({ oauth_token: given.token, oauth_verifier: given.verifier })
    expect(protocol).not.toHaveProperty('oauth_callback')
    expect(protocol.oauth_signature).toBe(signatureOf('https://photos.acme.test/token', protocol, given.tokenSecret))
  })

  it('lists everything that must be redacted', () => {
    const { secrets } = valueOf(buildAccessTokenRequest(input(), given))
    expect(secrets.texts()).toEqual(
      expect.arrayContaining([given.token, given.tokenSecret, given.verifier, 'kd94hf93k423kf44']),
    )
  })
})

describe('The responses of the token endpoints', () => {
  const answer = (body: string, status = 200): OutboundResponse => ({
    status,
    headers: [['content-type', 'text/html']],
    body: new TextEncoder().encode(body),
  })

  it('can be a form with any content type, or JSON', () => {
    const good = { token: 'a', tokenSecret: 'b c' }
    expect(
      valueOf(
        readTemporaryCredentials(
          answer('oauth_token=a&oauth_token_secret=b+c&oauth_callback_confirmed=true'),
          noSecrets,
        ),
      ),
    ).toEqual(good)
    expect(valueOf(readTokenCredentials(answer('{"oauth_token":"a","oauth_token_secret":"b c"}'), noSecrets))).toEqual(
      good,
    )
  })

  it('may have an empty secret, but not an empty token', () => {
    expect(valueOf(readTokenCredentials(answer('oauth_token=a&oauth_token_secret='), noSecrets))).toEqual({
      token: 'a',
      tokenSecret: '',
    })
    expect(codeOf(readTokenCredentials(answer('oauth_token=&oauth_token_secret=b'), noSecrets))).toBe('no_token')
  })

  it('is refused without the confirmation of the callback', () => {
    expect(codeOf(readTemporaryCredentials(answer('oauth_token=a&oauth_token_secret=b'), noSecrets))).toBe(
      'invalid_answer',
    )
    expect(
      codeOf(
        readTemporaryCredentials(
          answer('oauth_token=a&oauth_token_secret=b&oauth_callback_confirmed=false'),
          noSecrets,
        ),
      ),
    ).toBe('invalid_answer')
  })

  it.each([
    [400, 'token_refused'],
    [401, 'token_refused'],
    [403, 'token_refused'],
    [302, 'could_not_tell'],
    [404, 'could_not_tell'],
    [429, 'could_not_tell'],
    [500, 'could_not_tell'],
  ] as const)('with status %s is %s', (status, code) => {
    expect(codeOf(readTokenCredentials(answer('oauth_problem=token_rejected', status), noSecrets))).toBe(code)
  })

  it('is quoted without secrets', () => {
    const { message } = refusalOf(
      readTokenCredentials(answer('no such consumer secret: kd94hf93k423kf44', 401), SecretBook.of('kd94hf93k423kf44')),
    )
    expect(message).toContain('no such consumer secret')
    expect(message).not.toContain('kd94hf93k423kf44')
  })
})

describe('The callback (RFC 5849 §2.2)', () => {
  const read = (query: string) => readOAuth1Callback(readCallback(new URLSearchParams(query)))

  it('has the verifier as its code', () => {
    expect(read('state=s&oauth_token=t&oauth_verifier=v&code=c&iss=https://evil.test')).toMatchObject({
      state: 's',
      code: 'v',
      iss: null,
      error: null,
    })
    expect(requestTokenOf(read('oauth_token=t&oauth_verifier=v'))).toBe('t')
  })

  it.each([
    'denied=t',
    'oauth_problem=user_refused',
    'oauth_problem=permission_denied',
    'error=access_denied&denied=t',
  ])('%s is a denial', (query) => {
    expect(read(query).error).toBe('access_denied')
  })

  it('a duplicate token counts as missing', () => {
    expect(requestTokenOf(read('oauth_token=t&oauth_token=u'))).toBeNull()
  })

  it('finds the request token in a denial', () => {
    expect(requestTokenOf(read('denied=t'))).toBe('t')
  })
})
