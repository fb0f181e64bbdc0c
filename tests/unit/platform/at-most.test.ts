import { expect, test } from 'vitest'
import { atMost } from '@/lib/platform/at-most'

test('runs at most that many tasks at the same time, in the order in which they were added', async () => {
  const run = atMost(2)
  const started: number[] = []
  const ends = Array.from({ length: 4 }, () => Promise.withResolvers<void>())
  const tasks = ends.map((end, index) =>
    run(async () => {
      started.push(index)
      await end.promise
      return index
    }),
  )
  expect(started).toEqual([0, 1])
  ends[1]!.resolve()
  await tasks[1]
  await expect.poll(() => started).toEqual([0, 1, 2])
  for (const end of ends) end.resolve()
  expect(await Promise.all(tasks)).toEqual([0, 1, 2, 3])
})

test('the next task runs after one that fails', async () => {
  const run = atMost(1)
  const failing = run(() => Promise.reject(new Error('broken')))
  const next = run(() => Promise.resolve('done'))
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('done')
})
