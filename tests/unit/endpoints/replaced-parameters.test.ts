import { expect, test } from 'vitest'
import { replacedBy } from '@/components/parameters/parameter-editing'
import { parameterRow } from '@/components/parameters/parameter-row'
import { aParameter } from '@/tests/support/definition-builders'

const shared = aParameter('X-Version', '1', { place: 'header' })
const row = (key: string, given = {}) => parameterRow(aParameter(key, '2', { place: 'header', ...given }))
const optional = { required: false }
const carriers = [{ label: 'Endpoint requests', phases: ['endpoint' as const], steps: [] }]

test('a shared parameter is replaced by one of the same key that is always sent', () => {
  expect(replacedBy(shared, [row('x-version')], undefined)).toBe('always')
  expect(replacedBy(shared, [row('X-Other')], undefined)).toBeNull()
  expect(replacedBy(shared, [row('X-Version', { place: 'url' })], undefined)).toBeNull()
})

test('an optional parameter replaces it only when it has a value (DATA §16)', () => {
  expect(replacedBy(shared, [row('x-version', optional)], undefined)).toBe('with_value')
  expect(replacedBy(shared, [row('x-version', optional), row('X-Version')], undefined)).toBe('always')
})

test('a method’s parameter replaces it if endpoint requests carry it', () => {
  expect(replacedBy(shared, [row('X-Version', { phases: ['verify'] })], carriers)).toBeNull()
  expect(replacedBy(shared, [row('X-Version', { phases: ['endpoint'] })], carriers)).toBe('always')
})
