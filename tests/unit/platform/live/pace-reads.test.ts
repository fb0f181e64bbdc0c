import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paceReads, shortestPauseMs } from '@/lib/platform/live/pace-reads'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Reads that take a while and return the number of signals so far when they started. */
function aReader(milliseconds = 0, fails: (read: number) => boolean = () => false) {
  const values: number[] = []
  let [signals, running, most, started] = [0, 0, 0, 0]
  const reads = paceReads(async () => {
    const value = signals
    const succeeds = !fails((started += 1))
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
  return { ...reads, signal, values, started: () => started, mostAtOnce: () => most }
}

describe('reads after signals', () => {
  it('many signals in a row cause one read, after a pause', async () => {
    const reader = aReader()
    for (let count = 0; count < 20; count += 1) reader.signal()
    await vi.advanceTimersByTimeAsync(shortestPauseMs - 1)
    expect(reader.started()).toBe(0)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.values).toEqual([20])
  })

  it('slow reads never overlap, and the last one has the last value', async () => {
    const reader = aReader(1_500)
    for (let count = 0; count < 40; count += 1) {
      reader.signal()
      await vi.advanceTimersByTimeAsync(100)
    }
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.mostAtOnce()).toBe(1)
    expect(reader.values.at(-1)).toBe(40)
    expect(reader.values).toEqual([...reader.values].sort((one, other) => one - other))
    expect(reader.started()).toBeLessThanOrEqual(4)
  })

  it('a signal during a read causes another read', async () => {
    const reader = aReader(1_500)
    reader.signal()
    await vi.advanceTimersByTimeAsync(1_000)
    reader.signal()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.values).toEqual([1, 2])
  })

  it('only failed reads are repeated on request', async () => {
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
    expect(reader.started()).toBe(2)
  })

  it('no read starts after a stop, even if a signal was pending', async () => {
    const reader = aReader(1_500)
    reader.signal()
    await vi.advanceTimersByTimeAsync(1_000)
    reader.signal()
    reader.stop()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.started()).toBe(1)
    reader.signal()
    reader.tryAgain()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reader.started()).toBe(1)
  })
})
