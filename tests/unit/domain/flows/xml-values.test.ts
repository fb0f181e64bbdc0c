import { describe, expect, it, test } from 'vitest'
import { readValue } from '@/lib/domain/flows/values/read-value'
import { ExactNumber, type Value } from '@/lib/domain/flows/values/value'
import { scanXml } from '@/lib/domain/flows/values/xml-scan'
import { readXml, writeXml } from '@/lib/domain/flows/values/xml'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'

const read = (text: string) => valueOf(readXml(text))
const written = (value: Value) => valueOf(writeXml(value)).replace(/^<\?xml[^>]*>\n/, '')

describe('XML as a value', () => {
  test.each([
    ['text', '<a>x</a>', { a: 'x' }],
    ['nothing', '<a/>', { a: '' }],
    ['attributes and text', '<a b="1" c="">x</a>', { a: { '@b': '1', '@c': '', '#text': 'x' } }],
    ['blanks beside attributes', '<a b="1"> </a>', { a: { '@b': '1', '#text': ' ' } }],
    ['a repeated element as a list', '<a><b>1</b><c/><b>2</b></a>', { a: { b: ['1', '2'], c: '' } }],
    ['blanks in text as they are', '<a><b> x </b>\n  <c> </c></a>', { a: { b: ' x ', c: ' ' } }],
    ['prefixes as they are', '<n:a xmlns:n="u"><n:b/></n:a>', { 'n:a': { '@xmlns:n': 'u', 'n:b': '' } }],
    ['entities of XML and character references', '<a>&lt;&amp;&#233;&#x1F600;</a>', { a: '<&é😀' }],
    ['CDATA', '<a>1<![CDATA[<b>&amp;</b>]]>2</a>', { a: '1<b>&amp;</b>2' }],
    ['no comments and instructions', '<?xml version="1.0"?><!-- c --><a><?p x?>1<!-- d --></a>', { a: '1' }],
    ['numbers as text', '<a><b>007</b><c>1.10</c></a>', { a: { b: '007', c: '1.10' } }],
    [
      'names of prototypes as names',
      '<a><__proto__>1</__proto__><constructor/></a>',
      { a: { ['__proto__']: '1', constructor: '' } },
    ],
  ])('has %s', (_what, text, value) => {
    expect(JSON.stringify(read(text))).toBe(JSON.stringify(value))
  })

  test.each([
    ...[
      '',
      '<a>',
      '<a></b>',
      '<a/><b/>',
      'text',
      '<a b=1/>',
      '<a b="1" b="2"/>',
      '<a>&nbsp;</a>',
      '<a>&b</a>',
      '<a><b></a></b>',
    ],
    ...[
      '<a/>text',
      '<a b="<"/>',
      '<!-- -- --><a/>',
      '<a>\u0001</a>',
      '<a>&#0;</a>',
      '<1/>',
      '<a><![CDATA[x</a>',
      '{"a":1}',
    ],
  ])('is refused if it is not well-formed: %s', (text) => {
    expect(refusalOf(readXml(text)).message).toMatch(/^The payload is (?:not XML|empty)/)
  })

  test.each([
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;">]><a>&z;</a>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "http://a.test/">]><a>&x;</a>',
  ])('is refused with a document type: %s', (text) => {
    expect(refusalOf(readXml(text)).message).toContain('DOCTYPE')
  })

  it('is refused with the place, never with its content', () => {
    expect(refusalOf(readXml('<a>\n<s3cret></a>')).message).toMatch(
      /^The payload is not XML: see line 2, character \d+\.$/,
    )
  })

  it('is refused if it is too deep, or has too many elements or attributes', () => {
    expect(refusalOf(readXml('<a>'.repeat(200_000))).message).toContain('nested too deeply')
    const many = `<a>${'<b c="" d="" e=""/>'.repeat(500_001)}</a>`
    expect(() => scanXml(many, { open: () => {}, close: () => {} })).toThrow('too many values')
  })

  it('is read in the encoding that it declares', () => {
    const bytes = Uint8Array.from(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1'))
    expect(valueOf(readValue(bytes, 'xml'))).toEqual({ a: 'é' })
    expect(readValue(Uint8Array.from(Buffer.from('<?xml version="1.0" encoding="x-none"?><a/>')), 'xml').ok).toBe(false)
  })
})

describe('A value as XML', () => {
  test.each([
    '<a>x</a>',
    '<a b="1">x</a>',
    '<a><b>1</b><b>2</b><c/></a>',
    '<a b="&quot;&amp;&lt;&#10;&#9;">&lt;&amp;&#13;</a>',
    '<n:a xmlns:n="u"><n:b> </n:b></n:a>',
  ])('is the same after it was read and written: %s', (text) => {
    expect(written(read(text))).toBe(text)
  })

  it('has numbers as they were read, true and false as words, and null as an empty element', () => {
    expect(written({ a: { b: new ExactNumber('1.10'), c: true, d: null, '@e': 5 } })).toBe(
      '<a e="5"><b>1.10</b><c>true</c><d/></a>',
    )
  })

  test.each<[string, Value]>([
    ['no root element', {}],
    ['several root elements', { a: 1, b: 2 }],
    ['a list of root elements', { a: [1] }],
    ['a list', [1]],
    ['a text', 'a'],
    ['a name with a space', { a: { 'b c': 1 } }],
    ['a name with markup', { 'a><b': 1 }],
    ['an attribute with markup', { a: { '@b="x" c': 1 } }],
    ['a list in a list', { a: { b: [[1]] } }],
    ['an object as attribute', { a: { '@b': {} } }],
    ['a control character', { a: '\u0001' }],
    ['half a surrogate pair', { a: '\ud800' }],
  ])('is refused with %s', (_what, value) => {
    expect(writeXml(value).ok).toBe(false)
  })
})
