import { spawn, type ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@/lib/platform/server/built-in-postgres/postmaster'
import { runTool } from '@/lib/platform/server/run-tool'
import { checkout } from '@/lib/platform/server/environment'

const folder = 'tests/bench/pages/empty-app'

/** Builds and starts an app with one empty page, with the same version of Next. */
export async function startEmptyApp(): Promise<{ url: string; stop: () => void }> {
  await runTool('next/dist/bin/next', ['build', folder], { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' })
  const port = await freePort()
  const next = join(checkout, 'node_modules/next/dist/bin/next')
  const server = spawn(process.execPath, [next, 'start', folder, '--port', String(port)], {
    cwd: checkout,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
  })
  const url = `http://localhost:${port}`
  for (let attempt = 0; ; attempt += 1) {
    const responds = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (responds) return { url, stop: () => stop(server) }
    if (attempt > 100) throw new Error('the empty app did not start')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function stop(server: ChildProcess): void {
  server.kill()
  rmSync(join(checkout, folder, '.next'), { recursive: true, force: true })
}
