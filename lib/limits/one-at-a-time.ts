import 'server-only'

/**
 * Only one request per instance in this process asks for its turn. The others queue behind it in order of arrival, so
 * that thousands of waiting requests cause only one query at a time.
 */

const queues = new Map<string, Promise<void>>()

/**
 * Does the work when all earlier work with the same key has finished. A caller that gives up does not change the order.
 */
export async function oneAtATime<Value>(key: string, signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
  const before = queues.get(key)
  const { promise: over, resolve: leave } = Promise.withResolvers<void>()
  const queue = before ? before.then(() => over) : over
  queues.set(key, queue)
  try {
    if (before) await unlessGivenUp(signal, before)
    return await work()
  } finally {
    leave()
    if (queues.get(key) === queue) queues.delete(key)
  }
}

const sleepers = new Map<string, () => void>()

/** The first request in the queue sleeps. It is woken early when another request of this process ends. */
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
