import { describe, expect, test } from 'vitest'
import { extractLiteralSecret } from '@/lib/domain/variables/extract-literal-secret'
import { displayNameOf, freeVariableKey, variableOfName } from '@/lib/domain/variables/variable-of-name'

describe('a variable that a template names', () => {
  test('is required, and shown under its name in words', () => {
    expect(variableOfName('order_id')).toMatchObject({
      key: 'order_id',
      displayName: 'Order ID',
      required: true,
      secret: false,
    })
    expect(displayNameOf('shopBaseUrl')).toBe('Shop base URL')
  })

  test.each(['password', 'client_secret', 'api_key', 'access_token'])('is secret where it is called %s', (key) => {
    expect(variableOfName(key).secret).toBe(true)
  })

  test.each(['token_url', 'token_type', 'grant_type', 'owner'])('is not secret where it is called %s', (key) => {
    expect(variableOfName(key).secret).toBe(false)
  })
})

test.each([
  ['X-Api-Key', [], 'x_api_key'],
  ['X-Api-Key', ['x_api_key', 'x_api_key_2'], 'x_api_key_3'],
  ['2nd key', [], '_2nd_key'],
  ['', [], 'secret'],
  ['–', ['secret'], 'secret_2'],
])('a key made of “%s” where %j are taken is %s', (text, taken, key) => {
  expect(freeVariableKey(text, new Set(taken))).toBe(key)
})

test('a key keeps its capitals where it is made of a parameter', () => {
  const options = { keepsCase: true, fallback: 'parameter' }
  expect(freeVariableKey('X-Tenant', new Set(['X_Tenant']), options)).toBe('X_Tenant_2')
  expect(freeVariableKey('–', new Set(), options)).toBe('parameter')
})

describe('a secret in a text', () => {
  const token = 'a8F3kd92LmQ7xZp4Wv6tRb1N'

  test('is replaced by a variable that is called after the header', () => {
    expect(extractLiteralSecret(token, 'X-Api-Key', new Set())).toEqual({
      key: 'x_api_key',
      text: '{{ x_api_key }}',
    })
  })

  test('leaves the scheme and what stands around it', () => {
    expect(extractLiteralSecret(`Bearer ${token}`, 'Authorization', new Set(['token']))).toEqual({
      key: 'token_2',
      text: 'Bearer {{ token_2 }}',
    })
    expect(extractLiteralSecret(`https://api.acme.test/{{ shop }}?k=${token}&page=1`, '', new Set())).toEqual({
      key: 'k',
      text: 'https://api.acme.test/{{ shop }}?k={{ k }}&page=1',
    })
  })

  test('is all of the text where it cannot be told from the rest', () => {
    expect(extractLiteralSecret('hush', 'note', new Set())).toEqual({ key: 'note', text: '{{ note }}' })
  })
})
