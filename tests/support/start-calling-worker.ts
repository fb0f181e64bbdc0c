import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { CallingJob, CallingResult } from './calling-worker'

const script = fileURLToPath(new URL('./calling-worker.ts', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

export type CallingWorker = {
  start: (job: CallingJob) => void
  /** The results of the job's calls so far. */
  report: () => Promise<CallingResult>
  stop: () => Promise<CallingResult>
  /** When responses arrived, in milliseconds, for a job that reports them. */
  answeredAt: readonly number[]
  /** Settles when it has ended. */
  signal: (name: 'SIGTERM' | 'SIGKILL') => Promise<void>
}

/** Another server process on the same database, whose callers send requests until they are stopped. */
export async function startCallingWorker(): Promise<CallingWorker> {
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', script], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answeredAt: number[] = []
  const output = createInterface({ input: child.stdout })
  const replies: ((line: string) => void)[] = []
  output.on('line', (line) => {
    const [, at] = /^responded at (\d+)$/.exec(line) ?? []
    if (at === undefined) replies.shift()?.(line)
    else answeredAt.push(Number(at))
  })
  // Output that it wrote before it was killed is still read.
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const reply = () =>
    new Promise<string>((resolve, reject) => {
      replies.push(resolve)
      void ended.then(() => reject(new Error('the process ended before it responded')))
    })
  const ask = async (what: 'report' | 'stop') => {
    child.stdin.write(`${what}\n`)
    return JSON.parse(await reply()) as CallingResult
  }
  await reply()
  return {
    answeredAt,
    start: (job) => void child.stdin.write(`${JSON.stringify(job)}\n`),
    report: () => ask('report'),
    stop: () => ask('stop'),
    signal: async (name) => {
      child.kill(name)
      await ended
    },
  }
}
