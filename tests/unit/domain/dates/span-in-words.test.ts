import { expect, test } from 'vitest'
import { spanInWords } from '@/lib/domain/dates/span-in-words'

test.each([
  [0, '1 second'],
  [1_000, '1 second'],
  [1_001, '2 seconds'],
  [59_000, '59 seconds'],
  [59_500, '1 minute'],
  [61_000, '2 minutes'],
  [3_600_000, '1 hour'],
  [3_601_000, '2 hours'],
  [86_400_000, '24 hours'],
])('%d ms are %s, never rounded down', (milliseconds, words) => {
  expect(spanInWords(milliseconds)).toBe(words)
})
