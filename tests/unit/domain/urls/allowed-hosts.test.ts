import { describe, expect, it } from 'vitest'
import { checkAllowedHost, matchesAllowedHosts, matchesOrigin } from '@/lib/domain/urls/allowed-hosts'
import { codeOf, valueOf } from '@/tests/support/definition-builders'
import { hostileOrigins } from '@/tests/support/hostile-inputs'

describe('An entry of the allowed hosts', () => {
  it.each([
    'api.myapp.com',
    '*.myapp.com',
    'localhost',
    'localhost:4010',
    'http://intranet.local',
    '127.0.0.1:80',
    '[::1]:4010',
    '*.localhost',
    'xn--bcher-kva.test',
  ])('may be %s', (text) => {
    expect(valueOf(checkAllowedHost(` ${text.toUpperCase()} `))).toBe(text)
  })

  it.each([
    '',
    '*',
    '*.com',
    '*.*',
    'a.*.com',
    'https://a.test/x',
    'a.test/x',
    'user@a.test',
    'ftp://a.test',
    '*.0.0.1',
    'a b.test',
    'a.test:x',
    '127.1',
    '0x7f.0.0.1',
    '{{ x }}',
    'a..b',
    '*a.test',
    // The name is too long (RFC 1035 §2.3.4), although each label is short.
    `${'a.'.repeat(150)}test`,
  ])('may not be %j', (text) => {
    expect(codeOf(checkAllowedHost(text))).toBe('invalid_input')
  })
})

describe('matchesAllowedHosts', () => {
  it.each([
    ['https://api.myapp.com', 'api.myapp.com', true],
    ['https://api.myapp.com:8443', 'api.myapp.com', false],
    ['https://api.myapp.com:8443', 'api.myapp.com:8443', true],
    ['http://api.myapp.com', 'api.myapp.com', false],
    ['http://api.myapp.com', 'http://api.myapp.com', true],
    ['https://api.myapp.com', 'http://api.myapp.com', false],
    ['https://shop.myapp.com', '*.myapp.com', true],
    ['https://a.b.myapp.com', '*.myapp.com', true],
    ['https://myapp.com', '*.myapp.com', false],
    ['https://evilmyapp.com', '*.myapp.com', false],
    ['https://shop.evilmyapp.com', '*.myapp.com', false],
    ['https://myapp.com.evil.test', '*.myapp.com', false],
    ['http://localhost:4010', 'localhost:4010', true],
    ['http://localhost:4011', 'localhost:4010', false],
    ['http://[::1]:4010', '[::1]:4010', true],
    ['https://sub.api.myapp.com', 'api.myapp.com', false],
  ])('%s against %s: %s', (origin, entry, expected) => {
    expect(matchesAllowedHosts(origin, [entry])).toBe(expected)
  })
})

describe('matchesOrigin', () => {
  it.each([
    ['https://api.acme.test/x?y#z', 'https://api.acme.test', true],
    ['https://API.acme.test:443/', 'https://api.acme.test', true],
    ['http://api.acme.test/', 'https://api.acme.test', false],
    ['https://api.acme.test:8443/', 'https://api.acme.test', false],
    ['https://shop.acme.test/', 'https://{account}.acme.test', true],
    ['https://a.b.acme.test/', 'https://{account}.acme.test', false],
    ['https://acme.test/', 'https://{account}.acme.test', false],
    ['https://api.shop.acme.test', 'https://api.{account}.acme.test', true],
    ['https://api-eu.acme.test', 'https://api-{region}.acme.test', true],
    ['https://api.acme.test', 'https://api-{region}.acme.test', false],
    ['https://api-eu.evil.test', 'https://api-{region}.acme.test', false],
    ['https://api-eu.x.acme.test', 'https://api-{region}.acme.test', false],
    ['https://eu-live.acme.test', 'https://{region}-{stage|default=live}.acme.test', true],
    ['https://a.b.acme.test/', 'https://*.acme.test', true],
    ['https://acme.test.evil.test/', 'https://*.acme.test', false],
    ['https://u:p@evil.test/api.acme.test', 'https://api.acme.test', false],
    ['javascript:alert(1)', 'https://api.acme.test', false],
    ['not a url', 'https://api.acme.test', false],
    ['https://api.acme.test', 'nonsense', false],
  ])('%s against %s: %s', (url, pattern, expected) => {
    expect(matchesOrigin(url, [pattern])).toBe(expected)
  })

  it('stays fast with many variables in one label', () => {
    for (const [url, pattern] of hostileOrigins) expect(matchesOrigin(url, [pattern])).toBe(false)
  })

  it.each([
    ['ab', 'a{x}b', true],
    ['a', 'a{x}a', false],
    ['abab', 'ab{x}ab', true],
    ['aba', 'ab{x}ba', false],
    ['a-b-c', '{x}-b{y}', true],
    ['a-c-b', '{x}-b{y}c', false],
    ['any', '{x}{y}', true],
    ['aXb', 'a{x}b', true],
    ['a_b', 'a{x}b', false],
  ])('the label %s against %s: %s', (label, pattern, expected) => {
    expect(matchesOrigin(`https://${label}.acme.test`, [`https://${pattern}.acme.test`])).toBe(expected)
  })

  it('matches nothing without a pattern', () => {
    expect(matchesOrigin('https://api.acme.test', [])).toBe(false)
  })
})
