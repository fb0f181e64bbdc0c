import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LauncherAnswer, LauncherQuestion } from '@/lib/platform/ask-launcher'
import { checkout, packagedFor } from './environment'

export type AppServer = {
  /** Settles when the process has ended, with its exit code. */
  ended: Promise<number>
  listenEverywhere: () => Promise<void>
  stop: () => Promise<void>
  /** For tests: ends it as a crash does. */
  kill: () => void
}

export type AppServerOptions = {
  port: number
  development: boolean
  local: boolean
  environment: NodeJS.ProcessEnv
  /**
   * Handles the questions of the app to its launcher (ask-launcher.ts). If it rejects, the message is the reason, as a
   * sentence.
   */
  answerQuestion?: (ask: LauncherQuestion['ask']) => Promise<unknown>
  /** Ends a process that is not ready yet. */
  stop?: AbortSignal
  /** Gets the output of the process. Default: the outputs of the launcher. */
  onOutput?: (text: string) => void
}

const program = packagedFor === null ? 'lib/platform/server/serve.ts' : 'programs/serve.mjs'

/**
 * A streamed body is thousands of buffers, which V8 frees when the young ones exceed a limit. In Node.js 24 that limit is so
 * high that a body of 1 GB left about 55 MB of them waiting; with this 30 MB (`npm run bench -- api memory`). Earlier
 * versions may not know the option, and would not start.
 */
function memoryFlags(): string[] {
  const major = Number(process.versions.node.split('.', 1)[0])
  return major >= 24 ? ['--scavenger-max-new-space-capacity-mb=8'] : []
}

/**
 * In a package, Next reads its configuration from this variable, as in its own standalone server, because reading
 * next.config.ts needs the build tools.
 */
function builtConfiguration(): Record<string, string> {
  if (packagedFor === null) return {}
  const { config } = JSON.parse(readFileSync(join(checkout, '.next/required-server-files.json'), 'utf8')) as {
    config: object
  }
  return { __NEXT_PRIVATE_STANDALONE_CONFIG: JSON.stringify(config) }
}

/** Starts an app process and waits until it is ready. Null if it ended before that. */
export async function startAppServer(options: AppServerOptions): Promise<AppServer | null> {
  const { port, development, local, environment, answerQuestion, stop, onOutput } = options
  const output = onOutput ? 'pipe' : 'inherit'
  const parameters = [...(development ? ['--dev'] : []), ...(local ? ['--local'] : [])]
  // Node reads TypeScript itself, with a warning in version 22.
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...memoryFlags(), join(checkout, program), ...parameters],
    {
      cwd: checkout,
      env: {
        ...environment,
        ...builtConfiguration(),
        PORT: String(port),
        NODE_ENV: development ? 'development' : 'production',
        NEXT_TELEMETRY_DISABLED: '1',
      },
      stdio: ['ignore', output, output, 'ipc'],
    },
  )
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => onOutput?.(text))
  const ended = new Promise<number>((resolve) => {
    child.once('error', () => resolve(1))
    child.once('exit', (code) => resolve(code ?? 1))
  })
  const answer = async ({ id, ask }: LauncherQuestion): Promise<LauncherAnswer> => {
    try {
      return { id, value: await answerQuestion?.(ask) }
    } catch (error) {
      return { id, failure: (error as Error).message }
    }
  }
  child.on('message', (message: string | LauncherQuestion) => {
    if (typeof message === 'string') return
    void answer(message).then((reply) => child.connected && child.send(reply))
  })
  const ready = new Promise<true>((resolve) => child.once('message', () => resolve(true)))
  // Before it is ready, it has no work to finish.
  const giveUp = () => child.kill('SIGKILL')
  stop?.addEventListener('abort', giveUp)
  const first = await Promise.race([ready, ended])
  stop?.removeEventListener('abort', giveUp)
  if (first !== true) return null
  return {
    ended,
    listenEverywhere: async () => {
      const listening = new Promise<void>((resolve) =>
        child.on('message', (message) => message === 'listening everywhere' && resolve()),
      )
      child.send('listen everywhere')
      await Promise.race([listening, ended])
    },
    stop: async () => {
      child.kill('SIGTERM')
      const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(impatience)
    },
    kill: () => child.kill('SIGKILL'),
  }
}
