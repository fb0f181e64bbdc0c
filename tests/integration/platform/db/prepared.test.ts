import { beforeAll, expect, test } from 'vitest'
import { readPrepared } from '@/lib/platform/db/prepared'
import { testDatabase } from '../../../support/database'

beforeAll(async () => {
  await testDatabase()
})

test('a prepared statement is planned once, not for the values of each time', async () => {
  const statement = { name: 'test_number', text: 'SELECT $1::int AS "number"' }
  for (const number of [1, 2, 3]) expect(await readPrepared('checks', statement, [number])).toEqual([{ number }])
  const plans = await readPrepared<{ forAll: number; forValues: number }>(
    'checks',
    {
      name: 'test_plans',
      text: `SELECT generic_plans::int AS "forAll", custom_plans::int AS "forValues"
             FROM pg_prepared_statements WHERE name = 'test_number'`,
    },
    [],
  )
  expect(plans).toEqual([{ forAll: 3, forValues: 0 }])
})
