import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it, test } from 'vitest'
import { readCsv, writeCsv } from '@/lib/domain/flows/values/csv'
import { ExactNumber } from '@/lib/domain/flows/values/value'
import { refusalOf, valueOf } from '@/tests/support/definition-builders'

const withHeader = { delimiter: ',', hasHeader: true }
const rows = { delimiter: ',', hasHeader: false }

describe('CSV as a value', () => {
  test.each([
    ['objects by header', 'id,name\n007,Zoë\n', [{ id: '007', name: 'Zoë' }]],
    ['quotes, delimiters and line breaks in quotes', 'a,b\r\n"x, ""y""","1\n2"', [{ a: 'x, "y"', b: '1\n2' }]],
    ['a quote inside a cell as text', 'a\n5" pipe', [{ a: '5" pipe' }]],
    ['blanks as they are', 'a,b\n x , ', [{ a: ' x ', b: ' ' }]],
    ['line breaks of any kind, without empty lines', 'a\r1\n\n2\r\n\r\n3', [{ a: '1' }, { a: '2' }, { a: '3' }]],
    ['empty text for cells that a row does not have', 'a,b,c\n1', [{ a: '1', b: '', c: '' }]],
    ['numbers for columns without a name', 'a,,\n1,2,3', [{ a: '1', column_2: '2', column_3: '3' }]],
    ['numbers after names that occur again', 'a,a,a_2,a\n1,2,3,4', [{ a: '1', a_2: '2', a_2_2: '3', a_3: '4' }]],
    ['no rows below a header', 'a,b', []],
    ['no rows without content', '', []],
    ['names of prototypes as names', '__proto__\n1', [{ ['__proto__']: '1' }]],
  ])('has %s', (_what, text, value) => {
    expect(JSON.stringify(valueOf(readCsv(text, withHeader)))).toBe(JSON.stringify(value))
  })

  it('is a list of lists without header, with any delimiter', () => {
    expect(valueOf(readCsv('a;b\n1;"2;3"', { delimiter: ';', hasHeader: false }))).toEqual([
      ['a', 'b'],
      ['1', '2;3'],
    ])
    expect(valueOf(readCsv('a\tb', { delimiter: '\t', hasHeader: false }))).toEqual([['a', 'b']])
  })

  test('is read as another library reads it', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é'), maxLength: 6 })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(table, (cells) => {
        const text = Papa.unparse(cells, { newline: '\n' })
        expect(valueOf(readCsv(text, rows))).toEqual(cells)
        const ours = valueOf(writeCsv(cells, rows))
        expect(Papa.parse(ours, { newline: '\r\n', skipEmptyLines: true }).data).toEqual(cells)
      }),
    )
  })

  test.each([
    ['quotes that are not closed', 'a\n"x', 'line 2 are not closed'],
    ['text after closing quotes', 'a\nb\n"x"y', 'line 3 has text after closing quotes'],
    ['more cells than its header', 'a,b\n1,2\n1,2,3', 'Line 3 of the payload has 3 cells, but its header has 2'],
  ])('is refused with %s', (_what, text, message) => {
    expect(refusalOf(readCsv(text, withHeader)).message).toContain(message)
  })

  it.each(['', ',,', '"', '\n'])('is refused with the delimiter %j', (delimiter) => {
    expect(readCsv('a', { delimiter, hasHeader: true }).ok).toBe(false)
    expect(writeCsv([], { delimiter, hasHeader: true }).ok).toBe(false)
  })

  it('is refused if it has too many cells, counting those that its rows leave out', () => {
    expect(refusalOf(readCsv('a,'.repeat(2_000_001), rows)).message).toContain('too many values')
    expect(refusalOf(readCsv(`${','.repeat(16_383)}${'\n1'.repeat(123)}`, withHeader)).message).toContain(
      'too many values',
    )
  })

  it('with thousands of equal names is read in linear time, and with more columns than a spreadsheet refused', () => {
    expect(valueOf(readCsv(`${'a,'.repeat(16_383)}a\n1`, withHeader))).toHaveLength(1)
    expect(refusalOf(readCsv(`${'a,'.repeat(16_384)}a\n1`, withHeader)).message).toContain('more than 16,384 columns')
    expect(readCsv('"'.repeat(2_000_001), rows).ok).toBe(false)
  })
})

describe('A value as CSV', () => {
  it('has the names of all objects as header', () => {
    expect(valueOf(writeCsv([{ a: 1, b: null }, { c: new ExactNumber('1.10') }], withHeader))).toBe(
      'a,b,c\r\n1,,\r\n,,1.10\r\n',
    )
    expect(valueOf(writeCsv({ a: '', b: true }, withHeader))).toBe('a,b\r\n,true\r\n')
    expect(valueOf(writeCsv([{ a: '' }], rows))).toBe('""\r\n')
  })

  it('has objects and lists in cells as JSON', () => {
    expect(valueOf(writeCsv([['x', { b: [new ExactNumber('1.10')] }]], rows))).toBe('x,"{""b"":[1.10]}"\r\n')
  })

  it('is refused for anything else', () => {
    for (const value of ['a', [1], [{ a: 1 }, [1]], null]) expect(writeCsv(value, withHeader).ok).toBe(false)
  })
})
