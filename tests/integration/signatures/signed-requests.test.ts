import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import type { SignatureOptions } from '@/lib/domain/method-options/options-schema'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { signaturePresets } from '@/lib/domain/authentication/signature-presets'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import type { OutboundRequest } from '@/lib/domain/http-messages'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import { known } from '@/tests/sandbox/known'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import {
  aConnector,
  aMethod,
  anEndpoint,
  aScope,
  aVariable,
  methodValues,
  valueOf,
} from '@/tests/support/definition-builders'

/** Signed requests, sent to a server that verifies signatures with independent code. */

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

type Given = {
  method: MethodDefinition
  values: Record<string, string>
  under: string
  endpoint?: Partial<EndpointDefinition>
}

const reserved = () => ({ now: new Date().toISOString(), nonce: randomBytes(16).toString('hex'), uuid: 'u' })

function built({ method, values, under, endpoint }: Given): OutboundRequest {
  const connector = aConnector({ baseUrl: `${sandbox.url}${under}` })
  const given = {
    connector,
    method,
    endpoint: anEndpoint(endpoint),
    values: { instance: methodValues(values) },
    confirmedOrigins: originsUnchecked,
  }
  return valueOf(buildEndpointRequest({ ...given, reserved: reserved(), signer })).request
}

async function sent({ url, method, headers, body }: OutboundRequest) {
  const answer = await fetch(url, { method, headers, body: body as BodyInit | null })
  return { status: answer.status, text: await answer.text(), headers: [...answer.headers] as [string, string][] }
}

const statusOf = async (given: Given) => {
  const { status, text } = await sent(built(given))
  return status < 300 ? status : `${status} ${text}`
}

const list = { url: "/orders?limit=2&q=it's+a+test&%C3%BC=(1)" } as const
const whoami = { url: '/whoami' } as const
const create = {
  url: '/orders',
  httpMethod: 'POST',
  bodyFormat: 'json',
  body: '{"customer_id":"cus_0001","lines":[{"sku":"ACME-0002","quantity":2}]}',
} as const

