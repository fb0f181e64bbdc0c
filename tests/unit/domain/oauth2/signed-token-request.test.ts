import { originsUnchecked } from '@/lib/domain/requests/check-destination'
import { describe, expect, it } from 'vitest'
import { buildTokenRequest } from '@/lib/domain/oauth2/token-request'
import { readTokenResponse } from '@/lib/domain/oauth2/token-response'
import { buildProbeRequest, verifyPhases } from '@/lib/domain/requests/build-probe-request'
import { SecretBook } from '@/lib/domain/secret-book'
import { aConnector, aMethod, aPhase, aVariable, methodValues, valueOf } from '@/tests/support/definition-builders'

/** Assumes a role: the user's keys sign one request, and its response has the keys that sign all others. */

const now = '2026-03-01T12:00:00.000Z'
const reserved = { now, nonce: 'n', uuid: 'u' }
const connector = aConnector({ baseUrl: 'https://s3.eu-west-1.amazonaws.com' })
const signature = {
  ...{
    scheme: 'aws_sigv4',
    region: 'eu-west-1',
    service: '{{ request_host | split: ".", "0" }}',
    signsTokenRequests: true,
  },
  accessKeyId: '{{ role_key_id | default: access_key_id }}',
  secretAccessKey: '{{ role_key | default: secret_key }}',
  sessionToken: '{{ role_session }}',
}
const base = aMethod('request_signature')
const method = aMethod('request_signature', {
  options: {
    signature,
    tokenPath: '$.AssumeRoleResponse.AssumeRoleResult.Credentials.SessionToken',
    kept: ['role_key_id:AccessKeyId', 'role_key:SecretAccessKey', 'role_session:SessionToken'].map((pair) => {
      const [variable = '', name = ''] = pair.split(':')
      return {
        variable,
        path: `$.AssumeRoleResponse.AssumeRoleResult.Credentials.${name}`,
        secret: true,
        expiryPath: '',
      }
    }),
    expiryPath: '$.AssumeRoleResponse.AssumeRoleResult.Credentials.Expiration',
    expiryUnit: 'iso',
  },
  variables: [
    ...base.variables,
    ...['access_key_id', 'role_key_id', 'role_key', 'role_session'].map((key) =>
      aVariable(key, { level: 'method', secret: key.startsWith('role'), configurable: key === 'access_key_id' }),
    ),
  ],
  phases: [
    aPhase('exchange', {
      httpMethod: 'GET',
      url: 'https://sts.eu-west-1.amazonaws.com/?Action=AssumeRole&Version=2011-06-15&RoleArn=role',
    }),
    aPhase('verify', { httpMethod: 'GET', url: '/' }),
  ],
})
const people = methodValues({ access_key_id: 'AKIDUSER', secret_key: 'user-secret' })
const exchange = (stored?: Map<string, string>) =>
  valueOf(
    buildTokenRequest({
      connector,
      method,
      values: { instance: people, stored },
      grant: { kind: 'exchange' },
      context: { reserved },
      confirmedOrigins: originsUnchecked,
    }),
  )
const authorizationOf = ({ request }: { request: { headers: [string, string][] } }) =>
  request.headers.find(([name]) => name === 'Authorization')?.[1] ?? ''

describe('Temporary keys for signed requests', () => {
  it('are requested with the keys of the instance', () => {
    expect(authorizationOf(exchange())).toContain('Credential=AKIDUSER/20260301/eu-west-1/sts/aws4_request')
  })

  it('are requested with these keys again, even if keys of an earlier response are stored', () => {
    const stored = new Map([
      ['role_key_id', 'ASIAOLD'],
      ['role_key', 'old'],
      ['role_session', 'old-session'],
    ])
    expect(exchange(stored).request).toEqual(exchange().request)
  })

  it('sign all other requests, with their session token', () => {
    const body = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey>
      <SessionToken>session</SessionToken><Expiration>2026-03-01T13:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`
    const responses = [
      {
        status: 200,
        headers: [['content-type', 'text/xml']] as [string, string][],
        body: new TextEncoder().encode(body),
      },
    ]
    const grant = valueOf(
      readTokenResponse({
        connector,
        method,
        values: { instance: people },
        responses,
        phase: 'exchange',
        secrets: new SecretBook(),
        now: new Date(now),
      }),
    )
    expect(grant.expiresAt).toEqual(new Date('2026-03-01T13:00:00Z'))
    const stored = new Map(grant.stored.map(({ key, value }) => [key, value]))
    const input = {
      connector,
      method,
      values: { instance: people, stored },
      reserved: { ...reserved, access_token: 'session' },
      confirmedOrigins: originsUnchecked,
    }
    const built = valueOf(buildProbeRequest(input, verifyPhases(method)[0]!))
    expect(authorizationOf(built)).toContain('Credential=ASIAROLE/20260301/eu-west-1/s3/aws4_request')
    expect(built.request.headers).toContainEqual(['X-Amz-Security-Token', 'session'])
  })

  it('are requested without a signature unless the method signs token requests', () => {
    const unsigned = {
      ...method,
      options: { ...method.options, signature: { ...method.options.signature, signsTokenRequests: false } },
    }
    const built = valueOf(
      buildTokenRequest({
        connector,
        method: unsigned,
        values: { instance: people },
        grant: { kind: 'exchange' },
        context: { reserved },
        confirmedOrigins: originsUnchecked,
      }),
    )
    expect(authorizationOf(built)).toBe('')
  })
})
