import { describe, expect, it } from 'vitest'
import { withDerivedValues } from '@/lib/domain/authentication/derived-values'
import { defaultsOf } from '@/lib/domain/method-options/options'
import { isUntrusted, namesMissingValue } from '@/lib/domain/templates/render-output'
import { renderTemplate, renderUnlessEmpty } from '@/lib/domain/templates/render-template'
import { refuse, succeed } from '@/lib/domain/result'
import { templateLimits } from '@/lib/domain/templates/limits'
import { parseTemplate, templateVariables } from '@/lib/domain/templates/parse-template'
import {
  reservedNames,
  variablesOf,
  type ScopedValue,
  type TemplateContext,
  type VariablePart,
} from '@/lib/domain/templates/template'
import { originPattern } from '@/lib/domain/urls/origin-template'
import { parseUrlTemplate } from '@/lib/domain/urls/url-template'
import { renderUrl } from '@/lib/domain/urls/url'
import { SecretBook } from '@/lib/domain/secret-book'
import { aScope, codeOf, refusalOf, textIn, valueOf } from '@/tests/support/definition-builders'

type Values = Parameters<typeof aScope>[0]

function render(source: string, values: Values = {}, context: TemplateContext = {}) {
  const template = parseTemplate(source)
  return template.ok ? textIn(renderTemplate(template.value, aScope(values), context)) : template
}

function noticed(source: string, values: Values, context: TemplateContext = {}): readonly string[] {
  const secrets = new SecretBook()
  valueOf(render(source, values, { ...context, secrets }))
  return secrets.texts()
}

const computed = (value: string, more: Partial<ScopedValue> = {}) =>
  succeed<ScopedValue>({ value, required: false, secrecy: 'none', label: 'computed', ...more })

describe('Names of earlier steps', () => {
  const steps = new Map([['step1.instance_url', 'https://eu.acme.test']])

  it('can be used in an output and in a filter', () => {
    expect(valueOf(render('{{ step1.instance_url }}', {}, { steps }))).toBe('https://eu.acme.test')
    expect(valueOf(render('{{ x | append: step1.instance_url | upcase }}', { x: 'a ' }, { steps }))).toBe(
      'A HTTPS://EU.ACME.TEST',
    )
  })

  it.each([
    '{{ step0.x }}',
    '{{ step6.x }}',
    '{{ step1 .x }}',
    '{{ step1.x.y }}',
    '{{ step1["x"] }}',
    '{{ steps.x }}',
    '{{ x | append: step6.y }}',
    '{{ x | append: a.b }}',
    '{{ step1. }}',
    '{{ step1.1 }}',
  ])('are not property paths: %s is refused', (source) => {
    expect(codeOf(render(source, { x: 'a', step1: 'b' }, { steps }))).toBe('invalid_template')
  })

  it('that no request extracted are refused with their name and request', () => {
    for (const context of [{}, { steps }]) {
      const refusal = refusalOf(render('{{ step2.account }}', {}, context))
      expect(refusal.code).toBe('unknown_variable')
      expect(refusal.message).toMatch(/step2\.account.*after request 2/)
    }
    expect(codeOf(render('{{ step1.constructor }}', {}, { steps }))).toBe('unknown_variable')
  })

  it('are not variables of the method', () => {
    expect(valueOf(templateVariables('{{ step1.x | append: suffix }}{{ nonce | append: now }}'))).toEqual(['suffix'])
    expect(variablesOf(valueOf(parseTemplate('{{ step1.x | append: suffix | hmac_sha256: key, "hex" }}')))).toEqual([
      'step1.x',
      'suffix',
      'key',
    ])
  })
})

// Shows C56.
describe('Reserved names', () => {
  it.each(reservedNames)('%s never has the value of a variable', (name) => {
    expect(render(`{{ ${name} }}`, { [name]: 'mine' }).ok).toBe(false)
  })

  it.each([
    'request_method',
    'request_url',
    'request_host',
    'request_path',
    'request_query',
    'request_body',
    'redirect_uri',
  ] as const)('%s says where it is available if it is used elsewhere, even with a default', (name) => {
    for (const source of [`{{ ${name} }}`, `{{ ${name} | default: "x" }}`, `{{ x | append: ${name} }}`]) {
      expect(refusalOf(render(source, { x: 'a' }))).toMatchObject({
        code: 'unknown_variable',
        message: expect.stringMatching(`${name} is not available here. Use it `),
      })
    }
  })

  it('an empty body or query is a valid value', () => {
    const context = { reserved: { request_body: '', request_query: '' } }
    expect(
      valueOf(render('[{{ request_body }}{{ request_query }}{{ request_body | append: "x" }}]', {}, context)),
    ).toBe('[x]')
    expect(valueOf(renderUnlessEmpty(valueOf(parseTemplate('a{{ request_query }}')), aScope({}), context))?.text).toBe(
      'a',
    )
  })

  it('a missing token may have a default', () => {
    expect(valueOf(render('{{ token_type | default: "Bearer" }}'))).toBe('Bearer')
    expect(codeOf(render('{{ token_type }}'))).toBe('missing_value')
  })
})

