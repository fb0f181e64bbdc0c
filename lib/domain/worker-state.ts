export const workerStates = ['running', 'stopping', 'silent'] as const
export type WorkerState = (typeof workerStates)[number]

/** In milliseconds. A worker reports itself much more often. */
export const silentAfterMs = 15_000

/** A worker that has not reported itself for a while has ended without a word, or its database does not respond to it. */
export function workerState({ seenAt, stopping }: { seenAt: Date; stopping: boolean }, now: Date): WorkerState {
  if (now.getTime() - seenAt.getTime() > silentAfterMs) return 'silent'
  return stopping ? 'stopping' : 'running'
}
