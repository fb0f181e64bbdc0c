import { setTimeout as sleep } from 'node:timers/promises'
import { spanInWords } from '@/lib/domain/dates/span-in-words'
import { startWorker, type WorkerOptions, type WorkerProcess } from './start-worker'

/** The workers of a launcher. Each is started again when it ends by itself. */
export type Workers = {
  start: () => void
  stop: () => Promise<void>
}

type Options = WorkerOptions & {
  count: number
  say?: (line: string) => void
  firstPauseMs?: number
}

/** The pause doubles with each end that comes soon after a start, so that a fault does not occupy the machine. */
const longestPauseMs = 60_000
/** A worker that ran for so long had started well. */
const steadyMs = 60_000
/** Without running jobs, a worker ends sooner. */
const quickEndMs = 2_000

export function workersOf({ count, say = console.log, firstPauseMs = 1_000, ...options }: Options): Workers {
  const ending = new AbortController()
  const running = new Set<WorkerProcess>()
  let slots: Promise<void>[] = []

  const keepOne = async () => {
    let pauseMs = firstPauseMs
    while (!ending.signal.aborted) {
      const startedAt = performance.now()
      const worker = startWorker(options)
      running.add(worker)
      const reason = await worker.ended
      running.delete(worker)
      if (ending.signal.aborted) return
      if (performance.now() - startedAt > steadyMs) pauseMs = firstPauseMs
      say(`A worker has ended by itself (${reason}). Another one starts in ${spanInWords(pauseMs)}.`)
      await sleep(pauseMs, undefined, { signal: ending.signal }).catch(() => {})
      pauseMs = Math.min(longestPauseMs, pauseMs * 2)
    }
  }

  return {
    start: () => {
      slots = Array.from({ length: count }, keepOne)
    },
    stop: async () => {
      ending.abort()
      const notice = setTimeout(() => {
        say('Waiting for running background jobs, for at most 30 seconds. Unfinished ones are done again later.')
      }, quickEndMs)
      await Promise.all([...running].map((worker) => worker.stop()))
      await Promise.all(slots)
      clearTimeout(notice)
    },
  }
}
