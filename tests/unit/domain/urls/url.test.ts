import { describe, expect, it } from 'vitest'
import type { TemplateContext } from '@/lib/domain/templates/template'
import { checkUrlTemplate, parseUrlTemplate, resolveUrlTemplate, urlLimits } from '@/lib/domain/urls/url-template'
import { canonicalQuery, renderUrl } from '@/lib/domain/urls/url'
import { aScope, codeOf, controlValues, hostileValues, refusalOf, valueOf } from '@/tests/support/definition-builders'

type Given = { base?: string; allowedHosts?: string[]; queryPairs?: [string, string][]; context?: TemplateContext }

function render(source: string, values: Parameters<typeof aScope>[0] = {}, given: Given = {}) {
  const template = resolveUrlTemplate(source, given.base ?? '')
  if (!template.ok) return template
  const { allowedHosts = [], queryPairs, context = {} } = given
  const url = renderUrl(template.value, { scope: aScope(values), context, allowedHosts, queryPairs })
  return url.ok ? { ok: true as const, value: url.value.url } : url
}

describe('The secrecy of a URL', () => {
  const values: Parameters<typeof aScope>[0] = { a: { value: 'abcd', secrecy: 'whole' }, b: 'x', none: '' }

  it.each([
    ['https://a.test/{{ b }}?x={{ b }}', 'none', 'none'],
    ['https://a.test/{{ b }}/{{ a }}', 'none', 'whole'],
    ['https://a.test/?x={{ a }}&{{ a | slice: 0, 1 }}=y', 'none', 'piece'],
    ['https://a.test/?x={{ none }}{{ a }}', 'none', 'none'],
    ['https://a.test/#{{ a }}', 'none', 'whole'],
    ['https://{{ a }}.a.test/{{ b }}', 'whole', 'none'],
    ['https://{{ b }}.{{ a | slice: 0, 1 }}.a.test/{{ a }}', 'piece', 'whole'],
  ])('is known separately for the host and for the rest: %s', (source, addressSecrecy, secrecy) => {
    const template = valueOf(parseUrlTemplate(source))
    const url = renderUrl(template, { scope: aScope(values), context: {}, allowedHosts: [] })
    expect(valueOf(url)).toMatchObject({ addressSecrecy, secrecy })
  })
})

describe('A URL template', () => {
  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://a.test/',
    'gopher://a.test',
    'mailto:a@b.test',
    'http:/a.test',
    'http:a.test',
    'https:',
    'ws://a.test',
    '//a.test/x',
    'a.test:443/x',
    'orders:1',
  ])('refuses %s', (source) => {
    expect(codeOf(parseUrlTemplate(source))).toBe('invalid_url')
  })

  it.each([
    'https://user:pass@a.test/',
    'https://user@a.test',
    'https://{{ user }}@a.test',
    'https://{{ user }}:{{ password }}@a.test/',
    'https://a.test@evil.test',
  ])('refuses credentials in %s', (source) => {
    expect(refusalOf(parseUrlTemplate(source)).message).toContain('user name or password')
  })

  it.each([
    'https://a.test/\r\nX: 1',
    'https://a.test/a\nb',
    'https://a.test/\u0000',
    'https://a\u0009.test',
    'https://a.test\\@evil.test',
  ])('refuses control characters and backslashes in %j', (source) => {
    expect(codeOf(parseUrlTemplate(source))).toBe('invalid_url')
  })

  it.each([
    'https://',
    'https:///x',
    'https://?x',
    'https://a b.test',
    'https://a..{{ x }}.b.test',
    'https://[::1',
    'https://a.test:99999',
    'https://a.test:x',
    'https://%61.test',
  ])('refuses the host of %s', (source) => {
    expect(codeOf(parseUrlTemplate(source))).toBe('invalid_url')
  })

  it.each(['https://a.test/../x', 'https://a.test/x/..', '/./x', '/%2e%2E/x', '/.%2e/x'])(
    'refuses the dot segments of %s',
    (source) => {
      expect(codeOf(parseUrlTemplate(source))).toBe('invalid_url')
    },
  )

  it('has at most 2,048 characters', () => {
    const url = 'https://a.test/'
    expect(parseUrlTemplate(url + 'x'.repeat(urlLimits.template - url.length)).ok).toBe(true)
    expect(codeOf(parseUrlTemplate(url + 'x'.repeat(urlLimits.template - url.length + 1)))).toBe('invalid_url')
  })

  it('has a limited length after rendering', () => {
    expect(codeOf(render('https://a.test/?q={{ q }}', { q: 'x'.repeat(urlLimits.rendered) }))).toBe('invalid_url')
  })

  it('may be relative only if that is allowed', () => {
    expect(checkUrlTemplate('/orders', { relative: true }).ok).toBe(true)
    expect(codeOf(checkUrlTemplate('/orders', { relative: false }))).toBe('invalid_url')
    expect(checkUrlTemplate('{{ instance_url }}/orders', { relative: false }).ok).toBe(true)
  })
})

