import { describe, expect, it } from 'vitest'
import { readableBody } from '@/lib/domain/preview/readable-body'

const lines = (...all: string[]) => all.join('\n')

describe('a readable body', () => {
  it('is JSON with a line for each value', () => {
    expect(readableBody('{"a":1,"b":[true,{"c":"x, {y}: \\"z\\""}],"d":{},"e":[]}')).toEqual({
      kind: 'json',
      text: lines(
        '{',
        '  "a": 1,',
        '  "b": [',
        '    true,',
        '    {',
        '      "c": "x, {y}: \\"z\\""',
        '    }',
        '  ],',
        '  "d": {},',
        '  "e": []',
        '}',
      ),
    })
  })

  it('keeps every digit of a number, and every duplicate name', () => {
    const { text } = readableBody('{"id":12345678901234567890,"v":1.0,"id":2}') as { text: string }
    expect(text).toContain('12345678901234567890')
    expect(text).toContain('1.0')
    expect(text.match(/"id"/g)).toHaveLength(2)
  })

  it('is equal to the result of JSON.stringify if that loses nothing', () => {
    const value = { name: 'Zoë', list: [[], [1, [2]], {}], nothing: null, deep: { a: { b: { c: [false] } } } }
    expect(readableBody(JSON.stringify(value))).toEqual({ kind: 'json', text: JSON.stringify(value, null, 2) })
  })

  it('is XML with a line for each element', () => {
    expect(readableBody('<?xml version="1.0"?><o a="1>0"><i>x</i><i/><!-- n --><b><c></c></b></o>')).toEqual({
      kind: 'xml',
      text: lines(
        '<?xml version="1.0"?>',
        '<o a="1>0">',
        '  <i>x</i>',
        '  <i/>',
        '  <!-- n -->',
        '  <b>',
        '    <c></c>',
        '  </b>',
        '</o>',
      ),
    })
  })

  it('is a form with its names and values', () => {
    expect(readableBody('grant_type=refresh_token&scope=a+b&refresh_token=••••••')).toEqual({
      kind: 'form',
      pairs: [
        ['grant_type', 'refresh_token'],
        ['scope', 'a b'],
        ['refresh_token', '••••••'],
      ],
    })
  })

  it.each(['', 'plain words', '{"cut":"of', '(binary content, 3 bytes)', '<!doctype html><html></html>', 'a = b'])(
    'is unchanged if it has none of these formats: %j',
    (text) => {
      expect(readableBody(text)).toEqual({ kind: 'text' })
    },
  )
})
