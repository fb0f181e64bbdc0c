import { describe, expect, test } from 'vitest'
import { extractLiteralSecret } from '@/lib/domain/variables/extract-literal-secret'
import { displayNameOf, freeVariableKey, variableOfName } from '@/lib/domain/variables/variable-of-name'

describe('a variable for a name in a template', () => {
  test('is required, and its display name is derived from its key', () => {
    expect(variableOfName('order_id')).toMatchObject({
      key: 'order_id',
      displayName: 'Order ID',
      required: true,
      secret: false,
    })
    expect(displayNameOf('shopBaseUrl')).toBe('Shop base URL')
  })

  test.each(['password', 'client_secret', 'api_key', 'access_token'])('is secret if it is called %s', (key) => {
    expect(variableOfName(key).secret).toBe(true)
  })

  test.each(['token_url', 'token_type', 'grant_type', 'owner'])('is not secret if it is called %s', (key) => {
    expect(variableOfName(key).secret).toBe(false)
  })
})

test.each([
  ['X-Api-Key', [], 'x_api_key'],
  ['X-Api-Key', ['x_api_key', 'x_api_key_2'], 'x_api_key_3'],
  ['2nd key', [], '_2nd_key'],
  ['', [], 'secret'],
  ['–', ['secret'], 'secret_2'],
])('the key for “%s”, if %j are in use, is %s', (text, taken, key) => {
  expect(freeVariableKey(text, new Set(taken))).toBe(key)
})

test('the key for a parameter keeps its capital letters', () => {
  const options = { keepsCase: true, fallback: 'parameter' }
  expect(freeVariableKey('X-Tenant', new Set(['X_Tenant']), options)).toBe('X_Tenant_2')
  expect(freeVariableKey('–', new Set(), options)).toBe('parameter')
})

describe('a secret in a text', () => {
  const token = 'a8F3kd92LmQ7xZp4Wv6tRb1N'

  test('is replaced by a variable with the name of the header', () => {
    expect(extractLiteralSecret(token, 'X-Api-Key', new Set())).toEqual({
      key: 'x_api_key',
      text: '{{ x_api_key }}',
    })
  })

  test('is replaced without the scheme and the text around it', () => {
    expect(extractLiteralSecret(`Bearer ${token}`, 'Authorization', new Set(['token']))).toEqual({
      key: 'token_2',
      text: 'Bearer {{ token_2 }}',
    })
    expect(extractLiteralSecret(`https://api.acme.test/{{ shop }}?k=${token}&page=1`, '', new Set())).toEqual({
      key: 'k',
      text: 'https://api.acme.test/{{ shop }}?k={{ k }}&page=1',
    })
  })

  test('is the whole text if it cannot be separated from the rest', () => {
    expect(extractLiteralSecret('hush', 'note', new Set())).toEqual({ key: 'note', text: '{{ note }}' })
  })
})
