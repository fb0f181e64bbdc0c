import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { utf8 } from '@/lib/domain/encoding'
import { regroupPayload, splitPage, splitPayload, type Parts } from '@/lib/domain/flows/records/split-payload'
import { readXml } from '@/lib/domain/flows/values/xml'
import type { PayloadFormat } from '@/lib/domain/flows/values/value'
import { recordsIn } from '@/lib/domain/responses/json-path'
import type { Result } from '@/lib/domain/result'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'

const payload = (text: string, format: PayloadFormat = 'json') => ({ content: utf8(text), format })
const texts = (parts: Result<Parts>) =>
  Array.from(valueOf(parts).parts(), ({ content }) => new TextDecoder().decode(content))
const split = (text: string, path: string, wrapperKey?: string) => texts(splitPayload(payload(text), path, wrapperKey))

const page = '{ "next": null, "orders": [ {"id": 12345678901234567890, "total": 1.10},\n {"10": 1, "9": 2} , [] ] }'
const records = ['{"id": 12345678901234567890, "total": 1.10}', '{"10": 1, "9": 2}', '[]']

describe('A JSON payload', () => {
  it('is split into the texts of its items, with all digits and in their order', () => {
    expect(split(page, 'orders')).toEqual(records)
    expect(split(page, 'orders.*')).toEqual(['{"id": 12345678901234567890, "total": 1.10}', '{"10": 1, "9": 2}'])
    expect(split(page, '$.orders[0].id')).toEqual(['12345678901234567890'])
  })

  test.each([
    ['each element of a nested list', '[{"a":[1,2]},{"a":[3]},{"b":[4]}]', '*.a', ['1', '2', '3']],
    ['an object that is no list', '{"a":{"b":{"c":1}}}', 'a.b', ['{"c":1}']],
    ['a name with escapes', '{"a\\u002eb":[1]}', "['a.b']", ['1']],
    ['a single value like a list of one', '{"a":{"b":7}}', 'a.*.b.0', ['7']],
    ['the last of several properties with the same name', '{"a":[1,2],"a":[3]}', 'a', ['3']],
    ['nothing for a missing name', '{"a":1}', 'b', []],
    ['nothing for an empty list', '{"a":[]}', 'a', []],
    ['nothing for items of null', '{"a":null}', 'a.*', []],
    ['null itself', '{"a":null}', 'a', ['null']],
    ['a name only in the place of the path', '{"b":{"a":1},"a":{"a":2}}', 'a.a', ['2']],
    ['the whole list without a path', ' [1, "]", {"a":"\\"["}] ', '', ['1', '"]"', '{"a":"\\"["}']],
    ['no prototype', '{"a":1}', 'constructor', []],
    ['a property called 0 before the only item', '{"0":1,"a":2}', '0', ['1']],
    ['the only item', '{"a":2}', '0.a', ['2']],
  ])('is split at %s', (_what, text, path, parts) => {
    expect(split(text, path)).toEqual(parts)
  })

  it('gets its wrapper key around each part', () => {
    expect(split('[1.10,{}]', '', 'order "x"')).toEqual(['{"order \\"x\\"":1.10}', '{"order \\"x\\"":{}}'])
  })

  it('is regrouped into lists, and into single items with size 1', () => {
    expect(texts(regroupPayload(payload(page), 'orders', 2))).toEqual([`[${records[0]},${records[1]}]`, '[[]]'])
    expect(texts(regroupPayload(payload(page), 'orders', 1))).toEqual(records)
    expect(Array.from(valueOf(regroupPayload(payload('[1,2,3]'), '', 2)).parts(), (part) => part.records)).toEqual([
      2, 1,
    ])
    expect(valueOf(regroupPayload(payload('[1,2,3]'), '', 2)).count).toBe(2)
    expect(() => regroupPayload(payload('[1]'), '', 0)).toThrow(RangeError)
  })

  it('that is broken after its records gives no parts at all', () => {
    for (const text of [
      '{"orders":[{"id":1}],',
      '{"orders":[{"id":1}]} x',
      '{"orders":[{"id":1},{"id":}]}',
      '{"orders":["a\nb"]}',
      '{"orders":[01]}',
    ])
      expect(refusalOf(splitPayload(payload(text), 'orders')).message).toContain('The payload is not JSON')
  })

  it('that is too deep, too long in parts or not text is refused', () => {
    expect(refusalOf(splitPayload(payload('['.repeat(500_000)), '')).message).toContain('nested too deeply')
    expect(refusalOf(splitPayload(payload(`{"a":`.repeat(500_000)), 'a.a')).message).toContain('nested too deeply')
    expect(refusalOf(splitPayload(payload(`[${'1,'.repeat(1_000_000)}1]`), '')).message).toContain('1,000,000 parts')
    expect(refusalOf(splitPayload(payload('{}', 'binary'), '')).message).toContain('cannot be split')
    expect(refusalOf(splitPayload(payload('[]'), 'a..b')).message).toContain('path cannot be read')
  })

  it('gives the same parts as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 3 })), fc.constantFrom(0, 1, 2), (list, spaces) => {
        const text = JSON.stringify({ x: [list], a: list }, null, spaces)
        expect(split(text, 'a').map((part) => JSON.parse(part) as unknown)).toEqual(JSON.parse(JSON.stringify(list)))
      }),
    )
  })
})

