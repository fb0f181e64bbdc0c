import { describe, expect, it } from 'vitest'
import { reasonOf } from '@/lib/domain/answers'
import type { OutboundAnswer, SuccessRule } from '@/lib/domain/definitions'
import { judgeFailure, judgeTestRequest, judgeTokenError, nothingToVerify } from '@/lib/domain/verification'

function answer(status: number, body: unknown = '', type = 'application/json'): OutboundAnswer {
  return {
    status,
    headers: [['content-type', type]],
    body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  }
}

const outcome = (rule: SuccessRule | null, status: number, body?: unknown) => judgeTestRequest(rule, answer(status, body), []).outcome

describe('A test request (DATA §11)', () => {
  it.each([200, 201, 204, 299])('is accepted with status %d', (status) => {
    expect(outcome(null, status)).toBe('accepted')
    expect(outcome({ statuses: [] }, status)).toBe('accepted')
  })

  it.each([401, 403])('is rejected with status %d', (status) => {
    expect(outcome(null, status)).toBe('rejected')
    expect(outcome({ statuses: [200] }, status)).toBe('rejected')
  })

  it.each([301, 302, 400, 404, 418, 429, 500, 502, 503])('could not tell with status %d', (status) => {
    expect(outcome(null, status)).toBe('could_not_tell')
  })

  it('is accepted with an expected status only, where the method names some', () => {
    expect(outcome({ statuses: [404] }, 404)).toBe('accepted')
    expect(outcome({ statuses: [404] }, 200)).toBe('could_not_tell')
    expect(outcome({ statuses: [401] }, 401)).toBe('accepted')
  })

  it('is accepted only where the JSON path exists, when one is set', () => {
    expect(outcome({ jsonPath: '$.user.id' }, 200, { user: { id: null } })).toBe('accepted')
    expect(outcome({ jsonPath: '$.user.id' }, 200, { error: 'x' })).toBe('could_not_tell')
    expect(outcome({ jsonPath: '$.user.id' }, 200, '<html>')).toBe('could_not_tell')
  })

  it('is rejected by the rule of the method: a status, also 200 with an error inside', () => {
    expect(outcome({ rejectedStatuses: [400] }, 400)).toBe('rejected')
    expect(outcome({ jsonPath: '$.ok', rejectedStatuses: [200] }, 200, { error: 'bad key' })).toBe('rejected')
  })

  it('is shown with its status and the words of the third party', () => {
    expect(judgeTestRequest(null, answer(401, { message: 'Invalid API key' }), [])).toEqual({
      outcome: 'rejected',
      step: 'test_request',
      status: 401,
      message: 'The third party rejected the credentials with status 401: Invalid API key',
    })
    expect(judgeTestRequest(null, answer(503), []).message).toContain('status 503')
  })
})

describe('A token endpoint', () => {
  it.each([
    [400, 'invalid_grant', 'rejected'],
    [401, 'invalid_client', 'rejected'],
    [200, 'bad_code', 'rejected'],
    [400, null, 'could_not_tell'],
    [500, 'invalid_grant', 'could_not_tell'],
    [400, 'temporarily_unavailable', 'could_not_tell'],
  ] as const)('with status %d and the error %s: %s', (status, error, expected) => {
    expect(judgeTokenError(status, error)).toBe(expected)
  })
})

describe('A request without answer', () => {
  it('could not tell, and names the step', () => {
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

describe('What the third party says', () => {
  it.each([
    [{ error: 'invalid', error_description: 'Wrong code' }, 'Wrong code'],
    [{ errors: [{ message: 'Bad key', code: 1 }] }, 'Bad key'],
    [{ error: { message: 'Nested' } }, 'Nested'],
    [{ title: 'Unauthorized', status: 401 }, 'Unauthorized'],
    [{ ok: false }, ''],
    ['plain text', 'plain text'],
    ['<!doctype html><html><head><title>Log in</title></head>', 'Log in'],
    ['a\r\nb\u0000c', 'a b c'],
  ])('%j is %j', (body, expected) => {
    expect(reasonOf(answer(401, body), [])).toBe(expected)
  })

  it('is short', () => {
    expect(reasonOf(answer(401, 'x'.repeat(100_000)), [])).toHaveLength(300)
  })
})

describe('A third party that repeats a long secret', () => {
  const secret = `eyJ${'aB3'.repeat(2_000)}`
  const shown = (body: unknown) => judgeTestRequest(null, answer(401, body), [secret]).message

  it.each([
    ['in JSON', { message: `The token ${secret} has expired` }],
    ['as text', `The token ${secret} has expired`],
    ['in a page', `<html><title>The token ${secret} has expired</title></html>`],
  ])('is quoted without it, %s, although the words are cut', (_where, body) => {
    expect(shown(body)).not.toContain('eyJaB3')
    expect(shown(body)).toContain('has expired')
  })
})
