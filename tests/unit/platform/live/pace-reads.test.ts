import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paceReads, shortestPauseMs } from '@/lib/platform/live/pace-reads'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Reads that take a while and give the number of signals that there were when they began. */
function aReader(milliseconds = 0, fails: (read: number) => boolean = () => false) {
  const values: number[] = []
  let [signals, running, most, begun] = [0, 0, 0, 0]
  const reads = paceReads(async () => {
    const value = signals
    const succeeds = !fails((begun += 1))
    most = Math.max(most, (running += 1))
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    running -= 1
    if (succeeds) values.push(value)
    return succeeds
  })
  const signal = () => {
    signals += 1
    reads.signal()
  }
  return { ...reads, signal, values, begun: () => begun, mostAtOnce: () => most }
}

describe('reads after signals', () => {
  it('are one for many signals in a row, after a pause', async () => {
    const reader = aReader()
    for (let count = 0; count < 20; count += 1) reader.signal()
    await vi.advanceTimersByTimeAsync(shortestPauseMs - 1)
    expect(reader.begun()).toBe(0)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.values).toEqual([20])
  })

  it('are never two at once, however slow they are, and the last one has the last value', async () => {
    const reader = aReader(1_500)
    for (let count = 0; count < 40; count += 1) {
      reader.signal()
      await vi.advanceTimersByTimeAsync(100)
    }
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.mostAtOnce()).toBe(1)
    expect(reader.values.at(-1)).toBe(40)
    expect(reader.values).toEqual([...reader.values].sort((one, other) => one - other))
    expect(reader.begun()).toBeLessThanOrEqual(4)
  })

  it('read once more what a signal said during the last one', async () => {
    const reader = aReader(1_500)
    reader.signal()
    await vi.advanceTimersByTimeAsync(1_000)
    reader.signal()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.values).toEqual([1, 2])
  })

  it('that failed are tried again when asked, and only those', async () => {
    const reader = aReader(10, (read) => read === 1)
    reader.signal()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.values).toEqual([])
    reader.tryAgain()
    reader.tryAgain()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.values).toEqual([1])
    reader.tryAgain()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.begun()).toBe(2)
  })

  it('end when they are stopped, also one that would follow the running one', async () => {
    const reader = aReader(1_500)
    reader.signal()
    await vi.advanceTimersByTimeAsync(1_000)
    reader.signal()
    reader.stop()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.begun()).toBe(1)
    reader.signal()
    reader.tryAgain()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.begun()).toBe(1)
  })
})
