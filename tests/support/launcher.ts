import { spawn, type ChildProcess } from 'node:child_process'

/** `npm start` as a person runs it. */
export type Launcher = {
  /** Everything that it has printed. */
  output: () => string
  /** Settles with the exit code. */
  ended: Promise<number | null>
  printed: (text: RegExp) => Promise<void>
  signal: (name: NodeJS.Signals) => void
}

/** Without the developer's own settings or those of a .env file: an empty variable counts as unset. */
const unset = {
  DATABASE_URL: '',
  APP_URL: '',
  PATCHBAY_ENCRYPTION_KEYS: '',
  PATCHBAY_SESSION_SECRET: '',
  PATCHBAY_PUBLIC_URLS: '',
  PATCHBAY_OUTBOUND_ALLOW: '',
  PATCHBAY_METRICS_TOKEN: '',
  NODE_OPTIONS: '',
}

export function npm(parameters: string[], environment: Record<string, string>, input = ''): Launcher {
  return program('npm', parameters, environment, { input })
}

/** Runs any program, in the given folder or the current one. */
export function program(
  name: string,
  parameters: string[],
  environment: Record<string, string>,
  { cwd, input = '' }: { cwd?: string; input?: string } = {},
): Launcher {
  const child = spawn(name, parameters, {
    cwd,
    env: { ...process.env, ...unset, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(input)
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  return {
    output: () => output.join(''),
    ended,
    printed: (text) => waitFor(child, output, text),
    signal: (name) => child.kill(name),
  }
}

function waitFor(child: ChildProcess, output: string[], text: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => void (text.test(output.join('')) && resolve())
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', look)
    child.once('close', () => reject(new Error(`ended before it printed ${text}:\n${output.join('')}`)))
    look()
  })
}
