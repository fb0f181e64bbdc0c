const controller = new AbortController()

/** Aborts when somebody asks the launcher to stop: Ctrl-C, `kill`, a closed terminal. */
export const stopping = controller.signal

export function listenForSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort())
}
