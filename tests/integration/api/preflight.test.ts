import { expect, test } from 'vitest'
import { answerOptions } from '@/lib/api/answer-options'
import { testDatabase } from '@/tests/support/database'

/** What a browser learns before a page of another site sends a request to the API. */

await testDatabase()

const asked = (path: string, headers: Record<string, string> = {}) =>
  answerOptions(new Request(`http://localhost:3000/api/v1${path}`, { method: 'OPTIONS', headers }))
const preflight = (path: string, names = '') =>
  asked(path, { 'access-control-request-method': 'PATCH', 'access-control-request-headers': names }).headers

test('an address names its methods', () => {
  expect(asked('/flows').status).toBe(204)
  expect(asked('/flows').headers.get('allow')).toBe('HEAD, GET, POST, OPTIONS')
  expect(asked('/flows').headers.get('access-control-allow-methods')).toBeNull()
  expect(preflight('/flows/nightly').get('access-control-allow-methods')).toBe('HEAD, GET, PATCH, DELETE')
  expect(preflight('/instances/one/check').get('access-control-allow-methods')).toBe('POST')
  expect(preflight('/instances/one/endpoints/two/call').get('access-control-allow-methods')).toBe('POST')
})

test('an address that does not exist accepts everything, so that the page can read the refusal', () => {
  expect(preflight('/nothing').get('access-control-allow-methods')).toBe('HEAD, GET, POST, PATCH, DELETE')
})

test('headers of programs are allowed, and no others', () => {
  const names = 'authorization, Content-Type,if-match, idempotency-key,patchbay-values, next-action, x-forwarded-for'
  const headers = preflight('/flows', names)
  expect(headers.get('access-control-allow-headers')).toBe(
    'authorization, content-type, if-match, idempotency-key, patchbay-values',
  )
  expect(headers.get('access-control-max-age')).toBe('7200')
})

test('credentials of the browser are never allowed', () => {
  expect(preflight('/flows', 'cookie').has('access-control-allow-credentials')).toBe(false)
  expect(preflight('/flows', 'cookie').get('access-control-allow-headers')).toBe('')
})
