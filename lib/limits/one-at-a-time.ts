import 'server-only'

/**
 * Of the requests of one instance in this process one asks for its turn, the others stand behind it in the order in
 * which they came: thousands may wait and the database is asked by one.
 */

const lines = new Map<string, Promise<void>>()

/** Does the work when all earlier work of the same key is over. Whoever gives up meanwhile leaves the line as it is. */
export async function oneAtATime<Value>(key: string, signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
  const before = lines.get(key)
  const { promise: over, resolve: leave } = Promise.withResolvers<void>()
  const line = before ? before.then(() => over) : over
  lines.set(key, line)
  try {
    if (before) await unlessGivenUp(signal, before)
    return await work()
  } finally {
    leave()
    if (lines.get(key) === line) lines.delete(key)
  }
}

const sleepers = new Map<string, () => void>()

/** The one in front sleeps; a request of this process that ends wakes it early. */
export async function sleepInFront(key: string, milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise: woken, resolve: wake } = Promise.withResolvers<void>()
  const timer = setTimeout(wake, Math.ceil(milliseconds))
  sleepers.set(key, wake)
  try {
    await unlessGivenUp(signal, woken)
  } finally {
    clearTimeout(timer)
    sleepers.delete(key)
  }
}

export function wakeFront(key: string): void {
  sleepers.get(key)?.()
}

async function unlessGivenUp(signal: AbortSignal, work: Promise<void>): Promise<void> {
  const { promise: givenUp, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([work, givenUp])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
