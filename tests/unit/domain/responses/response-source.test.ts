import { describe, expect, it } from 'vitest'
import {
  checkSource,
  findAllInResponse,
  findInResponses,
  textInResponses,
} from '@/lib/domain/responses/response-source'
import { namesIn } from '@/lib/domain/responses/response'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { codeOf, refusalOf } from '@/tests/support/definition-builders'
import { hostileXml } from '@/tests/support/hostile-inputs'

function answer(body: unknown, headers: [string, string][] = [], status = 200): OutboundResponse {
  return { status, headers, body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)) }
}

const find = (body: unknown, source: string, headers: [string, string][] = []) =>
  findInResponses([answer(body, headers)], source)

describe('A typed source', () => {
  it.each([
    ['', 'Enter where to find it'],
    ['step1:', 'Enter where to find it'],
    ['step6:token', 'token requests 1 to 5'],
    ['step0:token', 'token requests 1 to 5'],
    ['step12:token', 'token requests 1 to 5'],
    ['header:', 'Enter the name of the header'],
    ['header:a b', 'cannot be the name of a header'],
    ['header:X\r\nY', 'cannot be the name of a header'],
    ['cookie:', 'Enter the name of the cookie'],
    ['cookie:a=b', 'cannot be the name of a cookie'],
    ['cookie:a;b', 'cannot be the name of a cookie'],
    ['url:', 'Enter the name of the parameter'],
    ['text:token', 'Remove what follows it'],
    ['$.', 'JSON path'],
    ['$[?', 'JSON path'],
    ['a b', 'JSON path'],
    ['a..', 'JSON path'],
    ['x'.repeat(600), '512'],
    ["$[?search(@.a, '(a+)+$')]", 'not available'],
    ['{{ token', 'not closed'],
    ['{% if x %}', 'Tags'],
  ])('is refused: %j', (source, message) => {
    expect(refusalOf(checkSource(source)).message).toContain(message)
  })

  it.each([
    ...[
      'access_token',
      'data.token',
      '$.data.tokens[0].value',
      'data.access-token',
      'epic.dstu2.patient',
      'items.0.id',
      '$',
      '$..sessionId',
    ],
    ...[
      'header:Location',
      'header:X-Subject-Token',
      'cookie:JSESSIONID',
      'cookie:__Host-id',
      'text:',
      'url:code',
      'url:a b',
      'step1:ticket',
    ],
    ...[
      'step5:header:Location',
      'step2:cookie:sid',
      'step1:text:',
      '{{ response_authentication_token_key }}',
      'tsResponse.credentials.@token',
    ],
  ])('may be %s', (source) => {
    expect(codeOf(checkSource(source))).toBe('accepted')
  })
})

describe('In JSON', () => {
  it('a top-level name has priority over a path', () => {
    expect(find({ 'a.b': 1, a: { b: 2 } }, 'a.b')).toBe(1)
    expect(find({ a: { b: 2 } }, 'a.b')).toBe(2)
  })

  it.each([
    [{ data: { 'access-token': 'x' } }, 'data.access-token', 'x'],
    [{ data: { 'access-token': 'x' } }, '$.data.access-token', 'x'],
    [{ items: [{ id: 'x' }] }, 'items.0.id', 'x'],
    [{ list: ['x'] }, '$.list[0]', 'x'],
    ['"x"', '$', 'x'],
    [{ a: { 'x:y': 'x' } }, "$.a['x:y']", 'x'],
  ])('%j at %s', (body, source, expected) => {
    expect(find(body, source)).toBe(expected)
  })

  it('a number with too many digits keeps all of them', () => {
    expect(textInResponses([answer('{"id":17841405793187218,"small":12}')], 'id')).toBe('17841405793187218')
    expect(find('{"id":17841405793187218,"small":12,"half":0.5}', 'small')).toBe(12)
    expect(find('{"id":17841405793187218,"small":12,"half":0.5}', 'half')).toBe(0.5)
  })

  it.each(['constructor', '__proto__', 'toString', 'a.constructor', 'a.__proto__', '$.a.length'])(
    'properties of a prototype are never found: %s',
    (source) => {
      expect(find({ a: [] }, source)).toBeUndefined()
    },
  )

  it('a value can be anything; as text, a list is joined and an object is empty', () => {
    const given = [answer({ a: ['x', 'y'], b: { c: 1 }, d: true, e: null })]
    expect(['a', 'b', 'd', 'e', 'f'].map((source) => textInResponses(given, source))).toEqual([
      'x y',
      '',
      'true',
      '',
      '',
    ])
  })
})

