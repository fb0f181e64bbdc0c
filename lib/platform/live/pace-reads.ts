/** Signals within this time cause only one read. */
export const shortestPauseMs = 500

export type PacedReads = {
  /** There is something to read. */
  signal: () => void
  /** Reads again now, if the last read failed. */
  tryAgain: () => void
  stop: () => void
}

/**
 * Reads after signals, never twice at the same time. A signal during a read causes another one afterwards, so that the
 * last value is the newest. A failed read stays due.
 * @param read returns whether it succeeded; it does not throw
 */
export function paceReads(read: () => Promise<boolean>): PacedReads {
  let pause: NodeJS.Timeout | null = null
  let isDue = false
  let isReading = false
  let isStopped = false

  const readNow = async () => {
    pause = null
    isDue = false
    isReading = true
    const hasSucceeded = await read()
    isReading = false
    if (isDue) readSoon()
    else isDue = !hasSucceeded
  }
  const readSoon = () => {
    if (!isStopped) pause ??= setTimeout(() => void readNow(), shortestPauseMs)
  }
  return {
    signal: () => {
      isDue = true
      if (!isReading) readSoon()
    },
    tryAgain: () => {
      if (isDue && !isReading && pause === null && !isStopped) void readNow()
    },
    stop: () => {
      isStopped = true
      if (pause) clearTimeout(pause)
    },
  }
}