describe('A page of JSON records', () => {
  test.each([
    ...[
      '',
      '$',
      '$.orders',
      'orders',
      '$.orders[*]',
      'orders.0',
      '$.map',
      '$.map.*',
      'map[*]',
      '$..id',
      '$.none',
      'one',
      'one.*',
    ],
    ...['$.orders[?@.id > 1]', '$.orders[-1]', "$['orders']", '$.orders[0,1]', 'nested.*.list', '$.orders[0].id'],
  ])('has the records that its data path counts: %s', (dataPath) => {
    const json = {
      orders: [{ id: 1 }, { id: 2 }, { id: 3 }],
      map: { x: { id: 4 }, 'y.\'"\\\n': [5] },
      nested: [{ list: [1, 2] }, { list: [3] }],
      one: [{ id: 6 }],
    }
    const expected = recordsIn(json, dataPath) ?? (dataPath === '' ? [json] : [])
    const parts = texts(splitPage(payload(JSON.stringify(json)), dataPath, 1))
    expect(parts.map((part) => JSON.parse(part) as unknown)).toEqual(expected)
  })

  it('keeps the digits of its records also with a query', () => {
    expect(texts(splitPage(payload(page), '$.orders[?@.total > 1]', 1))).toEqual([
      '{"id":12345678901234567890,"total":1.10}',
    ])
    expect(texts(splitPage(payload(`{"it's":{"a\\n":[1.10]}}`), "$..['a\\n']", 5))).toEqual(['[1.10]'])
  })

  it('is one record without a data path, unless it is a list', () => {
    expect(texts(splitPage(payload('{"id":1}'), '', 1))).toEqual(['{"id":1}'])
    expect(texts(splitPage(payload('[{"id":1},{"id":2}]'), '', 1))).toEqual(['{"id":1}', '{"id":2}'])
  })

  it('is refused with a data path that cannot be read or would be slow', () => {
    expect(splitPage(payload('[]'), '$[', 1).ok).toBe(false)
    expect(splitPage(payload('[]'), '$..a..b', 1).ok).toBe(false)
  })
})

const xml =
  '<?xml version="1.0"?><n:orders xmlns:n="urn:n" xmlns="urn:d" page="1"><!-- <n:order> --><n:order id="1"><line a=">"/></n:order>' +
  '<other><n:order/></other><n:order id="2" xmlns="urn:e"><![CDATA[</n:order>]]></n:order></n:orders>'