describe('In a form', () => {
  it('names are found with any content type', () => {
    expect(find('oauth_token=a%2Bb&oauth_token_secret=c', 'oauth_token')).toBe('a+b')
    expect(find('oauth_token=a', 'oauth_token', [['Content-Type', 'application/x-www-form-urlencoded']])).toBe('a')
    expect(find('__proto__=x&a=b', 'constructor')).toBeUndefined()
  })
})

describe('In XML', () => {
  it.each([
    ['<r><token>x</token></r>', 'r.token'],
    ['<r><token> x </token></r>', '$.r.token'],
    ['<s:r xmlns:s="u"><s:token>x</s:token></s:r>', 'r.token'],
    ['<s:r xmlns:s="u"><s:token>x</s:token></s:r>', "$['s:r']['s:token']"],
    ['<s:r xmlns:s="u"><s:token>x</s:token></s:r>', 's:r.s:token'],
    ['<r token="x"/>', 'r.@token'],
    ['<r token="x"/>', "$.r['@token']"],
    ['<r id="1">x</r>', 'r.#text'],
    ['<r id="1">x</r>', 'r'],
    ['<r><t id="1">x</t></r>', '$.r.t'],
    ['<s:r xmlns:s="u"><s:t s:id="1">x</s:t></s:r>', 'r.t'],
    ['<r><t id="1">a</t><t id="2">x</t></r>', 'r.t.1'],
    ['<r><t>a</t><t>x</t></r>', 'r.t.1'],
    ['<r><t><![CDATA[x]]></t></r>', 'r.t'],
    ['<r><t><!-- no -->x</t></r>', 'r.t'],
    ['<?xml version="1.0" encoding="utf-8"?>\n<r><a><token>x</token></a></r>\n', '$..token'],
    ['<t>x</t>', 't'],
    ['\ufeff<t>x</t>', 't'],
  ])('%s at %s', (body, source) => {
    expect(find(body, source)).toBe('x')
  })

  it('entities and character references are decoded, but not in CDATA', () => {
    expect(find('<r><t>a&amp;b&lt;&#x41;&#66;&quot;</t></r>', 'r.t')).toBe('a&b<AB"')
    expect(find('<r><t><![CDATA[a&amp;b]]></t></r>', 'r.t')).toBe('a&amp;b')
    expect(find('<r t="1&amp;2"/>', 'r.@t')).toBe('1&2')
    expect(find('<r><t>&unknown;&#0;&#x110000;</t></r>', 'r.t')).toBe('&unknown;&#0;&#x110000;')
  })

  it('the path of an element with child elements has no text', () => {
    expect(textInResponses([answer('<r>text<t>x</t></r>')], 'r')).toBe('')
    expect(findAllInResponse(answer('<r><t id="1">x</t><t>y</t></r>'), '$.r.t[*]')).toEqual(['x', 'y'])
  })

  it('numbers are returned as written', () => {
    expect(find('<r><t>0012</t></r>', 'r.t')).toBe('0012')
    expect(find('<r><t>1e3</t></r>', 'r.t')).toBe('1e3')
  })

  it.each([
    ['entities of its own', '<!DOCTYPE r [<!ENTITY x "boom">]><r><t>&x;</t></r>'],
    ['entities from a file', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><t>&x;</t></r>'],
    ['entities that grow', `<!DOCTYPE r [<!ENTITY a "aaaa">${'<!ENTITY b "&a;&a;">'.repeat(50)}]><r><t>&b;</t></r>`],
    ['a page', '<!doctype html><html><body><t>x</t></body></html>'],
    ['elements that are nested too deeply', `${'<t>'.repeat(60)}x${'</t>'.repeat(60)}`],
    ['names of a prototype', '<__proto__><t>x</t></__proto__>'],
    ['more than a megabyte', `<r><t>x</t><u>${'y'.repeat(1_100_000)}</u></r>`],
  ])('nothing is found in a response with %s', (_what, body) => {
    for (const source of ['r.t', 't', '$..t', '__proto__.t']) expect(find(body, source)).toBeUndefined()
    expect(({} as Record<string, unknown>).t).toBeUndefined()
  })

  it.each(Object.entries(hostileXml))('a megabyte of %s can be searched', (_what, body) => {
    expect(findInResponses([answer(body)], 'a.b')).toBeUndefined()
  })
})

describe('In headers', () => {
  it('header names ignore case', () => {
    expect(find('', 'header:x-subject-token', [['X-Subject-Token', ' abc ']])).toBe('abc')
    expect(find('', 'header:X-Other', [['X-Subject-Token', 'abc']])).toBeUndefined()
  })

  const cookies: [string, string][] = [
    ['Set-Cookie', 'sid=old; Max-Age=0'],
    ['set-cookie', 'sid=first; Path=/; HttpOnly'],
    ['Set-Cookie', 'sid="quo=ted"; Secure'],
    ['Set-Cookie', 'empty=; Path=/'],
    ['Set-Cookie', 'gone=x; Max-Age=-1'],
    ['Set-Cookie', 'no pair'],
    ['Set-Cookie', 'sid=removed; max-age = 0'],
  ]
  it('the last value of a cookie with the exact name is found (RFC 6265 §5.2)', () => {
    expect(find('', 'cookie:sid', cookies)).toBe('"quo=ted"')
    for (const name of ['SID', 'empty', 'gone', 'no pair', 'no'])
      expect(find('', `cookie:${name}`, cookies)).toBeUndefined()
  })

  it('a parameter of the redirect URL is found, in the query or after #', () => {
    expect(find('', 'url:code', [['Location', 'https://a.test/cb?state=1&code=a%2Fb']])).toBe('a/b')
    expect(find('', 'url:access_token', [['Location', '/cb#access_token=abc&x=y']])).toBe('abc')
    expect(find('', 'url:code', [['Location', 'app:cb?code=x#code=y']])).toBe('x')
    expect(find('', 'url:code', [['Location', '://%%%']])).toBeUndefined()
    expect(find('', 'url:code')).toBeUndefined()
  })
})

describe('The whole response', () => {
  it.each([
    [' abc\n', 'abc'],
    ['"abc"', 'abc'],
    ['{"a":1}', '{"a":1}'],
    ['"abc', '"abc'],
    ['', ''],
  ])('%j is %j', (body, expected) => {
    expect(find(body, 'text:')).toBe(expected)
  })
})

describe('With several token requests', () => {
  const responses = [
    answer({ ticket: 'one' }, [['Location', '/?code=c']]),
    answer('ticket=two'),
    answer({ token: 'three' }),
  ]

  it('the last response is searched, unless the source names another', () => {
    expect(findInResponses(responses, 'token')).toBe('three')
    expect(findInResponses(responses, 'ticket')).toBeUndefined()
    expect(findInResponses(responses, 'step1:ticket')).toBe('one')
    expect(findInResponses(responses, 'step1:url:code')).toBe('c')
    expect(findInResponses(responses, 'step2:ticket')).toBe('two')
    expect(findInResponses(responses, 'step4:ticket')).toBeUndefined()
    expect(findInResponses([], 'ticket')).toBeUndefined()
  })
})

describe('All values that a source finds', () => {
  it('are those at the path, in every kind of response', () => {
    expect(findAllInResponse(answer({ errors: [{ code: 1 }, { code: 2 }] }), '$.errors[*].code')).toEqual([1, 2])
    expect(findAllInResponse(answer({ 'a.b': null }), 'a.b')).toEqual([null])
    expect(findAllInResponse(answer('<s:r><s:e>1</s:e></s:r>'), '$.r.e')).toEqual(['1'])
    expect(findAllInResponse(answer('', [['X-Error', 'e']]), 'header:X-Error')).toEqual(['e'])
    expect(findAllInResponse(answer({}), '$.errors')).toEqual([])
  })
})

describe('The suggested names of a response', () => {
  it('are those at the top and one level below, never values', () => {
    expect(namesIn(answer({ ok: true, data: { token: 'secret', user: { id: 1 } }, list: [{ x: 1 }] }))).toEqual([
      'ok',
      'data',
      'data.token',
      'data.user',
      'list',
    ])
    expect(namesIn(answer('<r a="1"><token>secret</token></r>'))).toEqual(['r', 'r.@a', 'r.token'])
    expect(namesIn(answer('oauth_token=secret&x=1'))).toEqual(['oauth_token', 'x'])
    expect(
      namesIn(answer(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`k${index}`, 1])))),
    ).toHaveLength(12)
  })

  it.each([
    'dG9rZW4xMjM=',
    '"secret"',
    'secret',
    '',
    '["secret"]',
    { '00D58000000abcDEF12345678': 1 },
    { 'a secret': 1 },
  ])('do not exist for %j', (body) => {
    expect(namesIn(answer(body))).toEqual([])
  })
})
