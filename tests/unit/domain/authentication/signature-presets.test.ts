import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { createHash, createHmac, generateKeyPairSync, verify } from 'node:crypto'
import { httpbis } from 'http-message-signatures'
import { describe, expect, it } from 'vitest'
import { signer } from '@/lib/platform/crypto/signer'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import { defaultsOf } from '@/lib/domain/method-options/options'
import { requestSignature } from '@/lib/domain/authentication/request-signature'
import { signaturePresets } from '@/lib/domain/authentication/signature-presets'
import type { EndpointDefinition } from '@/lib/domain/definitions'
import { buildEndpointRequest } from '@/lib/domain/requests/build-endpoint-request'
import { checkLockedEdit, validateVariableDefinition } from '@/lib/domain/variables/variable-rules'
import { aConnector, aMethod, anEndpoint, aVariable, methodValues, valueOf } from '@/tests/support/definition-builders'

const now = '2026-11-21T05:15:00.250Z'
const presetOf = (key: string) => signaturePresets.find((preset) => preset.key === key)!

function variablesOf(key: string) {
  const own = Object.fromEntries(requestSignature.defaultVariables.map((variable) => [variable.key, variable]))
  const given = presetOf(key).variables.map((variable) =>
    aVariable(variable.key, { ...own[variable.key], ...variable, level: 'method' }),
  )
  const untouched = requestSignature.defaultVariables.filter(
    (variable) => !given.some((other) => other.key === variable.key),
  )
  return [...untouched.map((variable) => aVariable(variable.key, { ...variable, level: 'method' })), ...given]
}

function built(key: string, values: Record<string, string>, endpoint: Partial<EndpointDefinition> = {}, signing = now) {
  return buildEndpointRequest({
    ...{ connector: aConnector(), endpoint: anEndpoint(endpoint), confirmedOrigins: originsUnchecked, signer },
    method: aMethod('request_signature', { options: presetOf(key).options, variables: variablesOf(key) }),
    values: { instance: methodValues(values) },
    reserved: { now: signing, nonce: 'a-nonce', uuid: 'u' },
  })
}

const post = { url: '/orders?z=1&a=b%20c', httpMethod: 'POST', bodyFormat: 'json', body: '{"a":1}' } as const
const headersOf = ({ headers }: { headers: [string, string][] }) =>
  Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))

describe('Every preset of a request signature', () => {
  it.each(signaturePresets.map((preset) => [preset.name, preset] as const))(
    '%s has valid options and variables',
    (_name, { key, options, variables }) => {
      expect(valueOf(readMethodOptions('request_signature', options))).toMatchObject(options)
      for (const variable of variables) {
        const own = requestSignature.defaultVariables.find((candidate) => candidate.key === variable.key)
        const after = { ...aVariable(variable.key, own ?? {}), ...variable }
        valueOf(validateVariableDefinition(after))
        if (own) valueOf(checkLockedEdit({ ...own, id: '', level: 'method' }, { ...own, ...variable }))
      }
      expect(signaturePresets.filter((preset) => preset.key === key)).toHaveLength(1)
    },
  )

  it('consists only of templates, except for the two that cannot', () => {
    const others = signaturePresets.filter(({ options }) => options.signature.scheme !== 'template')
    expect(others.map(({ key }) => key)).toEqual(['aws-signature-version-4', 'http-message-signature'])
    for (const { options } of signaturePresets)
      expect(Object.keys(options.signature)).toEqual(Object.keys(defaultsOf({}).signature))
  })
})

describe('The preset', () => {
  it('AWS Signature Version 4 needs an access key and a secret key, and no session token', () => {
    const values = { access_key_id: 'AKID', secret_key: 'secret-key-0123456789' }
    const headers = headersOf(valueOf(built('aws-signature-version-4', values)).request)
    expect(headers.authorization).toContain('Credential=AKID/20261121/us-east-1/execute-api/aws4_request')
    expect(headers).not.toHaveProperty('x-amz-security-token')
    const temporary = valueOf(built('aws-signature-version-4', { ...values, session_token: 'session-token-1' }))
    expect(headersOf(temporary.request)['x-amz-security-token']).toBe('session-token-1')
    expect(temporary.secrets.texts()).toContain('session-token-1')
  })

  it('HMAC header has a signature that independent code can compute', () => {
    const { request, secrets } = valueOf(
      built('hmac-header', { key_id: 'k-1', secret_key: 'secret-key-0123456789' }, post),
    )
    const hash = createHash('sha256').update('{"a":1}').digest('hex')
    const text = ['POST', '/v1/orders', 'a=b%20c&z=1', hash, '1795238100', 'a-nonce'].join('\n')
    const signature = createHmac('sha256', 'secret-key-0123456789').update(text).digest('hex')
    expect(headersOf(request)).toMatchObject({
      'x-api-key': 'k-1',
      'x-timestamp': '1795238100',
      'x-nonce': 'a-nonce',
      'x-signature': signature,
    })
    expect(secrets.texts()).toContain(signature)
  })

  it('HMAC header signs a request without query and body as well', () => {
    const { request } = valueOf(built('hmac-header', { key_id: 'k-1', secret_key: 'secret-key-0123456789' }))
    const text = ['GET', '/v1/orders', '', createHash('sha256').update('').digest('hex'), '1795238100', 'a-nonce'].join(
      '\n',
    )
    expect(headersOf(request)['x-signature']).toBe(
      createHmac('sha256', 'secret-key-0123456789').update(text).digest('hex'),
    )
  })

  it('WSSE UsernameToken has the digest of nonce, time and password', () => {
    const { request, secrets } = valueOf(
      built('wsse-username-token', { username: 'dana', secret_key: 'wsse-password-1' }),
    )
    const digest = createHash('sha1').update('a-nonce2026-11-21T05:15:00Zwsse-password-1').digest('base64')
    expect(headersOf(request)['x-wsse']).toBe(
      `UsernameToken Username="dana", PasswordDigest="${digest}", Nonce="${Buffer.from('a-nonce').toString('base64')}", Created="2026-11-21T05:15:00Z"`,
    )
    expect(secrets.texts()).toContain(digest)
    expect(JSON.stringify(request)).not.toContain('wsse-password-1')
  })

  it('HTTP message signature is verified by another implementation', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const values = { key_id: 'k-1', secret_key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string }
    const { request } = valueOf(built('http-message-signature', values, post, new Date().toISOString()))
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
    const keyLookup = async () => ({
      id: 'k-1',
      algs: ['ecdsa-p256-sha256'],
      verify: async (data: Buffer, given: Buffer) => verify('sha256', data, key, given),
    })
    const received = {
      method: request.method,
      url: request.url,
      headers: { ...Object.fromEntries(request.headers), Host: 'api.acme.test' },
    }
    expect(await httpbis.verifyMessage({ keyLookup, requiredFields: ['content-digest'] }, received)).toBe(true)
  })
})
