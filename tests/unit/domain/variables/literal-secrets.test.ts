import { describe, expect, it } from 'vitest'
import { findLiteralSecret, literalSecretMessage } from '@/lib/domain/variables/literal-secrets'
import { almostSecrets } from '@/tests/support/hostile-inputs'

const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${'x'.repeat(43)}`

describe('A literal secret in a definition is found (rule R10)', () => {
  it.each([
    ['Bearer abcdefghijklmnop1234', 'Authorization'],
    ['Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==', 'Authorization'],
    [jwt, ''],
    ['AKIAIOSFODNN7EXAMPLE', ''],
    [`ghp_${'a1B2'.repeat(9)}`, ''],
    [`xoxb-${'1234567890'.repeat(2)}`, ''],
    [`sk_live_${'a1B2'.repeat(6)}`, ''],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE', ''],
    ['hunter2-hunter2', 'password'],
    ['opensesame', 'client_secret'],
    ['0123456789abcdef0123456789abcdef', 'X-Custom'],
    ['Xk29fLq8TzP4mWc7RbV3nYd6HsJ1', ''],
    ['https://api.test/?key=Xk29fLq8TzP4mWc7RbV3nYd6HsJ1', ''],
    ['Token: {{ token }} Xk29fLq8TzP4mWc7RbV3nYd6HsJ1', ''],
    ['WSSE profile="UsernameToken" opensesame', 'Authorization'],
    ['opensesame', 'X-Api-Key'],
    [`[["ghp_${'a1B2'.repeat(9)}"]]`, ''],
    [`[[{{ key }}payload.ghp_${'a1B2'.repeat(9)}]]`, ''],
  ])('%s under the name %j', (text, name) => {
    expect(findLiteralSecret(text, name)).not.toBeNull()
  })

  it.each([
    ['', 'password'],
    ['{{ password }}', 'password'],
    ['Bearer {{ access_token }}', 'Authorization'],
    ['{{ token | base64_encode }}', 'X-Api-Key'],
    ['[[payload.token]]', 'token'],
    ['application/json', 'Accept'],
    ['https://oauth.myapp.com/token/{{ account }}', ''],
    ['authorization_code', 'grant_type'],
    ['access_token', 'response_authentication_token_key'],
    ['bearer', 'token_type'],
    ['read_orders write_orders offline_access', 'scope'],
    ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'grant_type'],
    ['0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b', 'tenant'],
    ['https://api.test/some-long-path-with-many-words/and-2-numbers', ''],
    ['2026-01-01T00:00:00.000Z', 'date'],
    ['WSSE profile="UsernameToken"', 'Authorization'],
  ])('but %s under the name %j is not a secret', (text, name) => {
    expect(findLiteralSecret(text, name)).toBeNull()
  })

  it('with its position, but without quoting it', () => {
    const text = 'x=1&key=Xk29fLq8TzP4mWc7RbV3nYd6HsJ1'
    const found = findLiteralSecret(text)
    expect(text.slice(found?.start, found?.end)).toContain('Xk29fLq8TzP4mWc7RbV3nYd6HsJ1')
    expect(literalSecretMessage(found!)).not.toContain('Xk29')
  })
})

it.each(['[', '[[ ', '[[payload', '{{', '{{ a ', ']', '}'])('The search stays fast with %s repeated', (piece) => {
  const began = performance.now()
  findLiteralSecret(piece.repeat(Math.floor(65_536 / piece.length)), 'body')
  expect(performance.now() - began).toBeLessThan(2_000)
})

it('The search stays fast with any body', () => {
  expect(almostSecrets.map((text) => findLiteralSecret(text, 'body')?.kind ?? null)).toEqual([
    ...[null, null, null],
    'an API key',
    ...[null, null],
  ])
})
