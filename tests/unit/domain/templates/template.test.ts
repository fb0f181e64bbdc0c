import { describe, expect, it } from 'vitest'
import { renderTemplate, renderUnlessEmpty } from '@/lib/domain/templates/render-template'
import { parseFlowValue, parseTemplate, templateVariables } from '@/lib/domain/templates/parse-template'
import type { TemplateContext } from '@/lib/domain/templates/template'
import { templateLimits } from '@/lib/domain/templates/limits'
import { SecretBook } from '@/lib/domain/secret-book'
import { aScope, codeOf, hostileValues, refusalOf, textIn, valueOf } from '@/tests/support/definition-builders'

function render(source: string, values: Parameters<typeof aScope>[0] = {}, context: TemplateContext = {}) {
  const template = parseTemplate(source)
  return template.ok ? textIn(renderTemplate(template.value, aScope(values), context)) : template
}

describe('A template', () => {
  it('outputs a variable between text', () => {
    expect(valueOf(render('Bearer {{ token }}!', { token: 'abc' }))).toBe('Bearer abc!')
    expect(valueOf(render('{{token}}{{token}}', { token: 'x' }))).toBe('xx')
  })

  it('keeps text without outputs unchanged, also with single or closing braces', () => {
    for (const text of ['', 'plain', '{"a":{"b":1}}', '{ x }', '}} x', '[[1, 2]]', '[[true]]', '[[null, [x', 'a[[]]'])
      expect(valueOf(render(text))).toBe(text)
  })

  it.each(['{% if x %}', '{% raw %}{{ x }}{% endraw %}', 'a {%- assign x = 1 -%}', '{% include "/etc/passwd" %}'])(
    'refuses the tag %s',
    (source) => {
      expect(codeOf(parseTemplate(source))).toBe('invalid_template')
    },
  )

  it.each([
    '{{ "text" }}',
    '{{ 1 }}',
    '{{ true }}',
    '{{ nil }}',
    '{{ (1..9) }}',
    '{{ x.y }}',
    '{{ x[0] }}',
    '{{ x["constructor"] }}',
    '{{ x == 1 }}',
    '{{ x y }}',
    '{{ x, y }}',
    '{{ x-y }}',
    '{{ x? }}',
    '{{ é }}',
    '{{ 1x }}',
    '{{}}',
    '{{ }}',
    '{{ x',
    '{{ {{ x }} }}',
    '{{{x}}}',
    '{{ x || upcase }}',
    '{{ x | }}',
  ])('refuses %s, which is not one variable with filters', (source) => {
    expect(codeOf(parseTemplate(source))).toBe('invalid_template')
  })

  // Shows C54.
  it.each(['{{', '}}', '[[', ']]'])('outputs %s if it is in quotes', (brackets) => {
    expect(valueOf(render(`a {{ "${brackets}" }} {{ '${brackets}' }} b`))).toBe(`a ${brackets} ${brackets} b`)
    expect(valueOf(parseTemplate(`{{ "${brackets}" }}`)).parts).toEqual([{ kind: 'text', text: brackets }])
  })

  it('refuses any other text in quotes, and filters after it', () => {
    for (const source of ['{{ "x" }}', '{{ "{{ x" }}', '{{ "" }}', '{{ "{{" | upcase }}'])
      expect(codeOf(parseTemplate(source))).toBe('invalid_template')
  })

  it.each([
    'map: "constructor"',
    'where: "a"',
    'raw',
    'escape',
    'sort',
    'join: ","',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
  ])('refuses the unknown filter %s', (filter) => {
    expect(codeOf(parseTemplate(`{{ x | ${filter} }}`))).toBe('invalid_template')
  })

  it('refuses a filter with wrong arguments', () => {
    for (const call of [
      'upcase: "x"',
      'default',
      'default: "a", "b"',
      'default: k: "v"',
      'default: true',
      'default: nil',
      'default: (1..3)',
      'default: y.z',
      'default: y[0]',
      'sha256: base64',
      'sha256: "base65"',
      'slice: "a", 1',
      'date: "%Q"',
      'date: "day"',
      'date: "unix", "+1y"',
      'replace: "", "x"',
      'digits: 0',
      'digits: 41',
    ]) {
      expect(codeOf(parseTemplate(`{{ x | ${call} }}`))).toBe('invalid_template')
    }
  })

  it('suggests the most similar filter if one does not exist', () => {
    expect(refusalOf(parseTemplate('{{ x | sha265 }}')).message).toContain('Did you mean sha256?')
    expect(refusalOf(parseTemplate('{{ x | xyzxyzxyz }}')).message).toMatch(
      /xyzxyzxyz does not exist.*Filters and names/,
    )
  })

  it('limits its length, its outputs, filters and arguments, and the length of the result', () => {
    expect(codeOf(parseTemplate('x'.repeat(templateLimits.source + 1)))).toBe('template_limit')
    expect(codeOf(parseTemplate('{{ x }}'.repeat(templateLimits.outputs + 1)))).toBe('template_limit')
    expect(codeOf(parseTemplate(`{{ x ${'| upcase '.repeat(templateLimits.filters + 1)}}}`))).toBe('template_limit')
    expect(codeOf(parseTemplate(`{{ x | append: "${'y'.repeat(templateLimits.argument + 1)}" }}`))).toBe(
      'template_limit',
    )
    expect(codeOf(render('{{ x }}'.repeat(100), { x: 'y'.repeat(20_000) }))).toBe('template_limit')
  })

  it('of the longest allowed text of braces is parsed in linear time', () => {
    const { source } = templateLimits
    const texts = ['{'.repeat(source), '{{ x | '.repeat(9_000), '[['.repeat(source / 2)]
    expect(texts.map((text) => parseTemplate(text).ok)).toEqual([false, false, true])
  })
})

