import { Client } from 'pg'
import { startAppServer, type AppServer } from '@/lib/platform/server/app-server'
import { startWorker, type WorkerProcess } from '@/lib/platform/server/start-worker'
import { freePort } from '@/lib/platform/server/built-in-postgres/postmaster'
import { parseKeyring } from '@/lib/platform/crypto/keyring'
import { checkSentinel } from '@/lib/platform/server/sentinel'
import { testEncryptionKeys, testSessionSecret } from './test-secrets'

export type AppProcess = AppServer & {
  url: string
  /** Everything the process has written so far. */
  output: () => string
}

export type AppProcessOptions = {
  databaseUrl: string
  /** The first process gets this port, further ones free ports. */
  port?: number
  processes?: number
  environment?: Record<string, string>
  /** Receives the output of the processes. */
  onOutput?: (text: string) => void
}

/**
 * Starts one or more processes of the built app on one database. The environment is complete, so that the developer's
 * own settings (including a .env file) are not used. Loopback addresses are open, as with the built-in database.
 */
export async function startApp({
  databaseUrl,
  port,
  processes = 1,
  environment = {},
  onOutput = () => {},
}: AppProcessOptions): Promise<AppProcess[]> {
  await sealSentinel(databaseUrl)
  const started: AppProcess[] = []
  for (let index = 0; index < processes; index += 1) {
    const at = index === 0 && port !== undefined ? port : await freePort()
    started.push(await startOne(databaseUrl, at, environment, onOutput))
  }
  return started
}

async function startOne(
  databaseUrl: string,
  port: number,
  environment: Record<string, string>,
  onOutput: (text: string) => void,
): Promise<AppProcess> {
  const url = `http://localhost:${port}`
  const written: string[] = []
  const app = await startAppServer({
    port,
    development: false,
    local: true,
    environment: settingsFor(url, databaseUrl, environment),
    onOutput: (text) => {
      written.push(text)
      onOutput(text)
    },
  })
  const output = () => written.join('')
  if (!app) throw new Error(`the app did not start on port ${port}:\n${output()}`)
  return { ...app, url, output }
}

type WorkerOptions = Pick<AppProcessOptions, 'environment' | 'onOutput'> & {
  databaseUrl: string
  /** The address of the app. */
  url: string
}

/** Starts a worker beside such processes, for tests of what is done in the background. */
export function startWorkerFor({
  databaseUrl,
  url,
  environment = {},
  onOutput = () => {},
}: WorkerOptions): WorkerProcess {
  const settings = {
    ...settingsFor(url, databaseUrl, environment),
    PORT: new URL(url).port,
    NODE_ENV: 'production' as const,
  }
  return startWorker({ environment: settings, onOutput })
}

function settingsFor(url: string, databaseUrl: string, environment: Record<string, string>): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    PATCHBAY_BUILT_IN_DATABASE: 'true',
    APP_URL: url,
    PATCHBAY_PUBLIC_URLS: '',
    PATCHBAY_DATA_DIR: '',
    PATCHBAY_ENCRYPTION_KEYS: testEncryptionKeys,
    PATCHBAY_SESSION_SECRET: testSessionSecret,
    PATCHBAY_OUTBOUND_ALLOW: '',
    PATCHBAY_METRICS_TOKEN: '',
    ...{ PATCHBAY_SMTP_URL: '', PATCHBAY_SMTP_URL_FILE: '', PATCHBAY_MAIL_FROM: '', PATCHBAY_MAIL_FROM_FILE: '' },
    PATCHBAY_LOG_LEVEL: 'warn',
    NODE_OPTIONS: '',
    ...environment,
  }
}

/** Does what the launcher does at every start. */
async function sealSentinel(databaseUrl: string): Promise<void> {
  const session = new Client({ connectionString: databaseUrl })
  await session.connect()
  await checkSentinel(session, parseKeyring(testEncryptionKeys)).finally(() => session.end())
}
