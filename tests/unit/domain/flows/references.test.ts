import { describe, expect, it, test } from 'vitest'
import { renderBody } from '@/lib/domain/content/bodies'
import { utf8 } from '@/lib/domain/encoding'
import { flowValues, type FlowSources } from '@/lib/domain/flows/references/flow-values'
import { checkReferences, referencesIn, renderShapeText } from '@/lib/domain/flows/references/text-references'
import { codeOf, hostileValues, refusalOf, valueOf } from '@/tests/support/definition-builders'

const order =
  '{"id": 12345678901234567890, "total": 1.10, "lines": [{"sku": "A"}, {"sku": "B"}], "note": null, "a.b": true}'
const sources = (given: Partial<FlowSources> = {}): FlowSources => ({
  payload: { content: utf8(order), format: 'json' },
  meta: { batch: '7', error_message: 'Sold out' },
  variables: { shop: 'Zürich', empty: '' },
  run: { id: 'run-1', asOf: new Date('2026-03-01T08:00:00Z') },
  ...given,
})
const render = (text: string, given: Partial<FlowSources> = {}) => renderShapeText(text, sources(given))

describe('The text of a shape', () => {
  test.each([
    ['[[payload]]', order],
    ['order-[[payload.id]]', 'order-12345678901234567890'],
    ['[[payload.total]] [[payload.lines.1.sku]]', '1.10 B'],
    ['[[payload.lines]]', '[{"sku":"A"},{"sku":"B"}]'],
    ['[[payload.lines.*.sku]]', '["A","B"]'],
    ["[[payload['a.b']]]", 'true'],
    ['[[meta.batch]]/[[meta.error_message]]', '7/Sold out'],
    ['[[flow.shop]]|[[flow.empty]]', 'Zürich|'],
    ['[[run.id]] [[run.as_of]]', 'run-1 2026-03-01T08:00:00.000Z'],
    ['{{ token }} {% x %}', '{{ token }} {% x %}'],
  ])('%s becomes %s', (text, rendered) => {
    expect(valueOf(render(text))).toBe(rendered)
  })

  it.each([
    '[[payload.missing]]',
    '[[payload.lines.2.sku]]',
    '[[payload.note.x]]',
    '[[payload.constructor]]',
    '[[payload.lines.length]]',
    '[[meta.missing]]',
    '[[meta.constructor]]',
    '[[flow.toString]]',
  ])('is refused with the name of a missing value: %s', (text) => {
    const refusal = refusalOf(render(`a [[run.id]] ${text}`))
    expect(refusal.code).toBe('missing_value')
    expect(refusal.message).toContain(text)
  })

  it('is refused if a value is null, if there is no payload, or if it cannot be read', () => {
    expect(refusalOf(render('[[payload.note]]')).message).toContain('[[payload.note]] is null')
    expect(refusalOf(render('[[payload.id]]', { payload: null })).message).toContain('there is no payload here')
    expect(refusalOf(render('[[payload.id]]', { payload: { content: utf8('{'), format: 'json' } })).message).toMatch(
      /^\[\[payload\.id\]\] cannot be read\. The payload is not JSON/,
    )
    expect(codeOf(render('[[payload]]', { payload: { content: Uint8Array.of(0xff), format: 'text' } }))).toBe(
      'invalid_value',
    )
    expect(valueOf(render('[[payload]]', { payload: { content: utf8('{'), format: 'json' } }))).toBe('{')
  })

  it('uses the same paths for XML and CSV', () => {
    const xml = { content: utf8('<order id="7"><total currency="EUR">1.10</total></order>'), format: 'xml' as const }
    expect(
      valueOf(
        render('[[payload.order.@id]] [[payload.order.total]] [[payload.order.total.@currency]]', { payload: xml }),
      ),
    ).toBe('7 1.10 EUR')
    const csv = { content: utf8('id;name\n007;Zoë'), format: 'csv' as const, csv: { delimiter: ';', hasHeader: true } }
    expect(valueOf(render('[[payload.0.id]] [[payload.*.name]]', { payload: csv }))).toBe('007 ["Zoë"]')
  })

  it.each([...hostileValues, '[[run.id]]', '{{ token }}'])('has values that are never parsed: %j', (value) => {
    const given = {
      variables: { x: value },
      payload: { content: utf8(JSON.stringify({ x: value })), format: 'json' as const },
    }
    expect(valueOf(render('<[[flow.x]]>', given))).toBe(`<${value}>`)
    expect(valueOf(render('<[[payload.x]]>', given))).toBe(`<${value}>`)
  })

  it('is limited in length, also with its values', () => {
    expect(codeOf(render('a'.repeat(100_001)))).toBe('invalid_input')
    expect(codeOf(referencesIn('a'.repeat(100_001)))).toBe('invalid_input')
    const long = { content: utf8('a'.repeat(600_000)), format: 'text' as const }
    expect(codeOf(render('[[payload]][[payload]]', { payload: long }))).toBe('template_limit')
  })
})

describe('The body of an endpoint in a flow', () => {
  const body = (template: string, given: Partial<FlowSources> = {}) =>
    renderBody({
      ...{ format: 'json', template, parameters: [], scope: new Map() },
      context: { flow: flowValues(sources(given)) },
    })

  it('has values with all their digits, and null where it is written without quotes', () => {
    expect(
      valueOf(body('{"id":[[payload.id]],"t":[[payload.total]],"n":[[payload.note]],"l":[[payload.lines]]}')).body,
    ).toBe('{"id":12345678901234567890,"t":1.10,"n":null,"l":[{"sku":"A"},{"sku":"B"}]}')
    expect(refusalOf(body('{"n":"[[payload.note]]"}')).message).toContain('without quotes')
    expect(refusalOf(body('{"n":[[payload.missing]]}')).message).toBe(
      '[[payload.missing]] has no value. It is missing in this payload.',
    )
  })

  it('has the payload itself, and flow variables as text', () => {
    expect(valueOf(body('{"order":[[payload]],"shop":"[[flow.shop]]","run":"[[run.id]]"}')).body).toBe(
      `{"order":${order.replace(/([:,]) /g, '$1')},"shop":"Zürich","run":"run-1"}`,
    )
  })

  it('reads the payload only if it needs it', () => {
    const broken = { content: utf8('{'), format: 'json' as const }
    expect(valueOf(body('{"run":"[[run.id]]"}', { payload: broken })).body).toBe('{"run":"run-1"}')
  })
})

describe('The references of a text', () => {
  const check = (text: string, available = { variables: ['shop_name', 'region'], hasPayload: true }) =>
    checkReferences(valueOf(referencesIn(text)), available).map(({ message }) => message)

  it('are listed once', () => {
    expect(valueOf(referencesIn('[[payload.a]] [[run.id]] [[payload.a]] [[payload]]')).map(({ text }) => text)).toEqual(
      [...['payload.a', 'run.id', 'payload']],
    )
  })

  it('are checked for variables of the flow, with the most similar one', () => {
    expect(check('[[flow.shop_name]] [[meta.any]] [[run.id]]')).toEqual([])
    expect(check('[[flow.shopname]]')).toEqual([
      '[[flow.shopname]]: the flow has no variable “shopname”. Did you mean shop_name?',
    ])
    expect(check('[[flow.constructor]]')).toHaveLength(1)
  })

  it('are checked for a payload where none arrives', () => {
    expect(check('[[payload.id]] [[run.id]]', { variables: [], hasPayload: false })).toEqual([
      '[[payload.id]] needs a payload, but no payload arrives here. Put this shape after one that outputs payloads.',
    ])
  })
})