// Shows C57.
describe('Computed values', () => {
  const derived = (name: string) => (name === 'made' ? computed('v') : name === 'none' ? computed('') : undefined)

  it('have priority over variables, but not over reserved names', () => {
    expect(valueOf(render('{{ made }}{{ x }}', { made: 'no', x: 'y' }, { derived }))).toBe('vy')
    expect(valueOf(render('{{ nonce }}', {}, { reserved: { nonce: 'n' }, derived: () => computed('no') }))).toBe('n')
    expect(valueOf(render('{{ signed_jwt }}', {}, { derived: () => computed('jwt') }))).toBe('jwt')
  })

  it('count as missing if they are empty, but can still be hashed', () => {
    expect(valueOf(renderUnlessEmpty(valueOf(parseTemplate('a{{ none }}')), aScope({}), { derived }))).toBeNull()
    expect(valueOf(render('{{ none | default: "d" }}', {}, { derived }))).toBe('d')
    expect(valueOf(render('{{ none | md5 }}', {}, { derived }))).toBe('d41d8cd98f00b204e9800998ecf8427e')
  })

  it('report why they cannot be computed', () => {
    const failing: TemplateContext = { derived: () => refuse('invalid_template', 'The value a names itself.') }
    for (const source of ['{{ a }}', '{{ x | append: a }}'])
      expect(refusalOf(render(source, { x: 'y' }, failing)).message).toContain('names itself')
  })

  const rows = (...pairs: [string, string][]) => pairs.map(([key, value]) => ({ key, value }))
  const withRows = (pairs: [string, string][], values: Values) =>
    withDerivedValues(defaultsOf({ computed: rows(...pairs) }), aScope(values), {
      reserved: { now: '2026-01-01T00:00:00Z' },
    })

  // Shows C58.
  it('that use each other in a circle are refused', () => {
    const context = withRows(
      [
        ['a', '{{ b | upcase }}'],
        ['b', '{{ x | append: c }}'],
        ['c', '{{ a }}'],
      ],
      { x: 'y' },
    )
    expect(refusalOf(render('{{ a }}', {}, context))).toMatchObject({
      code: 'invalid_template',
      message: expect.stringContaining('uses itself'),
    })
  })

  // Shows D29.
  it('that grow with each step are refused at the limit', () => {
    const pairs: [string, string][] = [['v0', 'x'.repeat(64)]]
    for (let count = 1; count <= 20; count += 1) pairs.push([`v${count}`, `{{ v${count - 1} }}`.repeat(100)])
    expect(codeOf(render('{{ v20 }}', {}, withRows(pairs, {})))).toBe('template_limit')
  })

  it('are secret if they use a secret', () => {
    const context = withRows(
      [
        ['basic', '{{ id }}:{{ secret }}'],
        ['code', '{{ basic | base64_encode }}'],
      ],
      { id: 'a', secret: { value: 'bcde', secrecy: 'whole' } },
    )
    expect(noticed('x {{ code }}', {}, context)).toEqual(['YTpiY2Rl'])
  })
})

