import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { freePort } from '@/lib/platform/server/built-in-postgres/postmaster'

/** Prism between programs and the API: a request or response that our own document does not describe is an error. */
export type ValidatingProxy = {
  /** The address of the API through it. */
  url: string
  /** What it refused, in its words. */
  violations: () => string[]
  close: () => Promise<void>
}

const longestStartMs = 60_000

/** @param appUrl of a running app, which serves the document */
export async function startValidatingProxy(appUrl: string): Promise<ValidatingProxy> {
  const port = await freePort()
  const program = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js')
  const api = `${appUrl}/api/v1`
  // The Node that runs the tests: another one on the path may be too old for it.
  const child = spawn(
    process.execPath,
    [program, 'proxy', `${api}/openapi.json`, api, '--errors', '--host', '127.0.0.1', '--port', String(port)],
    { env: { ...process.env, NODE_OPTIONS: '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`Prism did not start: ${why}\n${output}`))
    const timer = setTimeout(() => fail('it took too long'), longestStartMs)
    void ended.then(() => fail('it ended'))
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      if (!output.includes('Prism is listening')) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
  })
  return {
    url: `http://127.0.0.1:${port}`,
    violations: () => output.split('\n').filter((line) => line.includes('Request terminated with error')),
    close: () => {
      child.kill()
      return ended
    },
  }
}