describe('A relative URL under the base URL', () => {
  it.each([
    ['https://a.test', '/orders', 'https://a.test/orders'],
    ['https://a.test/', '/orders', 'https://a.test/orders'],
    ['https://a.test/v1', '/orders', 'https://a.test/v1/orders'],
    ['https://a.test/v1/', 'orders', 'https://a.test/v1/orders'],
    ['https://a.test/v1', 'orders/', 'https://a.test/v1/orders/'],
    ['https://a.test/v1', '', 'https://a.test/v1'],
    ['https://a.test/v1', '?page=1', 'https://a.test/v1?page=1'],
    ['https://a.test/v1?key=k', '/orders?page=1', 'https://a.test/v1/orders?key=k&page=1'],
    ['https://a.test/{{ v }}', '/orders/{{ id }}', 'https://a.test/v2/orders/7'],
    ['https://a.test/v1', 'https://b.test/x', 'https://b.test/x'],
  ])('%s and %s give %s', (base, source, expected) => {
    expect(valueOf(render(source, { v: 'v2', id: '7' }, { base }))).toBe(expected)
  })

  it('is refused without a base URL, or with a relative one', () => {
    expect(codeOf(render('/orders'))).toBe('invalid_url')
    expect(codeOf(render('/orders', {}, { base: '/v1' }))).toBe('invalid_url')
    expect(codeOf(render(''))).toBe('invalid_url')
  })
})

// Shows D20.
describe('A value changes only its own part of the URL', () => {
  const names = (url: string) => [...new URL(url).searchParams.keys()]

  it.each(hostileValues)('as one segment of the path: %j', (value) => {
    const rendered = render('https://a.test/v1/{{ x }}/end?q=1', { x: value })
    if (!rendered.ok) {
      expect(['invalid_value']).toContain(rendered.error.code)
      expect(['.', '..']).toContain(value)
      return
    }
    const url = new URL(rendered.value)
    expect(url.origin).toBe('https://a.test')
    const segments = url.pathname.split('/')
    expect(segments).toHaveLength(4)
    expect(decodeURIComponent(segments[2] ?? '')).toBe(value)
    expect([url.search, url.hash]).toEqual(['?q=1', ''])
  })

  it.each(hostileValues)('as one value of the query: %j', (value) => {
    const url = valueOf(render('https://a.test/p?before=1&x={{ x }}&after=2', { x: value }))
    expect(names(url)).toEqual(['before', 'x', 'after'])
    expect(new URL(url).searchParams.get('x')).toBe(value)
    expect(new URL(url).pathname).toBe('/p')
    expect(new URL(url).hash).toBe('')
  })

  it.each(hostileValues)('as one name, if it is a whole pair of the query: %j', (value) => {
    const url = valueOf(render('https://a.test/p?{{ x }}', { x: value }))
    expect(names(url)).toEqual([value])
  })

  it.each(hostileValues)('as part of the fragment: %j', (value) => {
    const url = new URL(valueOf(render('https://a.test/p#x={{ x }}', { x: value })))
    expect([url.pathname, url.search]).toEqual(['/p', ''])
  })

  it.each([...hostileValues, ...controlValues])('as one value of an added parameter: %j', (value) => {
    const url = valueOf(render('https://a.test/p?a=1', {}, { queryPairs: [['x', value]] }))
    expect(names(url)).toEqual(['a', 'x'])
    expect(new URL(url).searchParams.get('x')).toBe(value)
  })

  it.each(hostileValues)('as one label of the host, or it is refused: %j', (value) => {
    const rendered = render('https://{{ account }}.myapp.com/x', { account: value })
    if (!rendered.ok) return expect(rendered.error.code).toBe('invalid_value')
    expect(new URL(rendered.value).host).toBe(`${value.toLowerCase()}.myapp.com`)
  })

  it.each([...hostileValues, ...controlValues])('as a URL variable within the allowed hosts: %j', (value) => {
    for (const text of [
      value,
      `https://shop.myapp.com${value}`,
      `https://${value}.myapp.com`,
      `https://shop.myapp.com${value}@evil.test`,
    ]) {
      const rendered = render('{{ base }}/orders', { base: text }, { allowedHosts: ['*.myapp.com'] })
      if (rendered.ok) expect(new URL(rendered.value).hostname).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)*\.myapp\.com$/)
      else expect(['invalid_value', 'host_not_allowed', 'invalid_url']).toContain(rendered.error.code)
    }
  })

  it('random bytes do not change the number of segments and parameters', () => {
    let seed = 42
    const random = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
    for (let round = 0; round < 2_000; round += 1) {
      const value = Array.from({ length: 1 + Math.floor(random() * 12) }, () =>
        String.fromCharCode(Math.floor(random() * (round % 2 ? 128 : 65_536))),
      ).join('')
      const rendered = render('https://a.test/a/{{ x }}/b?k={{ x }}&l=1', { x: value })
      if (!rendered.ok) {
        expect(value === '.' || value === '..').toBe(true)
        continue
      }
      const url = new URL(rendered.value)
      expect([url.origin, url.pathname.split('/').length, [...url.searchParams.keys()].join(), url.hash]).toEqual([
        'https://a.test',
        4,
        'k,l',
        '',
      ])
      expect(url.searchParams.get('k')).toBe(value.toWellFormed())
    }
  })
})

