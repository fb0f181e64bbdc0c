import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { describe, expect, it } from 'vitest'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import { canonicalRequest, payloadHashOf } from '@/lib/domain/signatures/aws-canonical-request'
import { signAws, type AwsInput } from '@/lib/domain/signatures/aws-sigv4'
import { aRequest, query, suite } from './aws-suite'

const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

function signed(given: Partial<AwsInput> = {}) {
  return signAws({
    ...{ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken: '' },
    ...{ region: 'us-east-1', service: 'service', signedIn: 'header' as const, expiresSeconds: 3600 },
    now: new Date('2015-08-30T12:36:00Z'),
    request: aRequest(),
    ...given,
  })
}

const header = ({ headers }: OutboundRequest, name: string) =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1]

describe('AWS Signature Version 4, the published test suite', () => {
  it.each(suite)('%s', (_name, request, signedHeaders, signature) => {
    expect(header(signed({ request }).request, 'authorization')).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${signedHeaders}, Signature=${signature}`,
    )
  })

  it('post-sts-header-before: a session token is a signed header', () => {
    const sessionToken =
      'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=='
    const { request } = signed({ request: aRequest({ method: 'POST' }), sessionToken })
    expect(header(request, 'x-amz-security-token')).toBe(sessionToken)
    expect(header(request, 'authorization')).toContain(
      'SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead',
    )
  })
})

/**
 * The examples of Amazon S3's API reference, "Authenticating Requests: Using the Authorization Header" and "…Query
 * Parameters".
 */
describe('AWS Signature Version 4, the examples of Amazon S3', () => {
  const s3 = (request: OutboundRequest, given: Partial<AwsInput> = {}) =>
    signed({
      ...{
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
        service: 's3',
      },
      now: new Date('2013-05-24T00:00:00Z'),
      request: { ...request, url: `https://examplebucket.s3.amazonaws.com${request.url}` },
      ...given,
    })

  it('GET Object', () => {
    const { request, signature } = s3(aRequest({ url: '/test.txt', headers: [['Range', 'bytes=0-9']] }))
    expect(header(request, 'x-amz-content-sha256')).toBe(emptyHash)
    expect(header(request, 'authorization')).toContain('SignedHeaders=host;range;x-amz-content-sha256;x-amz-date')
    expect(signature).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41')
  })

  it('PUT Object, with a $ in its key', () => {
    const headers: [string, string][] = [
      ['Date', 'Fri, 24 May 2013 00:00:00 GMT'],
      ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
    ]
    const { request, signature } = s3(
      aRequest({ method: 'PUT', url: '/test$file.text', headers, body: 'Welcome to Amazon S3.' }),
    )
    expect(header(request, 'x-amz-content-sha256')).toBe(
      '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    )
    expect(signature).toBe('98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd')
  })

  it('GET Bucket Lifecycle: a parameter without value', () => {
    const { request, signature } = s3(aRequest({ url: '/?lifecycle' }))
    expect(request.url).toBe('https://examplebucket.s3.amazonaws.com/?lifecycle')
    expect(signature).toBe('fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543')
  })

  it('GET Bucket: List Objects', () => {
    expect(s3(aRequest({ url: '/?max-keys=2&prefix=J' })).signature).toBe(
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    )
  })

  it('a presigned URL', () => {
    const { request, signature } = s3(aRequest({ url: '/test.txt' }), { signedIn: 'query', expiresSeconds: 86400 })
    expect(signature).toBe('aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404')
    expect(request.url).toBe(
      'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
        '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z' +
        `&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`,
    )
    expect(request.headers).toEqual([])
  })

  it('an object key keeps empty segments, and is encoded once', () => {
    const path = (url: string, service: string) => canonicalRequest(aRequest({ url }), service, '').text.split('\n')[1]
    const url = 'https://b.s3.amazonaws.com/a//b%20c/(d)%2Fe/'
    expect(path(url, 's3')).toBe('/a//b%20c/%28d%29%2Fe/')
    expect(path(url, 'execute-api')).toBe('/a/b%2520c/%28d%29%252Fe/')
  })

  it('a payload hash set by the method is signed', () => {
    const { request } = s3(
      aRequest({ method: 'PUT', url: '/a', headers: [['X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD']], body: 'x' }),
    )
    expect(header(request, 'x-amz-content-sha256')).toBe('UNSIGNED-PAYLOAD')
    expect(request.headers.filter(([name]) => name.toLowerCase() === 'x-amz-content-sha256')).toHaveLength(1)
  })
})

describe('The signed query is the sent query', () => {
  it('has blanks as %20, and every reserved character encoded', () => {
    const { request } = signed({ request: query("q=a+b&r=it's&%C3%BC=(1)&flag") })
    expect(new URL(request.url).search).toBe('?q=a%20b&r=it%27s&%C3%BC=%281%29&flag')
  })
})

/** A generator of the same pseudo-random numbers in each run, so that a failure can be reproduced. */
function numbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor((state / 2147483648) * below)
  }
}

