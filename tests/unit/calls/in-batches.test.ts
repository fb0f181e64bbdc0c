import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { inBatches } from '@/lib/calls/in-batches'

/** Answers each question with its double, when it is told to. */
function aDatabase() {
  const asked: number[][] = []
  const pending: (() => void)[] = []
  const ask = inBatches<number, number>((questions) => {
    asked.push(questions)
    return new Promise((resolve) => pending.push(() => resolve(questions.map((question) => question * 2))))
  })
  const tick = () => new Promise((resolve) => setImmediate(resolve))
  return { ask, asked, answer: () => pending.shift()?.(), tick }
}

describe('questions', () => {
  test('that come up while another is on its way go together, and each gets its own answer', async () => {
    const { ask, asked, answer, tick } = aDatabase()
    const first = ask(1)
    const later = Promise.all([ask(2), ask(3)])
    await tick()
    expect(asked).toEqual([[1]])
    answer()
    await tick()
    expect(asked).toEqual([[1], [2, 3]])
    answer()
    expect([await first, await later]).toEqual([2, [4, 6]])
  })

  test('are never answered by what was asked before they came up', async () => {
    const { ask, asked, answer, tick } = aDatabase()
    const answers = [ask(1), ask(1)]
    answer()
    await tick()
    expect(asked).toEqual([[1], [1]])
    answer()
    expect(await Promise.all(answers)).toEqual([2, 2])
  })

  test('do not wait for one that takes its time', async () => {
    const { ask, asked, answer } = aDatabase()
    const first = ask(1)
    await sleep(20)
    const second = ask(2)
    expect(asked).toEqual([[1], [2]])
    answer()
    answer()
    expect([await first, await second]).toEqual([2, 4])
  })
})

test('a failure is told to all that asked together, and the next are asked again', async () => {
  let fails = true
  const ask = inBatches<number, number>(async (questions) => {
    if (fails) throw new Error('away')
    return questions
  })
  await expect(Promise.all([ask(1), ask(2)])).rejects.toThrow('away')
  fails = false
  expect(await ask(3)).toBe(3)
})
