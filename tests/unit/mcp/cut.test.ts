import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginningWithin, bytesOf, cut, cutToBytes, itemsWithin } from '@/lib/mcp/cut'

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

test('the first items that fit are kept, in their order', () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 20 }), fc.integer({ min: 0, max: 4_000 }), (items, bytes) => {
      const kept = itemsWithin(items, bytes)
      const taken = (some: string[]) => some.reduce((sum, item) => sum + bytesOf(item), 0)
      expect(kept).toEqual(items.slice(0, kept.length))
      expect(taken(kept)).toBeLessThanOrEqual(bytes)
      if (kept.length < items.length) expect(taken(items.slice(0, kept.length + 1))).toBeGreaterThan(bytes)
    }),
  )
})
