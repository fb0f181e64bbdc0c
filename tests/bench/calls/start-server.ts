import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A server of the bench in a separate process, so that its work is not counted with the caller's. */
export async function startServer(
  name: 'third-party' | 'bare-proxy' | '../hostile/sandbox',
  ...parameters: string[]
): Promise<{ url: string; stop: () => void }> {
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [port] = await new Promise<string[]>((resolve) =>
    createInterface({ input: child.stdout }).once('line', (line) => resolve([line])),
  )
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill() }
}
