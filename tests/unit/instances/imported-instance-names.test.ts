import { expect, test } from 'vitest'
import { importedInstanceNames } from '@/lib/instances/imported-instance-names'

test('an instance is named after its environment, or also its method where several have values', () => {
  expect(
    importedInstanceNames([
      { environment: '', method: 'Basic' },
      { environment: 'Live', method: 'Basic' },
      { environment: 'Test', method: 'Basic' },
      { environment: 'Test', method: 'Token' },
    ]),
  ).toEqual(['Basic', 'Live', 'Test (Basic)', 'Test (Token)'])
})

test('names are different where environments have the same name, or methods begin the same', () => {
  const long = 'm'.repeat(60)
  const names = importedInstanceNames([
    ...['Live', 'LIVE'].map((environment) => ({ environment, method: 'Basic' })),
    ...['Test', 'Test'].map((environment) => ({ environment, method: 'Basic' })),
    ...['1', '2'].map((number) => ({ environment: 'e'.repeat(60), method: `${long}${number}` })),
  ])
  expect(names.slice(0, 4)).toEqual(['Live', 'LIVE 2', 'Test (Basic)', 'Test (Basic) 2'])
  expect(new Set(names).size).toBe(6)
  expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(120)
})