describe('Encoding', () => {
  it('keeps the text of the definition, but encodes characters that are not allowed in a URL', () => {
    expect(valueOf(render('https://a.test/a b/%20/ü?filter[x]=a b&c=%zz|'))).toBe(
      'https://a.test/a%20b/%20/%C3%BC?filter[x]=a%20b&c=%25zz%7C',
    )
  })

  it('does not encode twice if url_encode is the last filter', () => {
    expect(valueOf(render('https://a.test/{{ x | url_encode }}?y={{ x | url_encode | upcase }}', { x: 'a/b' }))).toBe(
      'https://a.test/a%2Fb?y=A%252FB',
    )
  })

  it('keeps the name of a parameter exactly as typed', () => {
    expect(
      valueOf(
        render(
          'https://a.test/',
          {},
          {
            queryPairs: [
              ['filter[status]', 'a'],
              ['$top', '1'],
              ['a&b=c', 'd'],
            ],
          },
        ),
      ),
    ).toBe('https://a.test/?filter[status]=a&$top=1&a%26b%3Dc=d')
  })

  it('adds parameters before the fragment', () => {
    expect(valueOf(render('https://a.test/#/login', {}, { queryPairs: [['x', '1']] }))).toBe(
      'https://a.test/?x=1#/login',
    )
  })
})

describe('An optional variable without a value', () => {
  it('removes its path segment and its query pair', () => {
    expect(
      valueOf(render('https://a.test/{{ shop }}/orders?shop={{ shop }}&page={{ page }}', { shop: '', page: '2' })),
    ).toBe('https://a.test/orders?page=2')
  })

  it('cannot remove the host', () => {
    expect(codeOf(render('https://{{ shop }}.myapp.com/', { shop: '' }))).toBe('missing_value')
    expect(codeOf(render('{{ shop }}/', { shop: '' }, { allowedHosts: ['*.myapp.com'] }))).toBe('missing_value')
  })

  it('differs from an empty value of the flow, which is refused as a segment', () => {
    expect(codeOf(render('https://a.test/orders/[[payload.id]]', {}, { context: { flow: () => '' } }))).toBe(
      'missing_value',
    )
    expect(valueOf(render('https://a.test/orders?x=[[payload.id]]', {}, { context: { flow: () => '' } }))).toBe(
      'https://a.test/orders?x=',
    )
  })
})

