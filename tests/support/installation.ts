import { newId } from '@/lib/platform/db/new-id'
import { startSandbox } from '@/tests/sandbox/sandbox'
import type { WorkerProcess } from '@/lib/platform/server/start-worker'
import { startApp, startWorkerFor, type AppProcess } from './app-process'
import { breakableDatabase, type BreakableDatabase } from './breakable-database'
import { createDatabase } from './database-server'
import { e2eServers } from './e2e-servers'
import { freePort } from '@/lib/platform/server/built-in-postgres/postmaster'
import { addWorkspace, attachOutput, emptyWorkspace, test, type Workspace } from './workspace'

export { expect, password, test } from './workspace'

/** An installation of the built app with its own database and its first workspace. */
export type Installation = Workspace & {
  /** The first one listens at `url`. */
  processes: AppProcess[]
  worker?: WorkerProcess
  /** With `breakable`: the proxy between the processes and their database. */
  wayToDatabase?: BreakableDatabase
}

export type InstallationOptions = {
  /** False for the state at the very first start. */
  setUp?: boolean
  processes?: number
  /** Whether a worker does background jobs. */
  works?: boolean
  /** The environment of its processes, for the first one's URL and the third party's. */
  environment?: (url: string, sandboxUrl: string) => Record<string, string>
  breakable?: boolean
}

/**
 * Gives the calling spec its own installation, from before its first test until after its last. It takes seconds to
 * start, so it is only for tests of an installation as a whole. Other specs have a workspace in the shared one.
 */
export function anInstallation(options: InstallationOptions = {}): Installation {
  const installation = {} as Installation
  test.use({ baseURL: async ({}, use) => use(installation.url) })
  test.beforeAll(async () => {
    Object.assign(installation, await start(options))
  })
  attachOutput(() => installation.processes?.map((process) => process.output()).join('') ?? '')
  test.afterAll(async () => {
    await Promise.all([...(installation.processes ?? []), installation.worker].map((process) => process?.stop()))
    await installation.sandbox?.close()
    await installation.wayToDatabase?.break()
  })
  return installation
}

async function start(options: InstallationOptions): Promise<Installation> {
  const { setUp = true, processes = 1, works = false, environment = () => ({}), breakable = false } = options
  const { serverUrl, runName } = e2eServers()
  const databaseUrl = await createDatabase(serverUrl, `${runName}_${newId().slice(-12)}`, runName)
  const port = await freePort()
  const servers = { url: `http://localhost:${port}`, databaseUrl, sandbox: await startSandbox() }
  const workspace = setUp ? await addWorkspace(servers) : emptyWorkspace(servers)
  const wayToDatabase = breakable ? await breakableDatabase(databaseUrl) : undefined
  const started = await startApp({
    databaseUrl: wayToDatabase?.url ?? databaseUrl,
    port,
    processes,
    environment: environment(servers.url, servers.sandbox.url),
  })
  const worker = works
    ? {
        worker: startWorkerFor({
          databaseUrl,
          url: servers.url,
          environment: environment(servers.url, servers.sandbox.url),
        }),
      }
    : {}
  return { ...workspace, processes: started, ...worker, ...(wayToDatabase ? { wayToDatabase } : {}) }
}