describe('Text that contains a secret is secret', () => {
  const secret = { value: 'planted', secrecy: 'whole' as const }

  it('also after filters, as their value or argument', () => {
    expect(noticed('{{ a | append: "1" }}{{ b | append: a }}{{ b | append: b }}', { a: secret, b: 'plain' })).toEqual([
      'planted1',
      'plainplanted',
    ])
    expect(noticed('{{ b | hmac_sha256: a | slice: 0, 8 }}', { a: secret, b: 'plain' })).toHaveLength(1)
  })

  it('but not if the secret is an unused default, or is missing and replaced by a default', () => {
    expect(
      noticed('{{ b | default: a }}{{ c | default: "x" }}', {
        a: secret,
        b: 'plain',
        c: { value: '', secrecy: 'whole' },
      }),
    ).toEqual([])
    expect(noticed('{{ c | default: a }}', { a: secret, c: '' })).toEqual(['planted'])
  })

  it('as are tokens, signed JWTs and values extracted by steps', () => {
    const context: TemplateContext = {
      reserved: { access_token: 'at', refresh_token: 'rt', token_type: 'Bearer', now: 'n' },
      steps: new Map([['step1.id', 's1']]),
      derived: (name) => (name === 'signed_jwt' ? computed('jwt', { secrecy: 'whole' }) : undefined),
    }
    expect(
      noticed(
        '{{ access_token }}{{ refresh_token }}{{ token_type }}{{ now }}{{ step1.id }}{{ signed_jwt }}',
        {},
        context,
      ),
    ).toEqual(['at', 'rt', 's1', 'jwt'])
    expect(noticed('{{ signed_jwt }}', {}, { reserved: { signed_jwt: 'given' } })).toEqual(['given'])
  })
})

describe('A missing value', () => {
  const missing = (source: string, values: Values, context: TemplateContext = {}) =>
    namesMissingValue(valueOf(parseTemplate(source)).parts, aScope(values), context)

  it('is found without computing signatures', () => {
    let signatures = 0
    const signer = () => succeed(new Uint8Array([signatures++]))
    expect(valueOf(missing('{{ x | sign_rs256: key }}', { x: 'a', key: 'k' }, { signer }))).toBe(false)
    expect(signatures).toBe(0)
    valueOf(
      renderUnlessEmpty(valueOf(parseTemplate('{{ x | sign_rs256: key }}')), aScope({ x: 'a', key: 'k' }), { signer }),
    )
    expect(signatures).toBe(1)
  })

  it('is an optional value without text and default', () => {
    expect(valueOf(missing('{{ x }}', { x: '' }))).toBe(true)
    expect(valueOf(missing('{{ x | upcase | default: "a" }}', { x: '' }))).toBe(false)
    expect(valueOf(missing('{{ x | default: y }}', { x: '', y: '' }))).toBe(true)
    expect(codeOf(missing('{{ x }}', { x: { required: true } }))).toBe('missing_value')
  })

  it('does not hide a misspelt name in a filter that is skipped', () => {
    expect(codeOf(render('{{ x | append: nope }}', { x: '' }))).toBe('unknown_variable')
    expect(codeOf(render('{{ x | default: nope }}', { x: 'a' }))).toBe('unknown_variable')
  })

  it('as an argument of a text filter is empty text if it is optional, and refused if it is required', () => {
    expect(valueOf(render('{{ x | append: y }}', { x: 'a', y: '' }))).toBe('a')
    expect(refusalOf(render('{{ x | append: y }}', { x: 'a', y: { required: true, label: 'Y' } }))).toMatchObject({
      code: 'missing_value',
      message: expect.stringContaining('Y (y)'),
    })
  })
})

// Shows C58, D29.
describe('Limits of filters', () => {
  const long = 'x'.repeat(templateLimits.rendered / 2)

  it.each([
    '{{ x | append: x | append: x }}',
    '{{ x | replace: "x", "12345678901234567890" | md5 }}',
    '{{ x | replace: "x", x | md5 }}',
    '{{ x | url_encode | base64_encode | base64_encode | base64_encode | md5 }}',
    '{{ x | hex_encode | hex_encode | md5 }}',
  ])('%s becomes too long and is refused', (source) => {
    expect(refusalOf(render(source, { x: long }))).toMatchObject({
      code: 'template_limit',
      message: expect.stringContaining('longer than'),
    })
  })

  it('a template whose filters process too much is refused', () => {
    const refusal = refusalOf(render('{{ x | sha256 }}'.repeat(200), { x: long }))
    expect(refusal).toMatchObject({ code: 'template_limit', message: expect.stringContaining('would take too long') })
  })

  it('signatures count more towards the limit', () => {
    let signatures = 0
    const signer = () => succeed(new Uint8Array([signatures++ % 256]))
    const chain = '{{ x | sign_rs256: k | sign_rs256: k | sign_rs256: k }}'.repeat(200)
    expect(codeOf(render(chain, { x: 'a', k: 'k' }, { signer }))).toBe('template_limit')
    expect(signatures).toBeLessThan(300)
  })

  it('a body larger than the limit of a text can still be hashed', () => {
    expect(
      valueOf(
        render(
          '{{ request_body | sha1 }}',
          {},
          { reserved: { request_body: 'x'.repeat(3 * templateLimits.rendered) } },
        ),
      ),
    ).toHaveLength(40)
  })
})

