import { describe, expect, test } from 'vitest'
import { checkMethod } from '@/lib/authentication-methods/check-method'
import type { SaveMethod } from '@/lib/authentication-methods/schema'
import { signaturePresets } from '@/lib/domain/authentication/signature-presets'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import { optionsOfGroups } from '@/lib/domain/method-options/options'
import type { AuthenticationType } from '@/lib/domain/vocabulary'

type Phase = SaveMethod['phases'][number]

const phase = (kind: Phase['kind'], given: Partial<Phase> = {}): Phase => ({
  ...{
    kind,
    step: 0,
    httpMethod: null,
    url: null,
    bodyFormat: null,
    body: null,
    clientAuthentication: null,
    successRule: null,
    extract: null,
  },
  ...given,
})
const rule = (given: object) => ({
  statuses: [],
  jsonPath: '',
  rejectedStatuses: [],
  rejectedPath: '',
  rejectedValue: '',
  ...given,
})
const extract = (...pairs: [string, string][]) => pairs.map(([variable, path]) => ({ variable, path, secret: false }))

function check(
  type: AuthenticationType,
  given: { options?: object; phases?: Phase[]; parameters?: Partial<SaveMethod['parameters'][number]>[] },
  variableKeys: string[] = [],
) {
  const { optionGroups, defaultOptions } = authenticationTypeDefinitions[type]
  const parameter = {
    id: null,
    place: 'header' as const,
    key: 'X-A',
    value: '1',
    required: true,
    displayName: '',
    helpText: '',
    phases: ['endpoint' as const],
    steps: [],
  }
  return checkMethod(
    type,
    {
      ...{ methodId: '', revision: 1, name: 'm', timeoutSeconds: 30, documentationUrl: '' },
      options: { ...optionsOfGroups(optionGroups, defaultOptions), ...given.options },
      phases: given.phases ?? [],
      parameters: (given.parameters ?? []).map((row) => ({ ...parameter, ...row })),
    },
    variableKeys,
  )
}

const steps = (count: number, given: Partial<Phase> = {}) =>
  Array.from({ length: count }, (_, step) =>
    phase('exchange', { step, url: `https://login.acme.test/${step}`, ...given }),
  )
const secret = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc4eC39HqL'
const signature = (given: object) => ({
  ...authenticationTypeDefinitions.request_signature.defaultOptions.signature,
  ...given,
})
const jwt = (given: object) => ({ ...authenticationTypeDefinitions.signed_jwt.defaultOptions.jwt, ...given })
const kept = (...rows: [string, string, string?][]) =>
  rows.map(([variable, path, expiryPath = '']) => ({ variable, path, expiryPath, secret: false }))

describe('a method with its defaults', () => {
  test.each(Object.keys(authenticationTypeDefinitions) as AuthenticationType[])('of type %s can be saved', (type) => {
    const phases = authenticationTypeDefinitions[type].defaultPhases.map(({ kind, step, httpMethod, url }) =>
      phase(kind, { step, httpMethod, url }),
    )
    expect(
      check(
        type,
        { phases },
        authenticationTypeDefinitions[type].defaultVariables.map(({ key }) => key),
      ),
    ).toMatchObject({ ok: true })
  })

  test.each(signaturePresets.map(({ name, options }) => [name, options] as const))(
    'signed by %s can be saved',
    (_name, options) => {
      expect(check('request_signature', { options })).toMatchObject({ ok: true })
    },
  )

  test('may have five token requests, of which later ones use earlier responses', () => {
    expect(
      check('token_exchange', {
        phases: steps(5, { extract: extract(['ticket', 'header:Location']) }),
        options: { tokenPath: 'step2:cookie:SESSION' },
      }),
    ).toMatchObject({ ok: true })
  })
})

