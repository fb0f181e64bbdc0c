import { createHmac, generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import {
  oauth1Methods,
  oauth1Signature,
  signOAuth1,
  type OAuth1Input,
  type OAuth1Method,
} from '@/lib/domain/signatures/oauth1'
import { signatureBaseString } from '@/lib/domain/signatures/oauth1-base-string'
import type { Pair } from '@/lib/domain/signatures/request-parts'
import { codeOf, refusalOf, valueOf } from '@/tests/support/definition-builders'

const form: Pair = ['Content-Type', 'application/x-www-form-urlencoded']

function aRequest(given: Partial<OutboundRequest> = {}): OutboundRequest {
  return { method: 'GET', url: 'https://api.acme.test/orders', headers: [], body: null, ...given }
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string

function signed(given: Partial<OAuth1Input> = {}) {
  return signOAuth1({
    ...{ consumerKey: 'key', consumerSecret: 'consumer secret', token: 'token', tokenSecret: 'token secret' },
    ...{ signatureMethod: 'HMAC-SHA256', realm: '', placement: 'header', bodyHash: false, nonce: 'n', signer },
    now: new Date('2026-11-21T05:00:00.900Z'),
    request: aRequest(),
    ...given,
  } as OAuth1Input)
}

function authorization(given: Partial<OAuth1Input> = {}) {
  const header = valueOf(signed(given)).request.headers.find(([name]) => name === 'Authorization')?.[1] ?? ''
  const pairs = [...header.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [
    name,
    decodeURIComponent(value ?? ''),
  ])
  return { header, parameters: Object.fromEntries(pairs) as Record<string, string> }
}

describe('The signature base string of OAuth 1', () => {
  it('is equal to that of RFC 5849 §3.4.1.1', () => {
    const request = aRequest({
      method: 'POST',
      url: 'http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
      headers: [form],
      body: 'c2&a3=2+q',
    })
    const protocol: Pair[] = [
      ['oauth_consumer_key', '9djdj82h48djs9d2'],
      ['oauth_token', 'kkk9d7dh3k39sjv7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', '7d8f3e4a'],
    ]
    expect(signatureBaseString(request, protocol)).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26' +
        'oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26' +
        'oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    )
  })

  it('has the URL without a default port, but with any other port (RFC 5849 §3.4.1.2)', () => {
    const begins = (url: string) => decodeURIComponent(signatureBaseString(aRequest({ url }), []).split('&')[1] ?? '')
    expect(begins('http://EXAMPLE.COM:80/r%20v/X?id=123')).toBe('http://example.com/r%20v/X')
    expect(begins('https://www.example.net:8080/?q=1')).toBe('https://www.example.net:8080/')
    expect(begins('https://www.example.net:443')).toBe('https://www.example.net/')
  })

  it('includes a body only if it is a form', () => {
    const json = aRequest({ method: 'POST', headers: [['Content-Type', 'application/json']], body: 'a=1' })
    const withForm = aRequest({
      method: 'POST',
      headers: [['content-type', 'application/x-www-form-urlencoded; charset=UTF-8']],
      body: 'a=1',
    })
    expect(signatureBaseString(json, [])).not.toContain('a%3D1')
    expect(signatureBaseString(withForm, [])).toContain('a%3D1')
  })
})

/** Published signatures, with their inputs. */
const published = [
  {
    from: 'RFC 5849 §1.2, temporary credentials',
    request: aRequest({ method: 'POST', url: 'https://photos.example.net/initiate' }),
    method: 'HMAC-SHA1',
    consumerSecret: 'kd94hf93k423kf44',
    tokenSecret: '',
    protocol: {
      oauth_consumer_key: 'dpf43f3p2l4k3l03',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '137131200',
      oauth_nonce: 'wIjqoS',
      oauth_callback: 'http://printer.example.com/ready',
    },
    signature: '74KNZJeDHnMBp0EMJ9ZHt/XKycU=',
  },
  {
    from: 'RFC 5849 §1.2, token credentials',
    request: aRequest({ method: 'POST', url: 'https://photos.example.net/token' }),
    method: 'HMAC-SHA1',
    consumerSecret: 'kd94hf93k423kf44',
    tokenSecret: 'hdhd0244k9j7ao03',
    protocol: {
      oauth_consumer_key: 'dpf43f3p2l4k3l03',
      oauth_token: 'hh5s93j4hdidpola',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '137131201',
      oauth_nonce: 'walatlh',
      oauth_verifier: 'hfdp7dh39dks9884',
    },
    signature: 'gKgrFCywp7rO0OXSjdot/IHF7IU=',
  },
  {
    from: 'RFC 5849 §1.2, the photo',
    request: aRequest({ url: 'http://photos.example.net/photos?file=vacation.jpg&size=original' }),
    method: 'HMAC-SHA1',
    consumerSecret: 'kd94hf93k423kf44',
    tokenSecret: 'pfkkdhi9sl3r4s00',
    protocol: {
      oauth_consumer_key: 'dpf43f3p2l4k3l03',
      oauth_token: 'nnch734d00sl2jdk',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '137131202',
      oauth_nonce: 'chapoH',
    },
    signature: 'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
  },
  {
    from: 'OAuth Core 1.0 appendix A.5',
    request: aRequest({ url: 'http://photos.example.net/photos?file=vacation.jpg&size=original' }),
    method: 'HMAC-SHA1',
    consumerSecret: 'kd94hf93k423kf44',
    tokenSecret: 'pfkkdhi9sl3r4s00',
    protocol: {
      oauth_consumer_key: 'dpf43f3p2l4k3l03',
      oauth_token: 'nnch734d00sl2jdk',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '1191242096',
      oauth_nonce: 'kllo9940pd9333jh',
      oauth_version: '1.0',
    },
    signature: 'tR3+Ty81lMeYAr/Fid0kMTYa/WM=',
  },
  {
    from: "Twitter's documentation, Creating a signature",
    request: aRequest({
      method: 'POST',
      url: 'https://api.twitter.com/1.1/statuses/update.json?include_entities=true',
      headers: [form],
      body: 'status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21',
    }),
    method: 'HMAC-SHA1',
    consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
    tokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
    protocol: {
      oauth_consumer_key: 'xvz1evFS4wEEPTGEFPHBog',
      oauth_nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg',
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: '1318622958',
      oauth_token: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
      oauth_version: '1.0',
    },
    signature: 'hCtSmYh+iHYCEqBWrE7C7hYmtUk=',
  },
] as const

describe('Published OAuth 1 signatures', () => {
  it.each(published)('$from has the same signature', ({ request, protocol, method, signature, ...secrets }) => {
    expect(valueOf(oauth1Signature(request, Object.entries(protocol), method, secrets))).toBe(signature)
  })
})

describe('An OAuth 1 request', () => {
  it('has its parameters in the Authorization header, first the realm, which is not signed', () => {
    const { header, parameters } = authorization({ realm: '1234567_SB1' })
    expect(header).toMatch(
      /^OAuth realm="1234567_SB1", oauth_consumer_key="key", oauth_token="token", oauth_signature_method="HMAC-SHA256", /,
    )
    expect(parameters).toMatchObject({ oauth_timestamp: '1795237200', oauth_nonce: 'n', oauth_version: '1.0' })
    expect(parameters.oauth_signature).toBe(authorization().parameters.oauth_signature)
  })

  it('escapes quotes of a realm', () => {
    expect(authorization({ realm: 'a "b" \\c' }).header).toContain('realm="a \\"b\\" \\\\c", ')
  })

  it('omits a missing token, and has callback and verifier if they are set', () => {
    const first = authorization({
      token: '',
      tokenSecret: '',
      callback: 'https://patchbay.test/oauth/authenticate?state=s',
    }).parameters
    expect(first).not.toHaveProperty('oauth_token')
    expect(first.oauth_callback).toBe('https://patchbay.test/oauth/authenticate?state=s')
    expect(authorization({ verifier: 'v' }).parameters.oauth_verifier).toBe('v')
  })

  it.each([
    ['HMAC-SHA1', 'sha1'],
    ['HMAC-SHA256', 'sha256'],
    ['HMAC-SHA512', 'sha512'],
  ] as const)('%s uses both encoded secrets as its key', (signatureMethod, hash) => {
    const request = aRequest({ url: 'https://api.acme.test/a?x=ü' })
    const { oauth_signature: signature, ...protocol } = authorization({ signatureMethod, request }).parameters
    const text = signatureBaseString(request, Object.entries(protocol))
    expect(signature).toBe(createHmac(hash, 'consumer%20secret&token%20secret').update(text).digest('base64'))
  })

  it.each([
    ['RSA-SHA1', 'sha1'],
    ['RSA-SHA256', 'sha256'],
    ['RSA-SHA512', 'sha512'],
  ] as const)('%s uses only the private key', (signatureMethod, hash) => {
    const { oauth_signature: signature = '', ...protocol } = authorization({
      signatureMethod,
      consumerSecret: pem,
    }).parameters
    const text = signatureBaseString(aRequest(), Object.entries(protocol))
    expect(verify(hash, Buffer.from(text), rsa.publicKey, Buffer.from(signature, 'base64'))).toBe(true)
  })

  it('PLAINTEXT is the two secrets, encoded (RFC 5849 §3.4.4)', () => {
    const { header, parameters } = authorization({ signatureMethod: 'PLAINTEXT', bodyHash: true })
    expect(parameters.oauth_signature).toBe('consumer%20secret&token%20secret')
    expect(header).toContain('oauth_signature="consumer%2520secret%26token%2520secret"')
    expect(parameters).not.toHaveProperty('oauth_body_hash')
  })

  it('in the query keeps the rest of the query, and has the same signature', () => {
    const request = aRequest({ url: 'https://api.acme.test/orders?a=1+2' })
    const { request: sent, signature } = valueOf(signed({ request, placement: 'query' }))
    expect(sent.url).toMatch(/^https:\/\/api\.acme\.test\/orders\?a=1\+2&oauth_consumer_key=key&/)
    expect(new URL(sent.url).searchParams.get('oauth_signature')).toBe(signature)
    expect(sent.headers).toEqual([])
    expect(authorization({ request }).parameters.oauth_signature).toBe(signature)
  })

  it('in the body is appended to the form, or creates one if there is no body', () => {
    const withForm = valueOf(
      signed({ request: aRequest({ method: 'POST', headers: [form], body: 'a=1' }), placement: 'body' }),
    ).request
    expect(withForm.body).toMatch(/^a=1&oauth_consumer_key=key&.*&oauth_signature=/)
    const without = valueOf(signed({ request: aRequest({ method: 'POST' }), placement: 'body' })).request
    expect(without).toMatchObject({ headers: [form] })
    expect(without.body).toMatch(/^oauth_consumer_key=key&/)
  })

  it('in a body that is not a form is refused', () => {
    const json = aRequest({ method: 'POST', headers: [['Content-Type', 'application/json']], body: '{}' })
    for (const request of [json, aRequest()])
      expect(codeOf(signed({ request, placement: 'body' }))).toBe('invalid_input')
  })

  it('has the hash of its body if the method says so and the body is not a form', () => {
    const request = aRequest({ method: 'PUT', headers: [['Content-Type', 'text/plain']], body: 'Hello World!' })
    // OAuth Request Body Hash 1.0 appendix A.1 and A.2.
    expect(authorization({ request, bodyHash: true, signatureMethod: 'HMAC-SHA1' }).parameters.oauth_body_hash).toBe(
      'Lve95gjOVATpfV8EL5X4nxwjKHE=',
    )
    expect(authorization({ bodyHash: true, signatureMethod: 'HMAC-SHA1' }).parameters.oauth_body_hash).toBe(
      '2jmj7l5rSw0yVb/vlWAYkK/YBwk=',
    )
    const withForm = aRequest({ method: 'POST', headers: [form], body: 'a=1' })
    expect(authorization({ request: withForm, bodyHash: true }).parameters).not.toHaveProperty('oauth_body_hash')
  })

  it('with an unknown method, no key or a wrong kind of key is refused without quoting the secret', () => {
    expect(refusalOf(signed({ signatureMethod: 'MD5' })).message).toContain('HMAC-SHA256')
    expect(codeOf(signed({ signatureMethod: 'constructor' }))).toBe('invalid_value')
    expect(refusalOf(signed({ signatureMethod: 'RSA-SHA256', consumerSecret: ' ' })).message).toContain(
      'private key is empty',
    )
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    }) as string
    expect(refusalOf(signed({ signatureMethod: 'RSA-SHA256', consumerSecret: ec })).message).toBe(
      'This key is an EC key; RS256 needs an RSA key.',
    )
    const text = JSON.stringify(signed({ signatureMethod: 'RSA-SHA1', consumerSecret: 'correct-horse' }))
    expect(text).not.toContain('correct-horse')
  })

  it.each(['PLAINTEXT', 'HMAC-SHA1', 'HMAC-SHA256'])(
    'a private key is never sent or used as a shared secret: %s',
    (signatureMethod) => {
      const refusal = refusalOf(signed({ signatureMethod, consumerSecret: pem }))
      expect(refusal).toMatchObject({ code: 'invalid_value', message: expect.stringContaining('private key') })
    },
  )

  it('can be signed with every method', () => {
    for (const signatureMethod of Object.keys(oauth1Methods) as OAuth1Method[]) {
      const consumerSecret = signatureMethod.startsWith('RSA') ? pem : 'secret'
      expect(valueOf(signed({ signatureMethod, consumerSecret })).signature).not.toBe('')
    }
  })
})
