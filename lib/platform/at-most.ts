/** Runs at most a number of tasks at the same time; others start in order of arrival. */
export function atMost(limit: number): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let free = limit
  const waiting: (() => void)[] = []
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((begin) => waiting.push(begin))
    try {
      return await work()
    } finally {
      const begin = waiting.shift()
      if (begin) begin()
      else free += 1
    }
  }
}