describe('A variable in a host (DATA §6)', () => {
  it.each([
    ['https://{{ account }}.myapp.com/x', 'https://acme.myapp.com/x'],
    ['https://{{account}}.eu.myapp.com:8443', 'https://acme.eu.myapp.com:8443'],
    ['https://api.{{ account }}.myapp.com/', 'https://api.acme.myapp.com/'],
    ['http://{{ account }}.localhost:4010/', 'http://acme.localhost:4010/'],
    ['https://{{ account }}-api.myapp.com/', 'https://acme-api.myapp.com/'],
    ['https://API-{{ account }}.myapp.com/', 'https://api-acme.myapp.com/'],
    ['https://{{ account }}-{{ account }}.eu.myapp.com/', 'https://acme-acme.eu.myapp.com/'],
  ])('%s becomes %s', (source, expected) => {
    expect(valueOf(render(source, { account: 'Acme' }))).toBe(expected)
  })

  it.each([
    'https://{{ host }}/x',
    'https://{{ host }}:8080',
    'https://myapp.{{ tld }}',
    'https://{{ x }}.com',
    'https://{{ x }}.co.uk',
    'https://{{ x }}.com.au',
    'https://{{ x }}.0.0.1',
    'https://myapp.com:{{ port }}',
    'https://{{ x }}.myapp.com:{{ port }}',
    'https://[[payload.host]].myapp.com',
    '{{ scheme }}://a.test',
    'https://{{ x }}.',
    'https://.{{ x }}.a.test',
    'https://api-{{ x }}.com',
    'https://api-{{ x }}.co.uk',
    'https://api_{{ x }}.myapp.com',
    'https://-{{ x }}.myapp.com',
    'https://{{ x }}-.myapp.com',
    'https://{{ x }}@{{ y }}.myapp.com',
  ])('refuses %s', (source) => {
    expect(codeOf(parseUrlTemplate(source))).toBe('invalid_url')
  })

  it.each(['a.b', 'evil.test#', 'a/b', '-a', 'a-', '', 'a'.repeat(64), 'ä', 'a_b', '127.0.0.1'])(
    'refuses the label %j',
    (account) => {
      expect(['invalid_value', 'missing_value']).toContain(
        codeOf(render('https://{{ account }}.myapp.com', { account })),
      )
    },
  )

  it.each(['a.b', 'evil.test/', 'evil.test#', 'a/b', '', 'ä', 'a_b', 'a@b', 'a:1', 'a'.repeat(63)])(
    'refuses %j within a label',
    (region) => {
      expect(['invalid_value', 'missing_value']).toContain(
        codeOf(render('https://api-{{ region }}.myapp.com', { region })),
      )
    },
  )

  it('that is the whole start of the URL can contain a path of whole segments', () => {
    const allowedHosts = ['*.myapp.com']
    const at = (base: string, source = '{{ base }}/orders') => valueOf(render(source, { base }, { allowedHosts }))
    expect(at('https://shop.myapp.com/rest/v2')).toBe('https://shop.myapp.com/rest/v2/orders')
    expect(at('https://shop.myapp.com/rest%20x/~a:b@c/')).toBe('https://shop.myapp.com/rest%20x/~a:b@c/orders')
    expect(at('https://shop.myapp.com/token', '{{ base }}')).toBe('https://shop.myapp.com/token')
    expect(codeOf(render('{{ base }}/orders', { base: 'https://shop.evil.test/rest' }, { allowedHosts }))).toBe(
      'host_not_allowed',
    )
  })

  it('that is the whole start of the URL must have an allowed host', () => {
    const allowedHosts = ['*.myapp.com']
    expect(
      valueOf(render('{{ base }}/v1/{{ id }}', { base: 'https://shop.myapp.com/', id: 'a/b' }, { allowedHosts })),
    ).toBe('https://shop.myapp.com/v1/a%2Fb')
    expect(codeOf(render('{{ base }}', { base: 'https://shop.evil.test' }, { allowedHosts }))).toBe('host_not_allowed')
    expect(codeOf(render('{{ base }}', { base: 'https://shop.myapp.com' }))).toBe('host_not_allowed')
    expect(codeOf(render('{{ base }}', { base: 'http://shop.myapp.com' }, { allowedHosts }))).toBe('host_not_allowed')
  })

  it.each([
    'https://shop.myapp.com/a/../b',
    'https://shop.myapp.com/%2e%2E',
    'https://shop.myapp.com/a%2fb',
    'https://shop.myapp.com/a%5cb',
    'https://shop.myapp.com/a%zz',
    'https://shop.myapp.com//evil.test',
    'https://shop.myapp.com/a\\b',
    'https://shop.myapp.com/a b',
    'https://shop.myapp.com/a?x=1',
    'https://shop.myapp.com/a#x',
    'https://shop.myapp.com?x=1',
    'https://shop.myapp.com#x',
    'https://u:p@shop.myapp.com',
    'shop.myapp.com',
    'javascript:alert(1)',
    'https:shop.myapp.com',
    'https:\\\\shop.myapp.com',
    'https://shop.myapp.com\n',
  ])('that is the whole start of the URL must not be %j', (base) => {
    expect(codeOf(render('{{ base }}/x', { base }, { allowedHosts: ['*.myapp.com'] }))).toBe('invalid_value')
  })

  it('is encoded in any other location', () => {
    expect(valueOf(render('https://a.test/{{ url }}', { url: 'https://b.test' }))).toBe(
      'https://a.test/https%3A%2F%2Fb.test',
    )
  })
})

describe('The canonical query for signatures', () => {
  it('is sorted by key and value, which are encoded once', () => {
    expect(canonicalQuery('https://a.test/?b=2&a=z&a=%C3%BC&B=1')).toBe('B=1&a=%C3%BC&a=z&b=2')
    expect(canonicalQuery("https://a.test/?q=it's&p=%28x%29&e=a=b")).toBe('e=a%3Db&p=%28x%29&q=it%27s')
  })

  it('has blanks as %20 and a value for every key, and is empty without a query', () => {
    expect(canonicalQuery('https://a.test/?q=a+b&flag&c=d%20e')).toBe('c=d%20e&flag=&q=a%20b')
    expect(canonicalQuery('https://a.test/?x=%&y=%zz')).toBe('x=%25&y=%25zz')
    for (const url of ['https://a.test', 'https://a.test/?', 'https://a.test/#?a=1'])
      expect(canonicalQuery(url)).toBe('')
  })
})