describe('The same text is parsed once', () => {
  it('and returns the same template, also after many others', () => {
    const first = valueOf(parseTemplate('{{ a }} once'))
    expect(valueOf(parseTemplate('{{ a }} once'))).toBe(first)
    for (let count = 0; count < 1_500; count += 1) parseTemplate(`{{ a }} ${count}`)
    expect(valueOf(parseTemplate('{{ a }} once'))).not.toBe(first)
    expect(valueOf(parseTemplate('{{ a }} once'))).toEqual(first)
  })
})

describe('Hosts', () => {
  const part = (source: string) => valueOf(parseTemplate(source)).parts[0] as VariablePart
  const context: TemplateContext = {
    steps: new Map([['step1.host', 'eu']]),
    derived: (name) => (name === 'made' ? computed('eu') : undefined),
    reserved: { access_token: 'eu', nonce: 'n' },
  }

  // Shows D32.
  it('with values from a third party or computed ones are untrusted, even after a filter', () => {
    const scope = aScope({ typed: 'eu', kept: { value: 'eu', untrusted: true } })
    for (const source of [
      '{{ kept }}',
      '{{ step1.host }}',
      '{{ made }}',
      '{{ access_token }}',
      '{{ typed | append: kept }}',
      '{{ typed | default: step1.host }}',
      '{{ typed | append: made }}',
    ])
      expect(isUntrusted(part(source), scope, context), source).toBe(true)
    for (const source of ['{{ typed }}', '{{ typed | append: nonce }}', '{{ typed | append: "kept" }}'])
      expect(isUntrusted(part(source), scope, context), source).toBe(false)
  })

  it.each(['{{ step1.host }}', '{{ made }}', '{{ typed | replace: "us", step1.host }}'])(
    'with %s must be allowed hosts',
    (label) => {
      const template = valueOf(parseUrlTemplate(`https://${label}.acme.test/x`))
      const input = { scope: aScope({ typed: 'us' }), context }
      expect(codeOf(renderUrl(template, { ...input, allowedHosts: [] }))).toBe('host_not_allowed')
      expect(valueOf(renderUrl(template, { ...input, allowedHosts: ['*.acme.test'] })).origin).toBe(
        'https://eu.acme.test',
      )
    },
  )

  // Shows D34.
  it.each(['https://{{ made }}.acme.test/x', '{{ address }}/x'])(
    'that contain a secret are refused without quoting them: %s',
    (url) => {
      const scope = aScope({ secret_key: { value: 'planted', secrecy: 'whole' } })
      const computed = [
        { key: 'made', value: '{{ secret_key | hex_encode }}' },
        { key: 'address', value: 'https://{{ secret_key | hex_encode }}.evil.test' },
      ]
      const known = withDerivedValues({ ...defaultsOf({}), computed }, scope, {})
      const refusal = refusalOf(renderUrl(valueOf(parseUrlTemplate(url)), { scope, context: known, allowedHosts: [] }))
      expect(refusal.code).toBe('host_not_allowed')
      expect(refusal.message).not.toContain('706c616e746564')
    },
  )

  it('with other filter arguments must be confirmed separately', () => {
    const pattern = (url: string) => originPattern(valueOf(parseUrlTemplate(url)).origin!)
    expect(pattern('https://{{ key | split: "-", 1 }}.acme.test')).toBe('https://{key|split=-,1}.acme.test')
    const patterns = [
      '{{ a | append: b }}',
      '{{ a | append: "b" }}',
      '{{ a | append: "$b" }}',
      '{{ a | append: "b,c" }}',
      '{{ a | replace: "b", "c" }}',
      '{{ a | replace: b, "c" }}',
      '{{ a | append: "b" | append: "c" }}',
      '{{ a | append: "b|append=c" }}',
      '{{ a | append: "b.c" }}',
      '{{ step1.a }}',
      '{{ a | append: step1.b }}',
    ].map((label) => pattern(`https://${label}.acme.test/`))
    expect(new Set(patterns).size).toBe(patterns.length)
    for (const text of patterns) expect(text.split('.').slice(1)).toEqual(['acme', 'test'])
  })
})