const characters = [
  'a',
  'Z',
  '0',
  ' ',
  '/',
  '+',
  '%',
  '&',
  '=',
  '?',
  '#',
  "'",
  '(',
  ')',
  '*',
  '!',
  '~',
  'ü',
  '€',
  '😀',
  '"',
  '$',
  ',',
  ':',
  ';',
  '@',
]

function generated(number: number): OutboundRequest {
  const next = numbers(number * 7919 + 1)
  const text = (most: number) =>
    Array.from({ length: 1 + next(most) }, () => characters[next(characters.length)]).join('')
  const path = Array.from({ length: next(4) }, () =>
    encodeURIComponent(text(6)).replace(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`),
  )
  const pairs = Array.from({ length: next(5) }, () => `${encodeURIComponent(text(3))}=${encodeURIComponent(text(8))}`)
  const method = (['GET', 'POST', 'PUT', 'DELETE'] as const)[next(4)] ?? 'GET'
  const host = next(2) === 0 ? 'example.amazonaws.com' : 'localhost:8443'
  return {
    method,
    url: `https://${host}/${path.join('/')}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`,
    headers:
      next(2) === 0
        ? [
            ['Content-Type', 'application/json'],
            ['X-Custom', ` a  b ${number} `],
          ]
        : [
            ['User-Agent', 'patchbay'],
            ['X-Amz-Target', 'T.Op'],
          ],
    body: method === 'POST' || method === 'PUT' ? JSON.stringify({ text: text(20) }) : null,
  }
}

/** The same request, signed by the library of AWS's own clients. */
async function signedByAws(request: OutboundRequest, given: Pick<AwsInput, 'service' | 'signedIn' | 'sessionToken'>) {
  const url = new URL(request.url)
  const signer = new SignatureV4({
    credentials: {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'secret',
      ...(given.sessionToken && { sessionToken: given.sessionToken }),
    },
    ...{ region: 'eu-west-1', service: given.service, sha256: Sha256, uriEscapePath: given.service !== 's3' },
    applyChecksum: given.service === 's3',
  })
  const queryOf: Record<string, string | string[]> = {}
  for (const [name, value] of url.searchParams) {
    const earlier = queryOf[name]
    queryOf[name] = earlier === undefined ? value : [...(Array.isArray(earlier) ? earlier : [earlier]), value]
  }
  const theirs = {
    ...{ method: request.method, protocol: url.protocol, hostname: url.hostname, path: url.pathname, query: queryOf },
    headers: { ...Object.fromEntries(request.headers), host: url.host },
    ...(request.body !== null && { body: request.body }),
  }
  const signingDate = new Date('2026-11-21T05:15:00Z')
  if (given.signedIn === 'header')
    return (await signer.sign(theirs, { signingDate })).headers.authorization?.split('Signature=')[1]
  const options = {
    signingDate,
    expiresIn: 900,
    unhoistableHeaders: new Set(['x-amz-target']),
    signableHeaders: new Set(['content-type']),
  }
  return (await signer.presign(theirs, options)).query?.['X-Amz-Signature']
}

describe('AWS Signature Version 4, compared with the library of AWS', () => {
  const cases = [
    { service: 'execute-api', signedIn: 'header', sessionToken: '' },
    { service: 'execute-api', signedIn: 'header', sessionToken: 'session/token+' },
    { service: 's3', signedIn: 'header', sessionToken: '' },
    { service: 'execute-api', signedIn: 'query', sessionToken: 'session/token+' },
  ] as const
  it.each(cases)('$service, in the $signedIn, session token "$sessionToken": 60 generated requests', async (given) => {
    for (let number = 0; number < 60; number += 1) {
      const request = generated(number)
      const ours = signed({
        ...{ request, ...given, secretAccessKey: 'secret', region: 'eu-west-1', expiresSeconds: 900 },
        now: new Date('2026-11-21T05:15:00Z'),
      })
      expect([request.url, ours.signature]).toEqual([request.url, await signedByAws(request, given)])
    }
  })
})

it('The hash of a missing body is that of empty text', () => {
  expect(payloadHashOf(aRequest())).toBe(emptyHash)
})
