/** The states of a run (RUNS §3), and what follows from them. */

export const runStates = {
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waiting',
  stopping: 'Stopping',
  stopped: 'Stopped',
  succeeded: 'Succeeded',
  partly_succeeded: 'Partly succeeded',
  failed: 'Failed',
} as const
export type RunState = keyof typeof runStates

const endStates = ['stopped', 'succeeded', 'partly_succeeded', 'failed'] as const satisfies RunState[]
export type EndState = (typeof endStates)[number]

/** Nothing happens in the run any more. */
export function hasEnded(state: RunState): state is EndState {
  return endStates.some((end) => end === state)
}

/** A run that has not ended counts for what is under way: its flow cannot be deleted, its payloads stay. */
export function isUnderWay(state: RunState): boolean {
  return !hasEnded(state)
}

/** Whether a worker may take the next unit of the run. */
export function mayContinue(state: RunState): boolean {
  return state === 'queued' || state === 'running' || state === 'waiting'
}

export function canBeStopped(state: RunState): boolean {
  return mayContinue(state)
}

/** *Re-run* of everything, and of failed payloads. */
export function canBeRunAgain(state: RunState): boolean {
  return hasEnded(state)
}

/** Whether somebody should look at the run. */
export function needsAttention(state: RunState): boolean {
  return state === 'failed' || state === 'partly_succeeded'
}

const next: Record<RunState, readonly RunState[]> = {
  queued: ['running', 'stopping', 'stopped', 'failed'],
  running: ['waiting', 'stopping', ...endStates],
  waiting: ['running', 'stopping', ...endStates],
  stopping: ['stopped'],
  // A person decides about payloads whose outcome was unknown, and may send one again.
  partly_succeeded: ['running', 'succeeded', 'failed'],
  failed: ['running'],
  stopped: [],
  succeeded: [],
}

/** Whether a run may change from one state to another. */
export function canBecome(from: RunState, to: RunState): boolean {
  return next[from].includes(to)
}
