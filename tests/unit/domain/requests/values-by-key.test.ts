import { expect, test } from 'vitest'
import { valuesByKey } from '@/lib/domain/requests/values-by-key'
import { anEndpoint, aParameter, aVariable } from '@/tests/support/definition-builders'

const order = aVariable('order', { id: 'v-order', required: true, pattern: '\\d+' })
const hidden = aVariable('hidden', { id: 'v-hidden', required: false, configurable: false, advanced: false })
const endpoint = anEndpoint({
  variables: [order, hidden],
  parameters: [
    aParameter('limit', '', { id: 'p-limit', required: false }),
    aParameter('state', '', { id: 'p-url', required: false, place: 'url' }),
    aParameter('state', '', { id: 'p-header', required: false, place: 'header' }),
    aParameter('version', '2', { id: 'p-version', required: true }),
  ],
})
const read = (values: Record<string, string>, filters: Record<string, string> = {}) =>
  valuesByKey(endpoint, { values, filters })

test('values are named by key or ID', () => {
  const ids = { ok: true, value: { values: { 'v-order': '7' }, filters: { 'p-limit': '10', 'p-header': 'open' } } }
  expect(read({ order: '7' }, { limit: '10', 'p-header': 'open' })).toEqual(ids)
  expect(read({ 'v-order': '7' }, { 'p-limit': '10', 'p-header': 'open' })).toEqual(ids)
})

test.each([
  ['an unknown variable', { other: '1' }, {}, 'unknown_variable', 'values.other'],
  ['a variable that is never shown', { hidden: '1' }, {}, 'unknown_variable', 'values.hidden'],
  ['a name that every object has', { constructor: '1' }, {}, 'unknown_variable', 'values.constructor'],
  ['a variable that is given twice', { order: '7', 'v-order': '8' }, {}, 'invalid_input', 'values.v-order'],
  ['a value of another form', { order: 'seven' }, {}, 'invalid_value', 'values.order'],
  ['a parameter that is always sent', {}, { version: '3' }, 'unknown_variable', 'filters.version'],
  ['a key of several parameters', {}, { state: 'open' }, 'invalid_input', 'filters.state'],
])('%s is refused by its name', (_what, values, filters, code, field) => {
  expect(read(values, filters)).toMatchObject({ ok: false, error: { code, field } })
})
