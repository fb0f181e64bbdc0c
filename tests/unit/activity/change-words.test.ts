import { describe, expect, it } from 'vitest'
import { actionWords } from '@/lib/activity/action-words'
import { changeLines } from '@/lib/activity/change-lines'
import { changeWords } from '@/lib/activity/change-words'
import type { FieldChange } from '@/lib/domain/history/field-change'

describe('A change in words', () => {
  const cases: [FieldChange, string][] = [
    [
      { field: 'phases.exchange.url', from: 'https://a/token', to: 'https://b/token' },
      'Token URL: https://a/token → https://b/token',
    ],
    [{ field: 'phases.exchange.1.url', from: null, to: '/two' }, 'Token URL of request 2: empty → /two'],
    [{ field: 'phases.verify.httpMethod', from: 'GET', to: 'POST' }, 'Test request, HTTP method: GET → POST'],
    [
      { field: 'phases.verify.successRule.statuses', from: '200', to: '200, 204' },
      'Test request, success rule, statuses: 200 → 200, 204',
    ],
    [{ field: 'options.pkce', from: 'S256', to: 'off' }, 'PKCE: S256 → off'],
    [
      { field: 'options.clientAuthentication', from: 'client_secret_basic', to: 'none' },
      'Client authentication: Header: client_secret_basic → Client ID only: a public client',
    ],
    [{ field: 'options.jwt.algorithm', from: 'RS256', to: 'ES256' }, 'JWT, algorithm: RS256 → ES256'],
    [{ field: 'timeoutSeconds', from: 30, to: 60 }, 'Timeout limit (seconds): 30 → 60'],
    [{ field: 'deprecated', from: false, to: true }, 'Deprecated: no → yes'],
    [{ field: 'direction', from: 'receive', to: 'send' }, 'Direction: Receive → Send'],
    [{ field: 'body', how: 'changed' }, 'Body changed'],
    [{ field: 'pagination.type', from: 'page', to: 'cursor' }, 'Pagination, type: page → cursor'],
    [{ field: 'pagination.mostPages', from: 10, to: 20 }, 'Pagination, page limit: 10 → 20'],
    [{ field: 'parameter', of: 'header X-Api-Version', how: 'added' }, 'Added header X-Api-Version'],
    [
      { field: 'parameter', of: 'header X-Api-Version', how: 'added', to: '2024-01' },
      'Added header X-Api-Version: 2024-01',
    ],
    [{ field: 'parameter', of: 'URL parameter page', how: 'removed' }, 'Removed URL parameter page'],
    [
      { field: 'parameter.value', of: 'header X-Api-Version', from: '2024-01', to: '2025-01' },
      'Header X-Api-Version: 2024-01 → 2025-01',
    ],
    [
      { field: 'parameter.key', of: 'header X-Old', from: 'header X-Old', to: 'header X-New' },
      'Header X-Old: header X-Old → header X-New',
    ],
    [
      { field: 'parameter.required', of: 'header X-Tenant', from: true, to: false },
      'Header X-Tenant, required: yes → no',
    ],
    [
      { field: 'parameter.phases', of: 'header X-Tenant', from: 'Get token', to: 'Get token, Refresh' },
      'Header X-Tenant, sent with: Get token → Get token, Refresh',
    ],
    [{ field: 'value', of: 'Password', how: 'replaced' }, 'Password replaced'],
    [{ field: 'value', of: 'Password', how: 'removed' }, 'Password removed'],
    [{ field: 'value', of: 'Username', from: 'dana', to: 'robin' }, 'Username: dana → robin'],
    [{ field: 'sharedValue', of: 'Client secret', how: 'set' }, 'Client secret for all instances set'],
    [{ field: 'certificate', how: 'replaced' }, 'Certificate replaced'],
    [
      { field: 'enablement', of: 'basic auth', how: 'on', names: ['List orders'] },
      'Turned on basic auth for List orders',
    ],
    [
      { field: 'enablement', of: 'OAuth 2', how: 'off', names: ['One', 'Two'] },
      'Turned off OAuth 2 for 2 endpoints: One, Two',
    ],
    [
      { field: 'method', how: 'on', names: ['basic auth', 'OAuth 2'] },
      'Turned on authentication methods basic auth, OAuth 2 for these endpoints',
    ],
    [
      { field: 'method', how: 'on', names: ['basic auth'] },
      'Turned on authentication method basic auth for these endpoints',
    ],
    [{ field: 'brokenFlow', how: 'changed', names: ['Nightly orders'] }, '1 flow stopped working: Nightly orders'],
    [{ field: 'variable', how: 'added', names: ['owner', 'repo'] }, 'Added variables owner, repo'],
    [{ field: 'instance', from: 'Acme UK', to: 'Acme EU' }, 'Instance: Acme UK → Acme EU'],
    [{ field: 'type', to: 'OAuth 2 (client credentials)' }, 'Type: OAuth 2 (client credentials)'],
  ]

  it.each(cases)('%j', (change, words) => {
    expect(changeWords(change)).toBe(words)
  })

  it('names at most fifty things, then says how many more there are', () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `E${index + 1}`)
    expect(changeWords({ field: 'enablement', of: 'OAuth 2', how: 'on', names })).toBe(
      `Turned on OAuth 2 for 2,000 endpoints: ${names.slice(0, 50).join(', ')} and 1,950 more`,
    )
    expect(changeWords({ field: 'endpoint', how: 'added', names: names.slice(0, 51) })).toMatch(/, E50 and 1 more$/)
    expect(changeWords({ field: 'endpoint', how: 'added', names: names.slice(0, 50) })).toMatch(/, E49, E50$/)
  })

  it('says how many more changes there were than the row contains', () => {
    expect(changeLines({ fields: [{ field: 'name', from: 'a', to: 'b' }], more: 1200 })).toEqual([
      'Name: a → b',
      '… and 1,200 more',
    ])
  })

  it('still reads old rows, which were not recorded field by field', () => {
    const earlier = {
      maxConcurrent: { from: null, to: 3 },
      values: { password: 'set', username: { from: 'a', to: 'b' } },
      enabled: ['One', 'Two'],
      disabled: [],
    }
    expect(changeLines(earlier)).toEqual([
      'Max concurrent: empty → 3',
      'Password set',
      'Username: a → b',
      'Enabled: One, Two',
    ])
  })
})

describe('An action in words', () => {
  it.each([
    ['create_connector', 'Created connector'],
    ['update_method', 'Changed method'],
    ['set_enablement', 'Changed enablement'],
    ['delete_instance', 'Deleted instance'],
    ['authorise_instance', 'Authorised instance'],
    ['end_other_sessions', 'Ended other sessions'],
  ])('%s: %s', (action, words) => {
    expect(actionWords(action)).toBe(words)
  })
})
