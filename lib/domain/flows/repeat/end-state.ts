import type { EndState } from './run-states'

/** How many payloads ended how, over all shapes of a run. A payload that was passed on counts as done. */
export type PayloadCounts = { done: number; failed: number; parked: number }

export type EndSettings = {
  /** What failed payloads make of the run. */
  onFailed: 'partly_succeeded' | 'failed'
  /** What payloads with an unknown outcome make of the run. */
  onParked: 'partly_succeeded' | 'wait'
}

export type RunEnd = {
  counts: PayloadCounts
  settings: EndSettings
  /** Somebody stopped the run. */
  isStopped: boolean
  /** The run itself could not continue: its trigger, its first shape, or a limit. */
  hasFailed: boolean
}

/**
 * The state of a run that has no work left; `waiting` until a person has decided about its parked payloads. A run of which
 * nothing succeeded has failed, whatever the setting is; payloads whose outcome is unknown may have succeeded.
 */
export function endStateOf({ counts, settings, isStopped, hasFailed }: RunEnd): EndState | 'waiting' {
  if (isStopped) return 'stopped'
  if (hasFailed) return 'failed'
  if (counts.parked > 0 && settings.onParked === 'wait') return 'waiting'
  if (counts.failed > 0) {
    const hasSuccess = counts.done + counts.parked > 0
    return hasSuccess ? settings.onFailed : 'failed'
  }
  return counts.parked > 0 ? 'partly_succeeded' : 'succeeded'
}
