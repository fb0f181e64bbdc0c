import { constants, createHmac, createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto'
import { httpbis } from 'http-message-signatures'
import { describe, expect, it } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import type { MessageSignatureAlgorithm } from '@/lib/domain/method-options/option-choices'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import { readComponent } from '@/lib/domain/signatures/message-components'
import {
  signMessage,
  type MessageSignatureInput,
  type MessageSignatureParameters,
} from '@/lib/domain/signatures/message-signature'
import { succeed } from '@/lib/domain/result'
import { codeOf, refusalOf, valueOf } from '@/tests/support/definition-builders'

/** The keys of RFC 9421 appendix B.1. */
const rsaPss = createPublicKey(`-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----`)
const ed25519Pem = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----`
const sharedSecret = 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=='

const contentDigest =
  'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:'

/** The request of RFC 9421 appendix B.2, without its host and length, which we do not set as headers. */
const rfcRequest: OutboundRequest = {
  method: 'POST',
  url: 'https://example.com/foo?param=Value&Pet=dog',
  headers: [
    ['Date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
    ['Content-Type', 'application/json'],
    ['Content-Digest', contentDigest],
  ],
  body: '{"hello": "world"}',
}

type Given = Partial<Omit<MessageSignatureInput, 'parameters'>> & { parameters?: Partial<MessageSignatureParameters> }

function signed({ parameters, ...given }: Given = {}) {
  return signMessage({
    ...{
      request: rfcRequest,
      components: [],
      label: 'sig1',
      algorithm: 'hmac-sha256',
      key: sharedSecret,
      keyEncoding: 'base64',
    },
    ...{ contentDigest: 'none', now: new Date('2021-04-20T02:07:53Z'), signer },
    parameters: { created: 1618884473, expires: null, keyid: '', alg: '', nonce: '', tag: '', ...parameters },
    ...given,
  } as MessageSignatureInput)
}

const header = ({ headers }: OutboundRequest, name: string) =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? ''

/** The signature base, as passed to the signer. */
function baseOf(given: Given = {}) {
  let base = ''
  const spy: MessageSignatureInput['signer'] = (_algorithm, _key, data) => {
    base = new TextDecoder().decode(data)
    return succeed(new Uint8Array([1]))
  }
  const { request } = valueOf(signed({ algorithm: 'ed25519', key: 'a key', ...given, signer: spy }))
  return { base, input: header(request, 'signature-input') }
}

describe('RFC 9421 appendix B.2', () => {
  const published = [
    {
      name: 'B.2.1: nothing but parameters',
      components: [],
      parameters: { keyid: 'test-key-rsa-pss', nonce: 'b3k2pp5k7z-50gnwp.yemd' },
      input: '();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"',
      signature:
        'd2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==',
    },
    {
      name: 'B.2.2: some components and a tag',
      components: ['@authority', 'content-digest', '@query-param;name="Pet"'],
      parameters: { keyid: 'test-key-rsa-pss', tag: 'header-example' },
      input:
        '("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example"',
      signature:
        'LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==',
    },
    {
      name: 'B.2.3: the whole request',
      components: [
        'date',
        '@method',
        '@path',
        '@query',
        '@authority',
        'content-type',
        'content-digest',
        'content-length',
      ],
      parameters: { keyid: 'test-key-rsa-pss' },
      input:
        '("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"',
      signature:
        'bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==',
    },
  ]

  it.each(published)(
    '$name: the published signature is valid for our signature base',
    ({ components, parameters, input, signature }) => {
      const made = baseOf({ components, parameters })
      expect(made.input).toBe(`sig1=${input}`)
      const key = { key: rsaPss, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }
      expect(verify('sha512', Buffer.from(made.base), key, Buffer.from(signature, 'base64'))).toBe(true)
    },
  )

  it('B.2.5: hmac-sha256', () => {
    const { request } = valueOf(
      signed({
        label: 'sig-b25',
        components: ['date', '@authority', 'content-type'],
        parameters: { keyid: 'test-shared-secret' },
      }),
    )
    expect(header(request, 'signature-input')).toBe(
      'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    )
    expect(header(request, 'signature')).toBe('sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:')
  })

  it('B.2.6: ed25519', () => {
    const components = ['date', '@method', '@path', '@authority', 'content-type', 'content-length']
    const { request } = valueOf(
      signed({
        label: 'sig-b26',
        components,
        algorithm: 'ed25519',
        key: ed25519Pem,
        keyEncoding: 'pem',
        parameters: { keyid: 'test-key-ed25519' },
      }),
    )
    expect(header(request, 'signature')).toBe(
      'sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:',
    )
  })
})

describe('A component of a request (RFC 9421 §2)', () => {
  const valueIn = (component: string, given: Partial<OutboundRequest> = {}) =>
    valueOf(readComponent(component, { ...rfcRequest, ...given }))

  it('can be derived from the request line (§2.2)', () => {
    const url = 'https://WWW.example.com:443/path?param=value'
    expect(valueIn('@method')?.value).toBe('POST')
    expect(valueIn('@target-uri', { url: 'https://www.example.com/path?param=value#part' })?.value).toBe(
      'https://www.example.com/path?param=value',
    )
    expect(valueIn('@authority', { url })?.value).toBe('www.example.com')
    expect(valueIn('@authority', { url: 'https://www.example.com:8443/' })?.value).toBe('www.example.com:8443')
    expect(valueIn('@scheme', { url })?.value).toBe('https')
    expect(valueIn('@request-target', { url })?.value).toBe('/path?param=value')
    expect(valueIn('@path', { url: 'https://www.example.com' })?.value).toBe('/')
    expect(valueIn('@query', { url })?.value).toBe('?param=value')
    expect(valueIn('@query', { url: 'https://www.example.com/path' })?.value).toBe('?')
  })

  it('can be a query parameter, encoded (§2.2.8)', () => {
    const url =
      'https://www.example.com/parameters?var=this%20is%20a%20big%0Amultiline%20value&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something'
    expect(valueIn('@query-param;name="var"', { url })).toEqual({
      identifier: '"@query-param";name="var"',
      value: 'this%20is%20a%20big%0Amultiline%20value',
    })
    expect(valueIn('"@query-param";name="bar"', { url })?.value).toBe('with%20plus%20whitespace')
    expect(valueIn('@query-param;name=fa%C3%A7ade%22%3A%20', { url })).toEqual({
      identifier: '"@query-param";name="fa%C3%A7ade%22%3A%20"',
      value: 'something',
    })
    expect(valueIn('@query-param;name=qux', { url: 'https://a.test/?param=value&qux=' })?.value).toBe('')
  })

  it('can be a header, trimmed and joined if there are several (§2.1)', () => {
    const headers: [string, string][] = [
      ['X-OWS-Header', '  Leading and trailing whitespace.   '],
      ['Cache-Control', 'max-age=60'],
      ['Cache-Control', '   must-revalidate'],
      ['X-Empty-Header', ''],
    ]
    expect(valueIn('X-OWS-Header', { headers })).toEqual({
      identifier: '"x-ows-header"',
      value: 'Leading and trailing whitespace.',
    })
    expect(valueIn('cache-control', { headers })?.value).toBe('max-age=60, must-revalidate')
    expect(valueIn('x-empty-header', { headers })?.value).toBe('')
    expect(valueIn('host')?.value).toBe('example.com')
  })

  it('is omitted if it describes a missing body', () => {
    const none = { body: null, headers: [], method: 'GET' } as const
    for (const name of ['content-type', 'content-length', 'content-digest'])
      expect(valueIn(name, { ...none, headers: [] })).toBeNull()
  })

  it('that the request does not have is refused with its name', () => {
    expect(refusalOf(readComponent('x-missing', rfcRequest)).message).toContain('x-missing')
    expect(codeOf(readComponent('@query-param;name=page', rfcRequest))).toBe('missing_value')
    expect(
      refusalOf(readComponent('@query-param;name=a', { ...rfcRequest, url: 'https://a.test/?a=1&a=2' })).message,
    ).toContain('@query')
  })

  it('that is unknown is refused', () => {
    for (const text of [
      '@status',
      '@constructor',
      'content-type;sf',
      'signature;key="sig1"',
      '@query-param',
      '',
      'a b',
      'x\r\ny',
      '"a',
    ]) {
      expect(codeOf(readComponent(text, rfcRequest))).toMatch(/^invalid_(?:input|header)$/)
    }
  })
})

describe('A message signature', () => {
  it('has its parameters in a fixed order, with quotes escaped', () => {
    const { input } = baseOf({
      parameters: { expires: 1618884773, keyid: 'a "b" \\c', alg: 'ed25519', nonce: 'n', tag: 't' },
    })
    expect(input).toBe(
      'sig1=();created=1618884473;expires=1618884773;keyid="a \\"b\\" \\\\c";alg="ed25519";nonce="n";tag="t"',
    )
  })

  it('adds the digest of the body (RFC 9530), if there is a body', () => {
    const request = { ...rfcRequest, headers: [] }
    expect(header(valueOf(signed({ request, contentDigest: 'sha-512' })).request, 'content-digest')).toBe(contentDigest)
    expect(header(valueOf(signed({ request, contentDigest: 'sha-256' })).request, 'content-digest')).toBe(
      'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:',
    )
    expect(
      header(
        valueOf(signed({ request: { ...request, body: null }, contentDigest: 'sha-256' })).request,
        'content-digest',
      ),
    ).toBe('')
  })

  it('adds the date if it is signed and missing', () => {
    const request = { ...rfcRequest, headers: [] }
    expect(header(valueOf(signed({ request, components: ['Date'] })).request, 'date')).toBe(
      'Tue, 20 Apr 2021 02:07:53 GMT',
    )
    expect(header(valueOf(signed({ request })).request, 'date')).toBe('')
  })

  it('is added to an existing one', () => {
    const first = valueOf(signed()).request
    const second = valueOf(signed({ request: first, label: 'sig2' })).request
    expect(header(second, 'signature-input')).toBe('sig1=();created=1618884473, sig2=();created=1618884473')
    expect(second.headers.filter(([name]) => name === 'Signature')).toHaveLength(1)
  })

  it('with a wrong label, a duplicate component, an unprintable parameter or a wrong key is refused', () => {
    expect(codeOf(signed({ label: 'Sig 1' }))).toBe('invalid_input')
    expect(codeOf(signed({ components: ['@method', '"@method"'] }))).toBe('invalid_input')
    expect(codeOf(signed({ parameters: { keyid: 'schlüssel' } }))).toBe('invalid_value')
    expect(codeOf(signed({ parameters: { tag: 'a\r\nX-Admin: 1' } }))).toBe('invalid_value')
    expect(refusalOf(signed({ algorithm: 'rsa-pss-sha512', key: ed25519Pem })).message).toBe(
      'This key is an Ed25519 key; PS512 needs an RSA key.',
    )
    expect(refusalOf(signed({ key: 'not base64 !' })).message).not.toContain('not base64 !')
  })

  // Shows D31.
  it('refuses a private key as a shared secret', () => {
    expect(refusalOf(signed({ key: ed25519Pem, keyEncoding: 'text' })).message).toContain(
      'hmac-sha256 needs a shared secret',
    )
  })
})

describe('A message signature, verified by another implementation', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const ed25519 = generateKeyPairSync('ed25519')
  const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }

  const cases: [MessageSignatureAlgorithm, string, (data: Buffer, signature: Buffer) => boolean][] = [
    [
      'hmac-sha256',
      'secret',
      (data, signature) => createHmac('sha256', 'secret').update(data).digest().equals(signature),
    ],
    [
      'rsa-pss-sha512',
      pem(rsa.privateKey),
      (data, signature) => verify('sha512', data, { key: rsa.publicKey, ...pss }, signature),
    ],
    ['rsa-v1_5-sha256', pem(rsa.privateKey), (data, signature) => verify('sha256', data, rsa.publicKey, signature)],
    [
      'ecdsa-p256-sha256',
      pem(p256.privateKey),
      (data, signature) => verify('sha256', data, { key: p256.publicKey, dsaEncoding: 'ieee-p1363' }, signature),
    ],
    [
      'ecdsa-p384-sha384',
      pem(p384.privateKey),
      (data, signature) => verify('sha384', data, { key: p384.publicKey, dsaEncoding: 'ieee-p1363' }, signature),
    ],
    ['ed25519', pem(ed25519.privateKey), (data, signature) => verify(null, data, ed25519.publicKey, signature)],
  ]

  it.each(cases)('%s', async (algorithm, key, check) => {
    const now = new Date()
    const created = Math.floor(now.getTime() / 1000)
    const { request } = valueOf(
      signed({
        ...{ algorithm, key, now, keyEncoding: 'text', contentDigest: 'sha-256' },
        components: [
          '@method',
          '@target-uri',
          '@authority',
          '@path',
          '@query',
          '@query-param;name="Pet"',
          'content-type',
          'content-digest',
          'date',
        ],
        parameters: { created, expires: created + 60, keyid: 'a "key"', alg: algorithm, nonce: 'n-1', tag: 'test' },
      }),
    )
    const keyLookup = async () => ({
      id: 'a "key"',
      algs: [algorithm],
      verify: async (data: Buffer, signature: Buffer) => check(data, signature),
    })
    const headers = { ...Object.fromEntries(request.headers), Host: 'example.com' }
    const received = { method: request.method, url: request.url, headers }
    expect(await httpbis.verifyMessage({ keyLookup }, received)).toBe(true)
    expect(await httpbis.verifyMessage({ keyLookup }, { ...received, method: 'PUT' })).toBe(false)
  })
})
