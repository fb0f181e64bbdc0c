import { expect, test } from 'vitest'
import { z } from 'zod'
import { asTyped } from '@/lib/domain/text-schema'

const message = 'Enter a whole number between 1 and 9, or leave it empty.'
const number = asTyped(z.number(message).int(message).min(1, message).max(9, message).nullable())

test.each<[unknown, number | null]>([
  [5, 5],
  ['5', 5],
  [' 5 ', 5],
  ['', null],
  ['  ', null],
  [null, null],
])('%j is %j', (given, read) => {
  expect(number.safeParse(given)).toMatchObject({ success: true, data: read })
})

test.each([0, 10, 1.5, Number.NaN, '0', '10', '1.5', '-1', '1e0', '0x5', '٥', '5 6', '5'.repeat(21), true, {}])(
  '%j is refused with the field’s own words',
  (given) => {
    expect(number.safeParse(given).error?.issues.map((issue) => issue.message)).toEqual([message])
  },
)

test('nothing typed is no number where one is needed', () => {
  expect(asTyped(z.number('Enter a number.')).safeParse('').error?.issues[0]?.message).toBe('Enter a number.')
})

test('a key that is left out is missing, not empty', () => {
  expect(z.strictObject({ number }).safeParse({}).success).toBe(false)
})
