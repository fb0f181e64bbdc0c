import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '@/lib/platform/settings'
import { openDataFolder } from './data-folder'
import { checkout, packagedFor } from './environment'

/**
 * The sandbox as a child process of the launcher: a third party on this machine, for a person's first steps. It is
 * started when somebody asks for it in the app, and from then on with the app, because its folder exists.
 */
export type Sandbox = {
  /** Whether it can run here; the app offers it only then. */
  isAvailable: boolean
  /** Starts it if somebody has started it before. */
  startAgain: () => Promise<void>
  /** Resolves to the credentials that it accepts. Rejects with the reason, as a sentence, if it cannot run. */
  start: () => Promise<unknown>
  stop: () => Promise<void>
}

const program = 'tests/sandbox/main.ts'
/** Development packages that it needs, which an installation may not have. */
const packages = ['tsx', 'oidc-provider', 'node-forge']
const startMs = 30_000
const stopMs = 3_000

export function sandboxOf(settings: Settings): Sandbox {
  const isAvailable =
    settings.DATABASE_URL === undefined &&
    packagedFor === null &&
    [program, ...packages.map((name) => `node_modules/${name}`)].every((path) => existsSync(join(checkout, path)))
  const port = settings.SANDBOX_PORT
  const folder = () =>
    join(openDataFolder(settings.DATABASE_URL === undefined ? settings.PATCHBAY_DATA_DIR : undefined), 'sandbox')
  let child: ChildProcess | undefined
  let starting: Promise<unknown> | undefined

  const run = async () => {
    // This sandbox is ready already, or another process runs one.
    const running = await credentialsAt(port)
    if (running !== null) return running
    child = spawn(process.execPath, ['--import', 'tsx', join(checkout, program), folder()], {
      cwd: checkout,
      env: { ...process.env, SANDBOX_PORT: String(port) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    await untilReady(child, port)
    console.log(`The sandbox is at http://localhost:${port}`)
    return credentialsAt(port)
  }
  const start = async () => {
    if (!isAvailable) throw new Error('The sandbox cannot run on this installation.')
    return (starting ??= run().finally(() => (starting = undefined)))
  }
  return {
    isAvailable,
    start,
    startAgain: async () => {
      if (isAvailable && existsSync(folder()))
        await start().catch((error: Error) => console.error(`The sandbox did not start. ${error.message}`))
    },
    stop: async () => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child?.once('exit', resolve))
      child.kill('SIGTERM')
      const impatience = setTimeout(() => child?.kill('SIGKILL'), stopMs)
      await ended
      clearTimeout(impatience)
    },
  }
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  const late = AbortSignal.timeout(startMs)
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('error', reject)
    child.once('exit', () =>
      reject(
        new Error(
          `It ended at once; the terminal of Patchbay says why. It needs the ports ${port} to ${port + 2}: set SANDBOX_PORT to use others.`,
        ),
      ),
    )
    late.addEventListener('abort', () => {
      child.kill('SIGKILL')
      reject(new Error(`It was not ready within ${startMs / 1_000} seconds. Try again.`))
    })
  })
}

/** Null if no sandbox responds at the port. */
async function credentialsAt(port: number): Promise<unknown> {
  try {
    const response = await fetch(`http://localhost:${port}/__control/credentials`, {
      signal: AbortSignal.timeout(2_000),
    })
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}
