import { expect, test } from 'vitest'
import { hasLongText, longJson } from '@/lib/api/long-json'

/** Responses with a long text are written in pieces. */

const readText = (value: object) => new Response(longJson(value)).text()

test.each([
  ['a text with everything that is escaped', 'a"\\\n\t\u0000\u2028é漢'.repeat(50_000)],
  ['a text in which a pair of surrogates is cut', `${'x'.repeat(199_999)}😀${'y'.repeat(199_997)}😀`],
  ['a lone surrogate at the cut', `${'x'.repeat(199_999)}\ud83d${'y'.repeat(10)}`],
])('%s arrives as it is', async (_what, text) => {
  const value = { key: 'acme', missing: undefined, document: text, documentHash: 'abc', more: { list: [1, null] } }
  expect(hasLongText(value)).toBe(true)
  expect(JSON.parse(await readText(value))).toEqual(JSON.parse(JSON.stringify(value)))
})

test('objects without a long text are not written in pieces, but could be', async () => {
  expect(hasLongText({ a: 'x'.repeat(200_000), b: [1] })).toBe(false)
  expect(await readText({})).toBe('{}')
  expect(await readText({ a: 1, b: 'c' })).toBe('{"a":1,"b":"c"}')
})

test('others get their turn between two pieces', async () => {
  let turns = 0
  const timer = setInterval(() => (turns += 1), 0)
  await readText({ text: 'x'.repeat(4_000_000) })
  clearInterval(timer)
  expect(turns).toBeGreaterThan(3)
})
