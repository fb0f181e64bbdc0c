import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { CallingJob, CallingResult } from './calling-worker'

const script = fileURLToPath(new URL('./calling-worker.ts', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

export type CallingWorker = {
  start: (job: CallingJob) => void
  stop: () => Promise<CallingResult>
  /** Settles when it has ended. */
  signal: (name: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

/** Another server process on the same database whose callers call until they are stopped. */
export async function startCallingWorker(): Promise<CallingWorker> {
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', script], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await lines.next()
  return {
    start: (job) => void child.stdin.write(`${JSON.stringify(job)}\n`),
    stop: async () => {
      child.stdin.write('stop\n')
      const line = await lines.next()
      if (line.done) throw new Error('the process ended before it answered')
      return JSON.parse(line.value) as CallingResult
    },
    signal: async (name) => {
      child.kill(name)
      await ended
    },
  }
}
