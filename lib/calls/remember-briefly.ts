const reloadAfterMs = 1_000

/** A request that waits for its turn tries several times a second, but its settings are reloaded only once a second. */
export function rememberBriefly<Value>(load: () => Promise<Value>): (fresh?: boolean) => Promise<Value> {
  let remembered: Promise<Value> | null = null
  let readAt = 0
  return (fresh = false) => {
    if (fresh || remembered === null || performance.now() - readAt > reloadAfterMs) {
      readAt = performance.now()
      remembered = load()
    }
    return remembered
  }
}
