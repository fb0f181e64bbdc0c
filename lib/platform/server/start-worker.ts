import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkout, packagedFor } from './environment'

/** A process that does background jobs, as a child of this one. */
export type WorkerProcess = {
  pid: number
  /** Settles when it works, or has ended before that. */
  ready: Promise<boolean>
  /** Settles when it has ended, with the reason: `exit code 1`, `SIGKILL`. */
  ended: Promise<string>
  /** Lets it finish what it does, within its time limit. */
  stop: () => Promise<void>
  /** For tests: sends it a signal. */
  signal: (name: NodeJS.Signals) => void
}

export type WorkerOptions = {
  environment: NodeJS.ProcessEnv
  /** Gets the output of the process. Default: the outputs of this one. */
  onOutput?: (text: string) => void
  /** What Node runs, with its flags. Default: the worker. */
  program?: readonly string[]
}

const worker: readonly string[] =
  packagedFor === null
    ? ['--import', 'tsx', '--conditions=react-server', join(checkout, 'lib/worker/worker-process.ts')]
    : [join(checkout, 'programs/worker-process.mjs')]

/** Longer than the worker takes, which gives its jobs 30 seconds. */
const patienceMs = 35_000

/** Starts a worker. Its database is migrated, and its settings are checked. */
export function startWorker({ environment, onOutput, program = worker }: WorkerOptions): WorkerProcess {
  const output = onOutput ? 'pipe' : 'inherit'
  const child = spawn(process.execPath, program, {
    cwd: checkout,
    env: environment,
    stdio: ['ignore', output, output, 'ipc'],
  })
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => onOutput?.(text))
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message))
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  return {
    pid: child.pid ?? 0,
    ready: Promise.race([
      new Promise<boolean>((resolve) => child.once('message', () => resolve(true))),
      ended.then(() => false),
    ]),
    ended,
    stop: async () => {
      child.kill('SIGTERM')
      const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      await ended
      clearTimeout(impatience)
    },
    signal: (name) => child.kill(name),
  }
}
