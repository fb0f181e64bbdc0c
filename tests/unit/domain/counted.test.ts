import { expect, it } from 'vitest'
import { counted } from '@/lib/domain/counted'

it.each([
  [0, '0 endpoints'],
  [1, '1 endpoint'],
  [2, '2 endpoints'],
  [12_345, '12,345 endpoints'],
])('counts %i as “%s”', (count, words) => {
  expect(counted(count, 'endpoint')).toBe(words)
})

it('accepts an irregular plural', () => {
  expect(counted(1, 'new address', 'new addresses')).toBe('1 new address')
  expect(counted(3, 'new address', 'new addresses')).toBe('3 new addresses')
})
