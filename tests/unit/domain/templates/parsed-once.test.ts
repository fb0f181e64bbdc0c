import { describe, expect, it } from 'vitest'
import { refuse, succeed } from '@/lib/domain/result'
import { parsedOnce } from '@/lib/domain/templates/parsed-once'

function counting() {
  const texts: string[] = []
  const parse = parsedOnce((source) => {
    texts.push(source)
    return source === 'wrong' ? refuse('invalid_template', 'Wrong.') : succeed({ source })
  })
  return { parse, texts }
}

describe('A text that is parsed once', () => {
  it('returns the same result again', () => {
    const { parse, texts } = counting()
    const first = parse('/orders')
    expect(parse('/orders')).toBe(first)
    expect(texts).toEqual(['/orders'])
  })

  it('is parsed each time if it is invalid or very long', () => {
    const { parse, texts } = counting()
    const long = 'x'.repeat(5_000)
    for (const text of ['wrong', 'wrong', long, long]) parse(text)
    expect(texts).toHaveLength(4)
    expect(parse('wrong')).toMatchObject({ ok: false, error: { message: 'Wrong.' } })
  })

  it('is no longer cached after a thousand others', () => {
    const { parse, texts } = counting()
    parse('first')
    for (let number = 1; number < 1_000; number += 1) parse(`text ${number}`)
    parse('first')
    expect(texts).toHaveLength(1_000)
    parse('one more')
    parse('first')
    expect(texts.slice(1_000)).toEqual(['one more', 'first'])
  })
})
