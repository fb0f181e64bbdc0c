import { describe, expect, it } from 'vitest'
import { judgeCredentials } from '@/lib/domain/authentication/credential-verdict'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'

const usual = { rejectedStatuses: [401], rejectedBody: null }
const verdict = (status: number, body: unknown = {}, options: object = {}) =>
  judgeCredentials(
    { options: { ...usual, ...options } },
    { status, headers: [], body: new TextEncoder().encode(JSON.stringify(body)) },
  )

describe('A response to an endpoint request', () => {
  it('with 401 means that the credentials were rejected', () => {
    expect(verdict(401)).toBe('rejected')
  })

  it.each([200, 201, 204, 304])('with %d means that they were accepted', (status) => {
    expect(verdict(status)).toBe('accepted')
  })

  it.each([400, 403, 404, 409, 422, 429, 500, 502, 503])('with %d is inconclusive', (status) => {
    expect(verdict(status)).toBe('nothing')
  })

  it('is judged by the method’s own rule', () => {
    expect(verdict(403, {}, { rejectedStatuses: [401, 403] })).toBe('rejected')
    expect(verdict(200, { code: 7 }, { rejectedBody: { path: '$.code', value: '7' } })).toBe('rejected')
    expect(verdict(200, { code: 8 }, { rejectedBody: { path: '$.code', value: '7' } })).toBe('accepted')
    expect(verdict(200, { error: 'x' }, { rejectedBody: { path: '$.error', value: '' } })).toBe('rejected')
    expect(verdict(401, {}, { rejectedStatuses: [] })).toBe('nothing')
  })
})

it('Every authentication type has the rule, with 401 as its default', () => {
  for (const { optionGroups, defaultOptions } of Object.values(authenticationTypeDefinitions)) {
    expect(optionGroups).toContain('common')
    expect(defaultOptions).toMatchObject(usual)
  }
})
