/**
 * Reads a sequence one after another before its items are asked for.
 * @param read the next item; null after the last one, after which it is not called again
 * @param most how many items wait
 * @returns gives the items in order, and null after the last one
 */
export function prefetch<Item>(read: () => Promise<Item | null>, most: number): () => Promise<Item | null> {
  const waiting: Promise<Item | null>[] = []
  let last: Promise<unknown> = Promise.resolve()
  const fill = () => {
    while (waiting.length < most) {
      const item = last.then((before) => (before === null ? null : read()))
      // The caller that asks for it gets the error.
      item.catch(() => {})
      waiting.push(item)
      last = item
    }
  }
  fill()
  return () => {
    const item = waiting.shift()!
    fill()
    return item
  }
}
