const controller = new AbortController()

/**
 * Aborts when somebody asks the launcher to stop: Ctrl-C, `kill`, a closed terminal, the end of the npm that runs it.
 */
export const stopping = controller.signal

export function listenForSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort())
  if (process.env.npm_lifecycle_event !== undefined) stopWithParent()
}

/** npm hands signals on, but says nothing when it is killed outright. */
function stopWithParent(): void {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || controller.abort(), 500).unref()
}
