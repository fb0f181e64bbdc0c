import { describe, expect, it } from 'vitest'
import { renderBody } from '@/lib/domain/content/bodies'
import { checkJsonTemplate } from '@/lib/domain/content/json-template'
import { parseTemplate } from '@/lib/domain/templates/parse-template'
import type { BodyFormat } from '@/lib/domain/vocabulary'
import { aScope, codeOf, controlValues, hostileValues, refusalOf, valueOf } from '@/tests/support/definition-builders'

type Given = { parameters?: [string, string][]; flow?: (reference: string) => string | undefined }

function render(
  format: BodyFormat,
  template: string,
  values: Parameters<typeof aScope>[0] = {},
  { parameters = [], flow }: Given = {},
) {
  return renderBody({ format, template, parameters, scope: aScope(values), context: { flow } })
}

function textOf(...given: Parameters<typeof render>): string {
  const { body } = valueOf(render(...given))
  return typeof body === 'string' ? body : new TextDecoder().decode(body ?? new Uint8Array())
}

const anyValue = [...hostileValues, ...controlValues]

describe('A JSON body', () => {
  it.each(anyValue)('contains a value only as the text of a string: %j', (value) => {
    const body = JSON.parse(textOf('json', '{"a": "{{ x }}", "b": ["<{{ x }}>"], "c": 1}', { x: value })) as object
    expect(body).toEqual({ a: value, b: [`<${value}>`], c: 1 })
  })

  it.each(anyValue)('contains a value only as the name of one property: %j', (value) => {
    const body = JSON.parse(textOf('json', '{"{{ x }}": 1, "other": 2}', { x: value })) as object
    expect(Object.entries(body).sort()).toEqual(
      [
        [value, 1],
        ['other', 2],
      ].sort(),
    )
  })

  it.each(anyValue)('accepts only JSON without quotes: %j', (value) => {
    const rendered = render('json', '{"a": {{ x }}, "b": 2}', { x: value })
    expect(rendered.ok ? 'accepted' : rendered.error.code).toBe('invalid_value')
  })

  it('accepts numbers, booleans, null, objects and lists without quotes', () => {
    const body = textOf(
      'json',
      '{"n": {{ n }}, "t": {{ t }}, "o": [[payload.o]], "l": [ {{ n }}, {{ s | json }} ]}',
      { n: '12.50', t: 'true', s: 'a"b' },
      { flow: () => '{"x":[1,null]}' },
    )
    expect(body).toBe('{"n":12.50,"t":true,"o":{"x":[1,null]},"l":[12.50,"a\\"b"]}')
  })

  it('keeps every digit of a number', () => {
    expect(textOf('json', '{"id": 12345678901234567890, "x": {{ x }}}', { x: '98765432109876543210' })).toBe(
      '{"id":12345678901234567890,"x":98765432109876543210}',
    )
  })

  it('still has a string if the string is exactly one output', () => {
    expect(textOf('json', '{"a": "{{ x }}"}', { x: '42' })).toBe('{"a":"42"}')
  })

  it('omits a property or an item whose optional variable has no value', () => {
    expect(textOf('json', '{"a": "{{ x }}", "b": {{ x }}, "c": ["{{ x }}", "y"], "d": "<{{ x }}>"}', { x: '' })).toBe(
      '{"c":["y"],"d":"<>"}',
    )
    expect(codeOf(render('json', '{"a": "{{ x }}"}', { x: { required: true } }))).toBe('missing_value')
  })

  it('adds body parameters as properties, and replaces those of the same name', () => {
    expect(
      textOf(
        'json',
        '{"a": 1, "b": 2}',
        {},
        {
          parameters: [
            ['b', 'x'],
            ['c.d', '"y"'],
          ],
        },
      ),
    ).toBe('{"a":1,"b":"x","c.d":"\\"y\\""}')
    expect(textOf('json', '', {}, { parameters: [['__proto__', 'x']] })).toBe('{"__proto__":"x"}')
    expect(codeOf(render('json', '[1]', {}, { parameters: [['a', 'b']] }))).toBe('invalid_input')
  })

  it('is missing if the template is empty', () => {
    expect(valueOf(render('json', ' '))).toEqual({ body: null, contentType: null, secrecy: 'none' })
  })

  it('refuses a template that is not JSON', () => {
    for (const template of [
      '{',
      '{"a": x}',
      '{{ x }}{{ x }}',
      '{"a": "{{ x }}}',
      '{"a": 1 {{ x }}}',
      '{"a": "\ue000"}',
    ]) {
      expect(['invalid_template']).toContain(codeOf(render('json', template, { x: '1' })))
    }
  })

  it('refuses two properties with the same rendered name', () => {
    expect(codeOf(render('json', '{"{{ x }}": 1, "a": 2}', { x: 'a' }))).toBe('invalid_value')
  })

  it('supports escaped quotes before an output', () => {
    expect(JSON.parse(textOf('json', '{"a": "\\"{{ x }}\\\\", "b": "{{ x }}"}', { x: '"' }))).toEqual({
      a: '""\\',
      b: '"',
    })
  })

  it('is checked while it is edited', () => {
    const check = (source: string) => codeOf(checkJsonTemplate(valueOf(parseTemplate(source))))
    expect([check(''), check('{"a": {{ x }}, "b": "{{ y }}"}'), check('{"a": }')]).toEqual([
      'accepted',
      'accepted',
      'invalid_template',
    ])
  })
})

