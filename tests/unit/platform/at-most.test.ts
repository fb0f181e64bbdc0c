import { expect, test } from 'vitest'
import { atMost } from '@/lib/platform/at-most'

test('so many works are done at the same time and no more, in the order in which they came', async () => {
  const inTurn = atMost(2)
  const begun: number[] = []
  const ends = Array.from({ length: 4 }, () => Promise.withResolvers<void>())
  const works = ends.map((end, index) =>
    inTurn(async () => {
      begun.push(index)
      await end.promise
      return index
    }),
  )
  expect(begun).toEqual([0, 1])
  ends[1]!.resolve()
  await works[1]
  await expect.poll(() => begun).toEqual([0, 1, 2])
  for (const end of ends) end.resolve()
  expect(await Promise.all(works)).toEqual([0, 1, 2, 3])
})

test('a work that fails makes room for the next', async () => {
  const inTurn = atMost(1)
  const failing = inTurn(() => Promise.reject(new Error('broken')))
  const next = inTurn(() => Promise.resolve('done'))
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('done')
})
