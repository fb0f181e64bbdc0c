import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginningWithin, cut, cutToBytes } from '@/lib/mcp/cut'
import { bytesOf } from '@/lib/mcp/result'

const anyText = fc.string({ unit: 'grapheme-composite', maxLength: 300 })

test('a text is cut to a length, and says so', () => {
  expect(cut('abcdef', 6)).toBe('abcdef')
  expect(cut('abcdefg', 6)).toBe('abcde…')
  expect(cut('abcd👍fg', 6)).toBe('abcd…')
})

test('the beginning of any text takes no more than allowed, is a beginning, and is well-formed', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 8, max: 2_000 }), (text, bytes) => {
      const part = beginningWithin(text, bytes)
      expect(bytesOf(part)).toBeLessThanOrEqual(bytes)
      expect(text.startsWith(part)).toBe(true)
      expect(part.isWellFormed()).toBe(text.slice(0, part.length).isWellFormed())
      if (bytesOf(text) <= bytes) expect(part).toBe(text)
    }),
  )
})

test('a text that is cut to bytes is no longer than them in JSON', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 8, max: 500 }), (text, bytes) => {
      expect(Buffer.byteLength(JSON.stringify(cutToBytes(text, bytes)))).toBeLessThanOrEqual(bytes)
    }),
  )
})