describe('A form body', () => {
  it.each(anyValue)('contains a value as one field: %j', (value) => {
    const body = textOf('form', 'a=1&x={{ x }}', { x: value }, { parameters: [['y', value]] })
    expect([...new URLSearchParams(body)]).toEqual([
      ['a', '1'],
      ['x', value],
      ['y', value],
    ])
  })

  it('is encoded like in browsers', () => {
    expect(textOf('form', '', {}, { parameters: [['grant type', "a b&c=d+e/é~!'()*"]] })).toBe(
      'grant+type=a+b%26c%3Dd%2Be%2F%C3%A9%7E%21%27%28%29*',
    )
    expect(valueOf(render('form', 'a=b')).contentType).toBe('application/x-www-form-urlencoded')
  })

  it('decodes the pairs of its template', () => {
    expect([...new URLSearchParams(textOf('form', 'a=b%20c&d=e+f\n&g&h=100%&i={{ x }}', { x: '' }))]).toEqual([
      ['a', 'b c'],
      ['d', 'e f'],
      ['g', ''],
      ['h', '100%'],
    ])
  })
})

describe('A multipart body', () => {
  it.each(anyValue)('contains a value as one part: %j', async (value) => {
    const { body, contentType } = valueOf(
      render(
        'multipart',
        '',
        {},
        {
          parameters: [
            ['a', value],
            ['b', '2'],
          ],
        },
      ),
    )
    const form = await new Response(body as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': contentType ?? '' },
    }).formData()
    expect([...form]).toEqual([
      ['a', value],
      ['b', '2'],
    ])
  })

  it('chooses a boundary that occurs in no value', () => {
    const { body, contentType } = valueOf(
      render(
        'multipart',
        '',
        {},
        { parameters: [['a', '--' + '----patchbay-form-0\r\nContent-Disposition: form-data; name="admin"\r\n\r\n1']] },
      ),
    )
    expect(contentType).toBe('multipart/form-data; boundary=----patchbay-form-1')
    expect(new TextDecoder().decode(body as Uint8Array).split('------patchbay-form-1')).toHaveLength(3)
  })

  it('escapes quotes and line breaks in a name', () => {
    expect(textOf('multipart', '', {}, { parameters: [['a"\r\nX: 1', 'v']] })).toContain('name="a%22%0D%0AX: 1"')
  })
})

describe('An XML body', () => {
  it.each(hostileValues)('contains a value as text: %j', (value) => {
    const body = textOf('xml', '<a b="{{ x }}">{{ x }}</a>', { x: value })
    const inner = body.slice('<a b="'.length, -'</a>'.length)
    expect(inner.replace('">', '')).not.toMatch(/[<"]/)
    expect(inner).toMatch(/^[^>]*">[^>]*$/)
  })

  it('refuses characters that are not allowed in XML', () => {
    expect(codeOf(render('xml', '<a>{{ x }}</a>', { x: '\u0000' }))).toBe('invalid_value')
    expect(codeOf(render('xml', '<a>{{ x }}</a>', { x: '\u001b' }))).toBe('invalid_value')
  })
})

describe('Text and raw bodies', () => {
  it('are the rendered template', () => {
    expect(valueOf(render('text', 'a {{ x }}', { x: '"b"' }))).toEqual({
      body: 'a "b"',
      contentType: 'text/plain; charset=utf-8',
      secrecy: 'none',
    })
    expect(valueOf(render('raw', 'a {{ x }}', { x: '"b"' }))).toEqual({
      body: 'a "b"',
      contentType: null,
      secrecy: 'none',
    })
    expect(valueOf(render('raw', ''))).toEqual({ body: null, contentType: null, secrecy: 'none' })
  })
})

describe('The secrecy of a body', () => {
  const values: Parameters<typeof aScope>[0] = { a: { value: '1234', secrecy: 'whole' }, b: '2', none: '' }

  it.each([
    ['json', '{"x": "{{ b }}", "y": [{"z": "{{ a }}"}]}', 'whole'],
    ['json', '{"x": {{ b }}, "y": {{ a }}}', 'whole'],
    ['json', '{"{{ a | slice: 0, 1 }}": 1, "y": "{{ a }}"}', 'piece'],
    ['json', '{"x": "{{ b }}"}', 'none'],
    ['form', 'x={{ b }}&y={{ a }}', 'whole'],
    ['form', 'x={{ b }}&{{ a | slice: 0, 1 }}=y', 'piece'],
    ['form', 'x={{ b }}&y={{ none }}{{ a | slice: 0, 1 }}', 'none'],
    ['multipart', 'x={{ a | slice: 0, 1 }}&y={{ a }}', 'piece'],
    ['xml', '<x>{{ a }}</x>', 'whole'],
    ['text', '{{ b }}{{ a | digits }}', 'piece'],
    ['raw', '{{ b }}', 'none'],
  ] as const)('is that of its values: %s %s is %s', (format, template, secrecy) => {
    expect(valueOf(render(format, template, values)).secrecy).toBe(secrecy)
  })
})

describe('Body parameters', () => {
  it.each(['none', 'xml', 'text', 'raw'] as const)('are refused with their name if the body is %s', (format) => {
    expect(refusalOf(render(format, '', {}, { parameters: [['token', 'x']] })).message).toContain('token')
  })
})
