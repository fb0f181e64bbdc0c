import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { RequestJob, RequestJobResult } from './request-worker'

const script = fileURLToPath(new URL('./request-worker.ts', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

export type RequestWorker = {
  run: (job: RequestJob) => Promise<RequestJobResult>
  kill: () => Promise<void>
  isAlive: () => boolean
}

/** Another server process on the same database, which can be killed like in a crash. */
export async function startRequestWorker(): Promise<RequestWorker> {
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', script], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await lines.next()
  return {
    run: async (job) => {
      child.stdin.write(`${JSON.stringify(job)}\n`)
      const line = await lines.next()
      if (line.done) throw new Error('the process ended before it responded')
      return JSON.parse(line.value) as RequestJobResult
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    isAlive: () => child.exitCode === null && child.signalCode === null,
  }
}