// Shows C5.
describe('OAuth 1', () => {
  const { consumerKey, consumerSecret, token, tokenSecret, realm, rsaConsumerKey } = known.oauth1
  const own = { consumer_key: consumerKey, consumer_secret: consumerSecret, token, token_secret: tokenSecret }
  const rsa = { ...own, consumer_key: rsaConsumerKey, consumer_secret: known.keys.rsa }
  const values = (signature_method: string) => ({
    ...(signature_method.startsWith('RSA') ? rsa : own),
    signature_method,
  })

  it.each(['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'RSA-SHA1', 'RSA-SHA256', 'RSA-SHA512', 'PLAINTEXT'])(
    '%s is accepted',
    async (name) => {
      const method = aMethod('oauth1')
      for (const endpoint of [whoami, list])
        expect(await statusOf({ method, values: values(name), under: '/oauth1', endpoint })).toBe(200)
      expect(await statusOf({ method, values: values(name), under: '/oauth1', endpoint: create })).toBe(201)
    },
  )

  it.each(['header', 'query'] as const)(
    'with its parameters in the %s and the hash of a body is accepted',
    async (placement) => {
      const method = aMethod('oauth1', { options: { oauth1: { placement, bodyHash: true } } })
      expect(await statusOf({ method, values: values('HMAC-SHA256'), under: '/oauth1', endpoint: list })).toBe(200)
      expect(await statusOf({ method, values: values('HMAC-SHA256'), under: '/oauth1', endpoint: create })).toBe(201)
    },
  )

  it('in the body of a form is accepted', async () => {
    const method = aMethod('oauth1', { options: { oauth1: { placement: 'body', bodyHash: false } } })
    const endpoint = { url: '/orders', httpMethod: 'POST', bodyFormat: 'form', body: 'note=a+b%26c' } as const
    const answer = await statusOf({ method, values: values('HMAC-SHA256'), under: '/oauth1', endpoint })
    expect(String(answer)).not.toMatch(/^401/)
  })

  it('with the required realm is accepted, with another one refused', async () => {
    const method = aMethod('oauth1')
    expect(
      await statusOf({ method, values: { ...values('HMAC-SHA256'), realm }, under: '/oauth1/realm', endpoint: whoami }),
    ).toBe(200)
    expect(
      await statusOf({
        method,
        values: { ...values('HMAC-SHA256'), realm: 'OTHER' },
        under: '/oauth1/realm',
        endpoint: whoami,
      }),
    ).toMatch(/^401/)
  })

  it('with a wrong secret is refused', async () => {
    const wrong = { ...values('HMAC-SHA256'), token_secret: 'wrong' }
    expect(await statusOf({ method: aMethod('oauth1'), values: wrong, under: '/oauth1', endpoint: whoami })).toMatch(
      /^401/,
    )
  })
})

function signedBy(preset: string, change: Partial<SignatureOptions> = {}) {
  const { options, variables } = signaturePresets.find(({ key }) => key === preset)!
  const keys = ['secret_key', ...variables.map(({ key }) => key)]
  return aMethod('request_signature', {
    options: { ...options, signature: { ...options.signature, ...change } },
    variables: [...new Set(keys)].map((key) => aVariable(key, { level: 'method', secret: key === 'secret_key' })),
  })
}

// Shows C12.
describe('Request signature', () => {
  const aws = {
    access_key_id: known.aws.accessKeyId,
    secret_key: known.aws.secretAccessKey,
    region: known.aws.region,
    service: known.aws.service,
  }

  it.each(['header', 'query'] as const)('AWS Signature Version 4 in the %s is accepted', async (signedIn) => {
    const method = signedBy('aws-signature-version-4', { signedIn })
    for (const endpoint of [whoami, list])
      expect(await statusOf({ method, values: aws, under: '/aws', endpoint })).toBe(200)
    expect(await statusOf({ method, values: aws, under: '/aws', endpoint: create })).toBe(201)
    expect(
      await statusOf({ method, values: { ...aws, secret_key: 'wrong' }, under: '/aws', endpoint: whoami }),
    ).toMatch(/^40[13]/)
  })

  it.each(['header', 'query'] as const)(
    'AWS Signature Version 4 with a session token in the %s is accepted',
    async (signedIn) => {
      const { accessKeyId, secretAccessKey, sessionToken } = known.aws.temporary
      const values = { ...aws, access_key_id: accessKeyId, secret_key: secretAccessKey, session_token: sessionToken }
      expect(
        await statusOf({
          method: signedBy('aws-signature-version-4', { signedIn }),
          values,
          under: '/aws',
          endpoint: list,
        }),
      ).toBe(200)
    },
  )

  it('an HMAC header with the third party’s names is accepted', async () => {
    const method = signedBy('hmac-header', {
      placements: [
        { place: 'header', key: 'X-Acme-Key', value: '{{ key_id }}' },
        { place: 'header', key: 'X-Acme-Timestamp', value: '{{ timestamp }}' },
        { place: 'header', key: 'X-Acme-Nonce', value: '{{ nonce }}' },
        { place: 'header', key: 'X-Acme-Signature', value: '{{ string_to_sign | hmac_sha256: secret_key }}' },
      ],
    })
    const values = { key_id: known.hmac.key, secret_key: known.hmac.secret }
    for (const endpoint of [whoami, list])
      expect(await statusOf({ method, values, under: '/hmac', endpoint })).toBe(200)
    expect(await statusOf({ method, values, under: '/hmac', endpoint: create })).toBe(201)
    expect(
      await statusOf({ method, values: { ...values, secret_key: 'wrong' }, under: '/hmac', endpoint: whoami }),
    ).toMatch(/^401/)
  })

  it('a WSSE UsernameToken is accepted', async () => {
    const values = { username: known.wsse.username, secret_key: known.wsse.password }
    expect(await statusOf({ method: signedBy('wsse-username-token'), values, under: '/wsse', endpoint: list })).toBe(
      200,
    )
  })

  it.each([
    ['hmac-sha256', 'text', known.messageSignatures.secret],
    ['rsa-pss-sha512', 'pem', known.keys.rsa],
    ['rsa-v1_5-sha256', 'pem', known.keys.rsa],
    ['ecdsa-p256-sha256', 'pem', known.keys.ec],
    ['ed25519', 'pem', known.keys.ed],
  ] as const)('an HTTP message signature with %s is accepted', async (algorithm, keyEncoding, key) => {
    const method = signedBy('http-message-signature', { algorithm, keyEncoding, lifetimeSeconds: 60 })
    const values = { key_id: known.messageSignatures.keyIds[algorithm], secret_key: key }
    for (const endpoint of [whoami, list])
      expect(await statusOf({ method, values, under: '/message-signatures', endpoint })).toBe(200)
    expect(await statusOf({ method, values, under: '/message-signatures', endpoint: create })).toBe(201)
  })
})

describe('Digest', () => {
  it.each(['/digest-md5', '/digest-sha256'])('the response to the challenge of %s is accepted', async (under) => {
    const { username, password } = known.digest
    for (const endpoint of [whoami, list, create]) {
      const request = built({ method: aMethod('digest'), values: { username, password }, under, endpoint })
      const { status, headers } = await sent(request)
      expect(status).toBe(401)
      const answer = authenticationTypeDefinitions.digest.answerChallenge!({
        request,
        options: valueOf(readMethodOptions('digest', {})),
        scope: aScope({ username, password: { value: password, secrecy: 'whole' } }),
        context: { reserved: reserved() },
        response: { status, headers, body: new Uint8Array() },
      })
      expect((await sent(valueOf(answer)!)).status).toBeLessThan(300)
    }
  })
})
