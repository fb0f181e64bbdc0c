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
  test('that come up together go together, and each gets its own answer', async () => {
    const { ask, asked, answer, tick } = aDatabase()
    const answers = Promise.all([ask(1), ask(2), ask(3)])
    await tick()
    expect(asked).toEqual([[1, 2, 3]])
    answer()
    expect(await answers).toEqual([2, 4, 6])
  })

  test('are never answered by what was asked before they came up', async () => {
    const { ask, asked, answer, tick } = aDatabase()
    const first = ask(1)
    await tick()
    const second = ask(1)
    await tick()
    expect(asked).toEqual([[1], [1]])
    answer()
    answer()
    await Promise.all([first, second])
  })

  test('wait while two are on their way, and then go together', async () => {
    const { ask, asked, answer, tick } = aDatabase()
    const early = [ask(1)]
    await tick()
    early.push(ask(2))
    await tick()
    const late = Promise.all([ask(3), ask(4)])
    await tick()
    expect(asked).toEqual([[1], [2]])
    answer()
    await tick()
    expect(asked).toEqual([[1], [2], [3, 4]])
    answer()
    answer()
    expect(await late).toEqual([6, 8])
    await Promise.all(early)
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