describe('An XML payload', () => {
  it('is split into its elements as they are written, with the namespaces around them', () => {
    expect(texts(splitPayload(payload(xml, 'xml'), 'n:orders.n:order'))).toEqual([
      '<n:order xmlns:n="urn:n" xmlns="urn:d" id="1"><line a=">"/></n:order>',
      '<n:order xmlns:n="urn:n" id="2" xmlns="urn:e"><![CDATA[</n:order>]]></n:order>',
    ])
  })

  it('is regrouped inside the start tag of the parent', () => {
    expect(texts(regroupPayload(payload(xml, 'xml'), 'n:orders.n:order', 2))).toEqual([
      '<n:orders xmlns:n="urn:n" xmlns="urn:d" page="1"><n:order id="1"><line a=">"/></n:order>' +
        '<n:order id="2" xmlns="urn:e"><![CDATA[</n:order>]]></n:order></n:orders>',
    ])
  })

  test.each([
    ['all with *', '<a><b>1</b><c><b/></c><b>2</b></a>', 'a.b.*', ['<b>1</b>', '<b>2</b>']],
    ['one by its index', '<a><b>1</b><b>2</b></a>', 'a.b.1', ['<b>2</b>']],
    ['the only one by 0', '<a><b>1</b></a>', '*.a.0.b.0', ['<b>1</b>']],
    ['none by another index', '<a><b>1</b></a>', 'a.b.1', []],
    [
      'elements in several parents',
      '<a><b><c>1</c></b><b><c>2</c><c/></b></a>',
      'a.b.c',
      ['<c>1</c>', '<c>2</c>', '<c/>'],
    ],
    ['elements in one parent', '<a><b><c>1</c></b><b><c>2</c></b></a>', 'a.b.1.c', ['<c>2</c>']],
    ['an element with the name of its parent', '<a><a><a>1</a></a></a>', 'a.a', ['<a><a>1</a></a>']],
    [
      'the root element without declaration',
      '<?xml version="1.0" encoding="latin1"?>\n<a><b/></a>',
      '',
      ['<a><b/></a>'],
    ],
    ['the root element by name', '<a/><!-- c -->', 'a', ['<a/>']],
    ['nothing', '<a/>', 'b', []],
    ['nothing for an index of the whole', '<a/>', '1', []],
  ])('is split at %s', (_what, text, path, parts) => {
    expect(texts(splitPayload(payload(text, 'xml'), path))).toEqual(parts)
  })

  it('gives parts that can be read, with the wrapper around each', () => {
    for (const part of texts(splitPayload(payload(xml, 'xml'), 'n:orders.n:order', 'wrap')))
      expect(Object.keys(valueOf(readXml(part)))).toEqual(['wrap'])
    expect(splitPayload(payload(xml, 'xml'), 'n:orders', 'not a name').ok).toBe(false)
  })

  it('is refused if it is broken, has a document type, or its path names an attribute', () => {
    for (const text of ['<a><b/>', '<!DOCTYPE a><a><b/></a>', '<a><b></a>'])
      expect(splitPayload(payload(text, 'xml'), 'a.b').ok).toBe(false)
    expect(refusalOf(splitPayload(payload('<a b=""/>', 'xml'), 'a.@b')).message).toContain('@b')
  })

  it('regroups elements of different parents inside the first one', () => {
    const text = '<r xmlns:p="u"><a x="1"><b/></a><a xmlns:q="v"><p:b/><b/></a></r>'
    expect(texts(regroupPayload(payload(text, 'xml'), 'r.a.b', 5))).toEqual([
      '<a xmlns:p="u" x="1"><b/><b xmlns:p="u" xmlns:q="v"/></a>',
    ])
  })
})

describe('A CSV payload', () => {
  const csv = 'id,note\r\n1,"a\r\nb"\r\n\r\n2,""""\r\n3,'
  it('is split into rows as they are written, each with the header', () => {
    expect(texts(splitPayload(payload(csv, 'csv'), ''))).toEqual([
      'id,note\r\n1,"a\r\nb"\r\n',
      'id,note\r\n2,""""\r\n',
      'id,note\r\n3,\r\n',
    ])
    expect(texts(regroupPayload(payload(csv, 'csv'), '*', 2))).toEqual([
      'id,note\r\n1,"a\r\nb"\r\n2,""""\r\n',
      'id,note\r\n3,\r\n',
    ])
  })

  it('without header is split into rows', () => {
    const source = { ...payload('1;2\n3;4', 'csv'), csv: { delimiter: ';', hasHeader: false } }
    expect(texts(splitPage(source, '', 1))).toEqual(['1;2\n', '3;4\n'])
  })

  it('with only a header, or nothing, has no rows', () => {
    expect(texts(splitPayload(payload('id,note\n', 'csv'), ''))).toEqual([])
    expect(texts(splitPayload(payload('', 'csv'), ''))).toEqual([])
  })

  it('is refused with a path, a wrapper key, broken quotes or too many rows', () => {
    expect(splitPayload(payload(csv, 'csv'), 'id').ok).toBe(false)
    expect(splitPayload(payload(csv, 'csv'), '', 'row').ok).toBe(false)
    expect(splitPayload(payload('a\n"b', 'csv'), '').ok).toBe(false)
    expect(splitPayload(payload('1\n'.repeat(1_000_002), 'csv'), '').ok).toBe(false)
  })
})
