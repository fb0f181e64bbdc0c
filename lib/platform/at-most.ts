/** Does at most so many works at the same time; the others begin in the order in which they came. */
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
