import { median } from '../measure'

export type Load = { perSecond: number; medianMs: number; p99Ms: number }

/** Keeps a number of callers busy for a while. Each sends its next request after the previous response has ended. */
export async function runLoad(send: () => Promise<unknown>, callers: number, milliseconds: number): Promise<Load> {
  const times: number[] = []
  const startedAt = performance.now()
  const end = startedAt + milliseconds
  const caller = async () => {
    while (performance.now() < end) {
      const sentAt = performance.now()
      await send()
      times.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const seconds = (performance.now() - startedAt) / 1_000
  const sorted = times.toSorted((one, other) => one - other)
  return {
    perSecond: times.length / seconds,
    medianMs: median(times),
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
  }
}