describe('an error names the field at fault', () => {
  test.each<[string, AuthenticationType, Parameters<typeof check>[1], string]>([
    ['six token requests', 'token_exchange', { phases: steps(6) }, 'phases.exchange.5'],
    [
      'a second request of a phase with one request',
      'oauth2_client_credentials',
      { phases: [phase('refresh', { step: 1, url: '/x' })] },
      'phases.refresh.1',
    ],
    [
      'a second token request of OAuth 1',
      'oauth1',
      { phases: [phase('exchange', { step: 1, url: '/x' })] },
      'phases.exchange.1',
    ],
    ['a request twice', 'token_exchange', { phases: [...steps(1), ...steps(1)] }, 'phases.exchange'],
    [
      'a second request without a URL',
      'token_exchange',
      { phases: [...steps(1), phase('exchange', { step: 1 })] },
      'phases.exchange.1.url',
    ],
    [
      'a secret in the URL of a second request',
      'token_exchange',
      { phases: [...steps(1), phase('exchange', { step: 1, url: `https://x.test/${secret}` })] },
      'phases.exchange.1.url',
    ],
    [
      'a stored value without a location in the response',
      'token_exchange',
      { phases: steps(1, { extract: extract(['a', 'header:']) }) },
      'phases.exchange.extract.0.path',
    ],
    [
      'a stored value of another request',
      'token_exchange',
      { phases: steps(1, { extract: extract(['a', 'step1:a']) }) },
      'phases.exchange.extract.0.path',
    ],
    [
      'two stored values with one key',
      'token_exchange',
      { phases: steps(1, { extract: extract(['a', 'a'], ['a', 'b']) }) },
      'phases.exchange.extract.1.variable',
    ],
    [
      'a looked-up value with a reserved key',
      'token_exchange',
      { phases: [phase('after_connect', { url: '/me', extract: extract(['access_token', 'a']) })] },
      'phases.after_connect.extract.0.variable',
    ],
    [
      'an invalid rejected path',
      'basic',
      { phases: [phase('verify', { url: '/me', successRule: rule({ rejectedPath: '$.[' }) })] },
      'phases.verify.successRule.rejectedPath',
    ],
    [
      'a rejected value without a path',
      'basic',
      { phases: [phase('verify', { step: 1, url: '/me', successRule: rule({ rejectedValue: '7' }) })] },
      'phases.verify.1.successRule.rejectedPath',
    ],
    [
      'a parameter of a missing request',
      'token_exchange',
      { phases: steps(2), parameters: [{ phases: ['exchange'], steps: [2] }] },
      'parameters.0.phases',
    ],
    ['a relative base URL', 'basic', { options: { baseUrl: '/v2' } }, 'options.baseUrl'],
    [
      'an invalid cookie name',
      'token',
      { options: { placement: { place: 'cookie', key: 'a b', value: '{{ token }}' } } },
      'options.placement.key',
    ],
    [
      'a secret as the credential',
      'token',
      { options: { placement: { place: 'url', key: 'k', value: secret } } },
      'options.placement.value',
    ],
    [
      'no location for the token in the response',
      'token_exchange',
      { options: { tokenPath: '' } },
      'options.tokenPath',
    ],
    [
      'the token of a missing request',
      'token_exchange',
      { phases: steps(2), options: { tokenPath: 'step3:token' } },
      'options.tokenPath',
    ],
    [
      'an invalid location in the response',
      'token_exchange',
      { options: { refreshTokenPath: '$.[' } },
      'options.refreshTokenPath',
    ],
    [
      'an invalid date pattern',
      'token_exchange',
      { options: { expiryUnit: 'pattern', expiryPattern: 'soon' } },
      'options.expiryPattern',
    ],
    [
      'a second token with an invalid expiry location',
      'token_exchange',
      { options: { kept: kept(['second', 'a', 'cookie:']) } },
      'options.kept.0.expiryPath',
    ],
    [
      'a callback value twice',
      'oauth2_authorization_code',
      {
        options: {
          keptFromCallback: [
            { variable: 'realm', parameter: 'a' },
            { variable: 'realm', parameter: 'b' },
          ],
        },
      },
      'options.keptFromCallback.1.variable',
    ],
    [
      'a parameter renamed twice',
      'oauth2_client_credentials',
      {
        options: {
          parameterNames: [
            { standard: 'client_id', sent: 'a' },
            { standard: 'client_id', sent: 'b' },
          ],
        },
      },
      'options.parameterNames.1.standard',
    ],
    [
      'an invalid header that means expired',
      'token_exchange',
      { options: { expiredHeader: { name: 'a b', contains: '' } } },
      'options.expiredHeader.name',
    ],
    [
      'an invalid body path that means expired',
      'token_exchange',
      { options: { expiredBody: { path: '$.[', value: '' } } },
      'options.expiredBody.path',
    ],
    [
      'an algorithm that does not exist',
      'signed_jwt',
      { options: { jwt: jwt({ algorithm: 'none' }) } },
      'options.jwt.algorithm',
    ],
    [
      'a private key typed into the method',
      'signed_jwt',
      { options: { jwt: jwt({ key: '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg' }) } },
      'options.jwt.key',
    ],
    [
      'a secret in a claim',
      'signed_jwt',
      { options: { jwt: jwt({ claims: [{ name: 'key', value: secret, kind: 'text' }] }) } },
      'options.jwt.claims.0.value',
    ],
    [
      'a signature of AWS without a region',
      'request_signature',
      {
        options: {
          signature: signature({
            scheme: 'aws_sigv4',
            accessKeyId: '{{ id }}',
            secretAccessKey: '{{ secret_key }}',
            service: 's3',
          }),
        },
      },
      'options.signature.region',
    ],
    [
      'an AWS secret typed into the method',
      'request_signature',
      { options: { signature: signature({ secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }) } },
      'options.signature.secretAccessKey',
    ],
    [
      'an unknown component',
      'request_signature',
      {
        options: {
          signature: signature({
            scheme: 'http_message_signatures',
            key: '{{ secret_key }}',
            components: ['@nothing'],
          }),
        },
      },
      'options.signature.components',
    ],
    [
      'an invalid label',
      'request_signature',
      {
        options: {
          signature: signature({ scheme: 'http_message_signatures', key: '{{ secret_key }}', label: 'Sig 1' }),
        },
      },
      'options.signature.label',
    ],
    [
      'an invalid signed header',
      'request_signature',
      { options: { signature: signature({ placements: [{ place: 'header', key: 'a b', value: '1' }] }) } },
      'options.signature.placements.0.key',
    ],
    [
      'a computed value that refers to itself',
      'basic',
      {
        options: {
          computed: [
            { key: 'a', value: '{{ b }}' },
            { key: 'b', value: '{{ a }}' },
          ],
        },
      },
      'options.computed.0.value',
    ],
    [
      'a computed value twice',
      'basic',
      {
        options: {
          computed: [
            { key: 'a', value: '1' },
            { key: 'a', value: '2' },
          ],
        },
      },
      'options.computed.1.key',
    ],
    [
      'a computed value with a reserved key',
      'basic',
      { options: { computed: [{ key: 'nonce', value: '1' }] } },
      'options.computed.0.key',
    ],
    [
      'a computed value with a filter that does not exist',
      'basic',
      { options: { computed: [{ key: 'a', value: '{{ username | explode }}' }] } },
      'options.computed.0.value',
    ],
    [
      'a secret in a computed value',
      'basic',
      { options: { computed: [{ key: 'a', value: secret }] } },
      'options.computed.0.value',
    ],
  ])('%s', (_what, type, given, field) => {
    expect(check(type, given)).toMatchObject({ ok: false, error: { field } })
  })

  test('a computed value with the key of a variable', () => {
    expect(check('basic', { options: { computed: [{ key: 'username', value: '1' }] } }, ['username'])).toMatchObject({
      ok: false,
      error: { field: 'options.computed.0.key' },
    })
  })
})
