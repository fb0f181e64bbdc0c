import { describe, expect, it, test } from 'vitest'
import { readFlowReference } from '@/lib/domain/templates/flow-reference'
import { parseFlowValue, parseTemplate } from '@/lib/domain/templates/parse-template'
import { codeOf, refusalOf, valueOf } from '@/tests/support/definition-builders'

const every = { every: true }
/** Each reference is read by both, so that endpoints and shapes have one grammar. */
const both = [parseTemplate, parseFlowValue]

describe('A flow value', () => {
  test.each([
    ['payload', { root: 'payload', path: [] }],
    ['payload.a.b', { root: 'payload', path: [{ name: 'a' }, { name: 'b' }] }],
    ['payload.0.id', { root: 'payload', path: [{ name: '0' }, { name: 'id' }] }],
    ['payload.*.id', { root: 'payload', path: [every, { name: 'id' }] }],
    ['payload[0]', { root: 'payload', path: [{ name: '0' }] }],
    ['payload[\'a.b\']["c]] d"]', { root: 'payload', path: [{ name: 'a.b' }, { name: 'c]] d' }] }],
    ['meta.key', { root: 'meta', name: 'key' }],
    ["meta['a.b']", { root: 'meta', name: 'a.b' }],
    ['flow.shop_name', { root: 'flow', name: 'shop_name' }],
    ['run.id', { root: 'run', value: 'id' }],
    ['run.as_of', { root: 'run', value: 'as_of' }],
  ])('[[%s]] is read the same in endpoints and shapes', (text, reference) => {
    expect(valueOf(readFlowReference(text))).toEqual(reference)
    for (const parse of both)
      for (const spaced of [`[[${text}]]`, `[[ ${text} ]]`])
        expect(valueOf(parse(`<${spaced}>`)).parts).toEqual([
          { kind: 'text', text: '<' },
          { kind: 'flow', reference: text },
          { kind: 'text', text: '>' },
        ])
  })

  test.each([
    ...[
      'payload. id',
      'payload.',
      'payload..a',
      'payload[',
      'payload[x]',
      "payload['a",
      'payload.{a}',
      'payload[-1]',
      'payload id',
    ],
    ...['meta', 'meta.a.b', 'meta.*', 'flow.a.b', 'flow[*]', 'run.other', 'run.id.x', 'payload-id', 'payloads.x'],
    ...['paylod.id', 'Payload', `payload${'.a'.repeat(33)}`],
  ])('[[%s]] is refused in endpoints and shapes', (text) => {
    for (const parse of both) expect(codeOf(parse(`a [[payload.a]] [[${text}]] b`))).toBe('invalid_template')
  })

  it('is named in the refusal, with the most similar root', () => {
    expect(refusalOf(parseFlowValue('x [[paylod.id]]')).message).toBe(
      '[[paylod]] is not a flow value. Did you mean [[payload]]?',
    )
    expect(refusalOf(parseFlowValue('x [[payload. id]] y')).message).toContain('[[payload. id]] cannot be read.')
    expect(refusalOf(parseFlowValue('[[run.started]]')).message).toContain('[[run.started]] does not exist')
    expect(refusalOf(parseFlowValue('[[meta.a.b]]')).message).toContain('[[meta.key]]')
  })

  it.each([
    '[[1, 2]]',
    '[["a"]]',
    '[[true]]',
    '[[false],[null]]',
    '[[null]]',
    '[[]]',
    '[[ -1 ]]',
    '[[[1]]]',
    ']]',
    '[[Int!]!]',
    '[[runner',
    '[[x, y]]',
    'query Q($m: [[Int]])',
    '[[ID]] [[package]] [[other.x]] [[see.this]]',
    '[[flow]] [[flow chart]] [[run]] [[run now',
    '[[constructor]] [[__proto__.x]]',
  ])('is not what only looks like one: %s', (text) => {
    for (const parse of both) expect(valueOf(parse(text)).parts).toEqual([{ kind: 'text', text }])
  })

  it('can be written as text with [["[["]]', () => {
    for (const parse of both) {
      const { parts } = valueOf(parse('a [["[["]]payload]] b'))
      expect(parts.every(({ kind }) => kind === 'text')).toBe(true)
      expect(parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')).toBe('a [[payload]] b')
    }
  })

  it('is limited in number', () => {
    for (const parse of both) {
      expect(valueOf(parse('[[run.id]]'.repeat(200))).parts).toHaveLength(200)
      expect(codeOf(parse('[[run.id]]'.repeat(201)))).toBe('template_limit')
    }
  })

  it.each([
    '[',
    '[[',
    '[[payload',
    "[[payload['",
    '[[payload["',
    '[[payload.a',
    '[[payload[0]',
    '[[a',
    "'",
    '[[payload  ',
  ])('with %s repeated is decided in linear time', (piece) => {
    const began = performance.now()
    parseFlowValue(piece.repeat(Math.floor(1_000_000 / piece.length)))
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})
