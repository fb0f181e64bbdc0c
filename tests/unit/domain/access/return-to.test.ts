import { describe, expect, it } from 'vitest'
import { safeReturnTo } from '@/lib/domain/access/return-to'

describe('the page after signing in', () => {
  it.each([
    '/connectors',
    '/connectors/0199?tab=urls',
    '/flows/1?shape=2#run',
    '/activity?q=a%20b',
    '/connectors?next=https://example.com',
    '/oauth/authenticate?state=a&code=b%2Fc',
  ])('is the requested path of this site: %s', (path) => {
    expect(safeReturnTo(path)).toBe(path)
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['empty', ''],
    ['another site', 'https://evil.example/'],
    ['another scheme', 'javascript:alert(1)'],
    ['data', 'data:text/html,x'],
    ['two slashes', '//evil.example'],
    ['three slashes', '///evil.example'],
    ['slash and backslash', '/\\evil.example'],
    ['backslashes', '\\\\evil.example'],
    ['backslash later', '/connectors\\..\\..\\evil.example'],
    ['encoded second slash', '/%2fevil.example'],
    ['encoded second slash, capitals', '/%2Fevil.example'],
    ['encoded backslash', '/%5cevil.example'],
    ['encoded percent sign', '/%252fevil.example'],
    ['encoded tab', '/%09/evil.example'],
    ['encoded line break', '/%0a/evil.example'],
    ['tab that browsers drop', '/\t/evil.example'],
    ['line break that browsers drop', '/\n/evil.example'],
    ['carriage return', '/\r/evil.example'],
    ['space first', ' //evil.example'],
    ['null character', '/\0/evil.example'],
    ['dots that end in two slashes', '/.//evil.example'],
    ['dots up that end in two slashes', '/a/..//evil.example'],
    ['encoded dots', '/%2e%2e//evil.example'],
    ['relative', 'connectors'],
    ['userinfo', '@evil.example'],
    ['host without slashes', 'evil.example'],
    ['only a query', '?returnTo=x'],
    ['too long', `/${'a'.repeat(3_000)}`],
    ['the log-in itself', '/login?returnTo=/login'],
    ['the set-up', '/setup'],
    ['the start page, which redirects', '/'],
    ['an API address', '/api/auth/signout'],
  ])('is otherwise the start page: %s', (_name, wanted) => {
    expect(safeReturnTo(wanted)).toBe('/connectors')
  })
})