describe('Filters', () => {
  it.each([
    ['base64_encode', 'Aladdin:open sesame', 'QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
    ['base64_encode', 'é😀', 'w6nwn5iA'],
    ['base64url_encode', '>>>???', 'Pj4-Pz8_'],
    ['url_encode', "a b/c?d=é!'()*", 'a%20b%2Fc%3Fd%3D%C3%A9%21%27%28%29%2A'],
    ['json', 'a"b\\c\n', '"a\\"b\\\\c\\n"'],
    ['downcase', 'AbÉ', 'abé'],
    ['upcase', 'abé', 'ABÉ'],
    ['default: "z"', 'abc', 'abc'],
    ["default: 'z'", '', 'z'],
    ['default: ""', '', ''],
  ])('%s makes %j into %j', (filter, value, expected) => {
    expect(valueOf(render(`{{ x | ${filter} }}`, { x: value }))).toBe(expected)
  })

  it('are applied from left to right', () => {
    expect(valueOf(render('{{ x | upcase | base64_encode | downcase }}', { x: 'ab' }))).toBe('qui=')
  })

  it('return nothing for a missing value', () => {
    expect(valueOf(render('[{{ x | json }}{{ x | base64_encode }}]', { x: '' }))).toBe('[]')
  })

  it('keep quotes and escapes inside the value of default', () => {
    expect(valueOf(render('{{ x | default: "a | upcase }" }}', { x: '' }))).toBe('a | upcase }')
  })
})

// Shows D7.
describe('Looking up a name', () => {
  it('refuses an unknown variable with its name', () => {
    const refusal = refusalOf(render('{{ shop_name }}', { token: 'x' }))
    expect(refusal.code).toBe('unknown_variable')
    expect(refusal.message).toContain('shop_name')
  })

  it('suggests the most similar known name', () => {
    expect(refusalOf(render('{{ Token }}', { token: 'x', scope: 'y' })).message).toContain('{{ token }}')
    expect(refusalOf(render('{{ acess_token }}', { token: 'x' })).message).toContain('{{ access_token }}')
    expect(refusalOf(render('{{ zzzzzz }}', { token: 'x' })).message).not.toContain('Did you mean')
  })

  it('refuses a required variable without a value with its display name', () => {
    const refusal = refusalOf(render('{{ client_id }}', { client_id: { required: true, label: 'Client ID' } }))
    expect(refusal.code).toBe('missing_value')
    expect(refusal.message).toContain('Client ID (client_id)')
  })

  it('uses the default filter for a required variable without a value', () => {
    expect(valueOf(render('{{ region | default: "eu" }}', { region: { required: true } }))).toBe('eu')
  })

  it.each([
    'constructor',
    '__proto__',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'size',
    'first',
    'last',
    'get',
  ])('never resolves %s', (name) => {
    expect(codeOf(render(`{{ ${name} }}`, { x: 'y' }))).toBe('unknown_variable')
  })

  it('finds a variable that is called constructor', () => {
    expect(valueOf(render('{{ constructor }}', { constructor: 'x' }))).toBe('x')
  })

  it('finds reserved names in the request, not among variables', () => {
    const context = { reserved: { access_token: 'fresh', now: '2026-01-01T00:00:00Z', nonce: 'n', uuid: 'u' } }
    expect(
      valueOf(render('{{ access_token }} {{ now }} {{ nonce }} {{ uuid }}', { access_token: 'stale' }, context)),
    ).toBe('fresh 2026-01-01T00:00:00Z n u')
    expect(codeOf(render('{{ access_token }}', { access_token: 'stale' }))).toBe('missing_value')
  })

  it('never finds reserved names in a prototype', () => {
    const reserved = Object.create({ access_token: 'inherited' }) as TemplateContext['reserved']
    expect(codeOf(render('{{ access_token }}', {}, { reserved }))).toBe('missing_value')
  })

  it('collects the texts that contain secrets', () => {
    const secrets = new SecretBook()
    const context = { reserved: { access_token: 'at' }, secrets }
    render(
      '{{ a | upcase }}{{ b }}{{ access_token }}',
      { a: { value: 'secret', secrecy: 'whole' }, b: 'plain' },
      context,
    )
    expect(secrets.texts()).toEqual(['SECRET', 'at'])
  })

  it.each([
    ['plain {{ b }}', 'none'],
    ['{{ a }}', 'whole'],
    ['{{ b }} {{ a | sha256 }}', 'whole'],
    ['{{ b | append: a }}', 'whole'],
    ['{{ access_token }}', 'whole'],
    ['{{ a | slice: 0, 2 }}', 'piece'],
    ['{{ a }}{{ a | digits }}{{ b }}', 'piece'],
    ['{{ a | slice: 0, 2 | sha256 }}', 'piece'],
    ['{{ b | slice: 0, 2 }}', 'none'],
    ['{{ b | slice: 0, 2 | append: a }}', 'whole'],
    ['{{ none }}{{ none | default: b }}', 'none'],
    ['{{ none | default: a }}', 'whole'],
    ['{{ a | remove: a }}', 'none'],
  ])('returns the secrecy of the result: %s is %s', (source, secrecy) => {
    const scope = aScope({
      a: { value: 'secret', secrecy: 'whole' },
      b: 'plain',
      none: { value: '', secrecy: 'whole' },
    })
    const rendered = renderTemplate(valueOf(parseTemplate(source)), scope, { reserved: { access_token: 'at' } })
    expect(valueOf(rendered).secrecy).toBe(secrecy)
  })

  it('omits a text that uses an optional variable without a value', () => {
    const outcome = (source: string, values: Parameters<typeof aScope>[0]) =>
      valueOf(renderUnlessEmpty(valueOf(parseTemplate(source)), aScope(values)))?.text ?? null
    expect(outcome('tenant {{ tenant }}', { tenant: '' })).toBeNull()
    expect(outcome('tenant {{ tenant }}', { tenant: 'a' })).toBe('tenant a')
    expect(outcome('{{ tenant | default: "b" }}', { tenant: '' })).toBe('b')
    expect(outcome('literal', {})).toBe('literal')
    expect(
      codeOf(renderUnlessEmpty(valueOf(parseTemplate('{{ a }}{{ b }}')), aScope({ a: '', b: { required: true } }))),
    ).toBe('missing_value')
  })
})

// Shows C59.
describe('Values are data', () => {
  it.each(hostileValues)('a value is never parsed as a template: %j', (value) => {
    expect(valueOf(render('<{{ x }}>', { x: value, secret: 'stolen' }))).toBe(`<${value}>`)
  })
})

describe('Values of the flow', () => {
  it('can be used together with variables', () => {
    const template = valueOf(parseTemplate('{{ a }} [[payload.orders[0].id]] [[ meta.run ]] [[payload]]'))
    expect(template.parts.flatMap((part) => (part.kind === 'flow' ? [part.reference] : []))).toEqual([
      'payload.orders[0].id',
      'meta.run',
      'payload',
    ])
  })

  it('are returned by the lookup function', () => {
    expect(
      valueOf(render('/[[payload.id]]', {}, { flow: (reference) => (reference === 'payload.id' ? '7' : undefined) })),
    ).toBe('/7')
  })

  it('are refused with their name if the flow does not have them', () => {
    expect(refusalOf(render('[[payload.id]]')).message).toContain('[[payload.id]]')
    expect(codeOf(render('[[payload.id]]', {}, { flow: () => undefined }))).toBe('missing_value')
  })

  it.each(['[[payload. id]]', '[[payload.id]', '[[ meta', '[[payload.]]'])('are refused if misspelt: %s', (source) => {
    expect(codeOf(parseTemplate(source))).toBe('invalid_template')
  })

  it('can be used in values of a shape, where outputs are plain text', () => {
    const template = valueOf(parseFlowValue('{{ token }} [[meta.key]]'))
    expect(valueOf(textIn(renderTemplate(template, aScope({ token: 'secret' }), { flow: () => 'k' })))).toBe(
      '{{ token }} k',
    )
  })
})

describe('templateVariables', () => {
  it('lists each variable once, without the reserved names', () => {
    expect(valueOf(templateVariables('{{ b }}{{ a | upcase }}{{ b }}{{ access_token }}[[payload.x]]'))).toEqual([
      'b',
      'a',
    ])
  })

  it('refuses an invalid template', () => {
    expect(codeOf(templateVariables('{{ a'))).toBe('invalid_template')
  })
})
