import { describe, expect, it } from 'vitest'
import { reasonOf } from '@/lib/domain/responses/response'
import type { SuccessRule } from '@/lib/domain/definitions'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { judgeFailure, judgeTestRequest, judgeTokenError, nothingToVerify } from '@/lib/domain/responses/verification'
import { SecretBook } from '@/lib/domain/secret-book'

const noSecrets = new SecretBook()

function answer(status: number, body: unknown = '', type = 'application/json'): OutboundResponse {
  return {
    status,
    headers: [['content-type', type]],
    body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  }
}

const outcome = (rule: SuccessRule | null, status: number, body?: unknown) =>
  judgeTestRequest(rule, answer(status, body), noSecrets).outcome

describe('A test request (DATA §11)', () => {
  it.each([200, 201, 204, 299])('is accepted with status %d', (status) => {
    expect(outcome(null, status)).toBe('accepted')
    expect(outcome({ statuses: [] }, status)).toBe('accepted')
  })

  it.each([401, 403])('is rejected with status %d', (status) => {
    expect(outcome(null, status)).toBe('rejected')
    expect(outcome({ statuses: [200] }, status)).toBe('rejected')
  })

  it.each([301, 302, 400, 404, 418, 429, 500, 502, 503])('is inconclusive with status %d', (status) => {
    expect(outcome(null, status)).toBe('could_not_tell')
  })

  it('is accepted only with an expected status, if the method has any', () => {
    expect(outcome({ statuses: [404] }, 404)).toBe('accepted')
    expect(outcome({ statuses: [404] }, 200)).toBe('could_not_tell')
    expect(outcome({ statuses: [401] }, 401)).toBe('accepted')
  })

  it('is accepted only if the configured JSON path exists', () => {
    expect(outcome({ jsonPath: '$.user.id' }, 200, { user: { id: null } })).toBe('accepted')
    expect(outcome({ jsonPath: '$.user.id' }, 200, { error: 'x' })).toBe('could_not_tell')
    expect(outcome({ jsonPath: '$.user.id' }, 200, '<html>')).toBe('could_not_tell')
  })

  // Shows C22.
  it('is rejected by a status of the method’s rule, also 200 with an error in the body', () => {
    expect(outcome({ rejectedStatuses: [400] }, 400)).toBe('rejected')
    expect(outcome({ jsonPath: '$.ok', rejectedStatuses: [200] }, 200, { error: 'bad key' })).toBe('rejected')
  })

  it('is rejected by the path of the method’s rule with any status', () => {
    expect(outcome({ rejectedPath: '$.error' }, 200, { error: { code: 1 } })).toBe('rejected')
    expect(outcome({ rejectedPath: '$.error' }, 500, { error: 'x' })).toBe('rejected')
    expect(outcome({ rejectedPath: '$.error' }, 200, { user: 1 })).toBe('accepted')
    expect(outcome({ rejectedPath: '$.ok', rejectedValue: 'false' }, 200, { ok: false })).toBe('rejected')
    expect(outcome({ rejectedPath: '$.ok', rejectedValue: 'false' }, 200, { ok: true })).toBe('accepted')
    expect(outcome({ rejectedPath: '$.codes[*]', rejectedValue: '7' }, 200, { codes: [1, 7] })).toBe('rejected')
    expect(outcome({ statuses: [200], rejectedPath: '$.error', rejectedValue: 'bad' }, 404, { error: 'other' })).toBe(
      'could_not_tell',
    )
  })

  it.each([null, false, 0, '', '0', [], {}])('is not rejected if the value at the path is %j', (error) => {
    expect(outcome({ rejectedPath: '$.error' }, 200, { error })).toBe('accepted')
  })

  it('can also be judged by XML and headers', () => {
    const fault =
      '<s:Envelope xmlns:s="u"><s:Body><s:Fault><faultstring>Bad session</faultstring></s:Fault></s:Body></s:Envelope>'
    const judged = judgeTestRequest(
      { rejectedPath: '$.Envelope.Body.Fault' },
      answer(500, fault, 'text/xml'),
      noSecrets,
    )
    expect(judged).toMatchObject({
      outcome: 'rejected',
      message: 'The third party rejected the credentials (500 Internal Server Error): “Bad session.”',
    })
    expect(outcome({ jsonPath: '$.user.@id' }, 200, '<user id="7"/>')).toBe('accepted')
    expect(outcome({ jsonPath: 'header:content-type' }, 200)).toBe('accepted')
    expect(outcome({ jsonPath: 'header:x-user' }, 200)).toBe('could_not_tell')
  })

  it('is reported with its status and the third party’s message', () => {
    expect(judgeTestRequest(null, answer(401, { message: 'Invalid API key' }), noSecrets)).toEqual({
      outcome: 'rejected',
      step: 'test_request',
      status: 401,
      message: 'The third party rejected the credentials (401 Unauthorized): “Invalid API key.”',
    })
    expect(judgeTestRequest(null, answer(503), noSecrets).message).toBe(
      'The third party returned 503 Service Unavailable, so the credentials could not be checked.',
    )
  })
})

