import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { inBatches } from '@/lib/calls/in-batches'

/** Responds to each query with twice its value, one batch at each call of `respond`. */
function aDatabase() {
  const asked: number[][] = []
  const pending: (() => void)[] = []
  const ask = inBatches<number, number>((queries) => {
    asked.push(queries)
    return new Promise((resolve) => pending.push(() => resolve(queries.map((query) => query * 2))))
  })
  const tick = () => new Promise((resolve) => setImmediate(resolve))
  return { ask, asked, respond: () => pending.shift()?.(), tick }
}

describe('queries in batches', () => {
  test('queries made at the same time share a batch, and each gets its own result', async () => {
    const { ask, asked, respond, tick } = aDatabase()
    const first = ask(1)
    const later = Promise.all([ask(2), ask(3)])
    await tick()
    expect(asked).toEqual([[1]])
    respond()
    await tick()
    expect(asked).toEqual([[1], [2, 3]])
    respond()
    expect([await first, await later]).toEqual([2, [4, 6]])
  })

  test('a query never shares the result of an equal one that is already sent', async () => {
    const { ask, asked, respond, tick } = aDatabase()
    const results = [ask(1), ask(1)]
    respond()
    await tick()
    expect(asked).toEqual([[1], [1]])
    respond()
    expect(await Promise.all(results)).toEqual([2, 2])
  })

  test('a query does not wait for a slow one', async () => {
    const { ask, asked, respond } = aDatabase()
    const first = ask(1)
    await sleep(20)
    const second = ask(2)
    expect(asked).toEqual([[1], [2]])
    respond()
    respond()
    expect([await first, await second]).toEqual([2, 4])
  })
})

test('a failure rejects all queries of its batch, and later queries are sent again', async () => {
  let fails = true
  const ask = inBatches<number, number>(async (queries) => {
    if (fails) throw new Error('away')
    return queries
  })
  await expect(Promise.all([ask(1), ask(2)])).rejects.toThrow('away')
  fails = false
  expect(await ask(3)).toBe(3)
})
