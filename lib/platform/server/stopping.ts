const controller = new AbortController()

/**
 * Aborts when somebody asks the launcher to stop: Ctrl-C, `kill`, a closed terminal, the end of the npm that runs it.
 */
export const stopping = controller.signal

/**
 * The result of the work. Rejects with the signal's reason `graceMs` after it aborts, so that hanging work does not
 * delay the end.
 */
export function unlessStopped<T>(work: Promise<T>, graceMs = 0, stop: AbortSignal = stopping): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => setTimeout(() => reject(stop.reason as Error), graceMs)
    if (stop.aborted) giveUp()
    stop.addEventListener('abort', giveUp, { once: true })
    void work.then(resolve, reject).finally(() => stop.removeEventListener('abort', giveUp))
  })
}

export function listenForSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort())
  if (process.env.npm_lifecycle_event !== undefined) stopWithParent()
}

/** npm passes signals on, but cannot when it is killed. */
function stopWithParent(): void {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || controller.abort(), 500).unref()
}