describe('One of several test requests', () => {
  it.each([
    [
      { connector: 'Acme', number: 1, of: 3 },
      401,
      'Test request 1 of 3: Acme rejected the credentials (401 Unauthorized).',
    ],
    [
      { connector: 'Acme', number: 2, of: 3 },
      404,
      'Test request 2 of 3: Acme returned 404 Not Found, so the credentials could not be checked.',
    ],
    [
      { connector: 'Acme', number: 1, of: 1 },
      404,
      'Acme returned 404 Not Found, so the credentials could not be checked.',
    ],
    [{ connector: 'Acme', number: 3, of: 3 }, 200, 'Acme accepted the credentials (200 OK).'],
  ])('%j with status %d is named if it is not accepted', (turn, status, message) => {
    expect(judgeTestRequest(null, answer(status), noSecrets, turn).message).toBe(message)
  })
})

describe('A token endpoint', () => {
  it.each([
    [400, 'invalid_grant', 'rejected'],
    [401, 'invalid_client', 'rejected'],
    [200, 'bad_code', 'rejected'],
    [400, null, 'could_not_tell'],
    [401, null, 'rejected'],
    [403, null, 'rejected'],
    [401, 'server_error', 'could_not_tell'],
    [500, 'invalid_grant', 'could_not_tell'],
    [400, 'temporarily_unavailable', 'could_not_tell'],
  ] as const)('with status %d and the error %s: %s', (status, error, expected) => {
    expect(judgeTokenError(status, error)).toBe(expected)
  })
})

describe('A request without a response', () => {
  it('is inconclusive, and names the step', () => {
    expect(judgeFailure({ code: 'dns_failed', message: 'no such host' })).toEqual({
      outcome: 'could_not_tell',
      step: 'reaching_host',
      status: null,
      message: 'no such host',
    })
    expect(judgeFailure({ code: 'missing_value', message: 'x' }).step).toBe('building')
    expect(nothingToVerify().outcome).toBe('nothing_to_verify')
  })
})

describe('The third party’s message', () => {
  it.each([
    [{ error: 'invalid', error_description: 'Wrong code' }, 'Wrong code'],
    [{ errors: [{ message: 'Bad key', code: 1 }] }, 'Bad key'],
    [{ error: { message: 'Nested' } }, 'Nested'],
    [{ title: 'Unauthorized', status: 401 }, 'Unauthorized'],
    [{ ok: false }, ''],
    [{ errcode: 40029, errmsg: 'invalid code' }, 'invalid code'],
    ['error=bad_code&error_description=Too+old', 'Too old'],
    ['<Error><Code>1</Code><Message>Wrong signature</Message></Error>', 'Wrong signature'],
    ['<s:Envelope><s:Body><s:Fault><faultstring>No</faultstring></s:Fault></s:Body></s:Envelope>', 'No'],
    ['plain text', 'plain text'],
    ['<!doctype html><html><head><title>Log in</title></head>', 'Log in'],
    ['a\r\nb\u0000c', 'a b c'],
  ])('in %j is %j', (body, expected) => {
    expect(reasonOf(answer(401, body), noSecrets)).toBe(expected)
  })

  it('is shortened', () => {
    expect(reasonOf(answer(401, 'x'.repeat(100_000)), noSecrets)).toHaveLength(300)
  })
})

describe('A message that contains a long secret', () => {
  const secret = `eyJ${'aB3'.repeat(2_000)}`
  const shown = (body: unknown) => judgeTestRequest(null, answer(401, body), SecretBook.of(secret)).message

  it.each([
    ['in JSON', { message: `The token ${secret} has expired` }],
    ['as text', `The token ${secret} has expired`],
    ['in a page', `<html><title>The token ${secret} has expired</title></html>`],
  ])('is quoted without it, %s, even when shortened', (_where, body) => {
    expect(shown(body)).not.toContain('eyJaB3')
    expect(shown(body)).toContain('has expired')
  })
})
