import { test as base, type Page } from '@playwright/test'
import { newId } from '@/lib/platform/db/new-id'
import type { Role } from '@/lib/domain/access/roles'
import { hashPassword } from '@/lib/platform/session/password'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import { startApp, type AppProcess } from './app-process'
import { createDatabase, runSql } from './database-server'

export { expect } from '@playwright/test'

const firstPort = Number(process.env.PATCHBAY_E2E_PORT)

/** Playwright's test, with relative addresses leading to the installation of the spec. */
export const test = base.extend({
  baseURL: async ({}, use, info) => use(`http://localhost:${firstPort + info.parallelIndex}`),
})

export const password = 'correct-horse-battery'

export type Person = { id: string; name: string; email: string; role: Role }

/** One installation of the built app with a database and a third party of its own. */
export type Installation = {
  url: string
  databaseUrl: string
  sandbox: Sandbox
  /** All processes; the first one answers at `url`. */
  processes: AppProcess[]
  workspaceId: string
  /** The administrator that set-up makes. */
  administrator: Person
  sql: <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>
  addPerson: (role: Role, name?: string) => Promise<Person>
  signIn: (page: Page, person?: Person) => Promise<void>
}

export type InstallationOptions = {
  /** False: as it is at the very first start. */
  setUp?: boolean
  processes?: number
  environment?: Record<string, string>
}

/** Gives the calling spec an installation of its own, from before its first test to after its last. */
export function anInstallation(options: InstallationOptions = {}): Installation {
  const installation = {} as Installation
  test.beforeAll(async ({}, info) => {
    Object.assign(installation, await start(options, firstPort + info.parallelIndex))
  })
  // A server error is told in the app's log alone.
  test.afterEach(async ({}, info) => {
    const output = installation.processes?.map((process) => process.output()).join('') ?? ''
    if (info.status !== info.expectedStatus && output !== '')
      await info.attach('output of the app', { body: output, contentType: 'text/plain' })
  })
  test.afterAll(async () => {
    await Promise.all(installation.processes?.map((process) => process.stop()) ?? [])
    await installation.sandbox?.close()
  })
  return installation
}

async function start(
  { setUp = true, processes = 1, environment = {} }: InstallationOptions,
  port: number,
): Promise<Installation> {
  const { serverUrl, runName } = JSON.parse(process.env.PATCHBAY_E2E_DATABASES ?? '{}') as {
    serverUrl: string
    runName: string
  }
  const databaseUrl = await createDatabase(serverUrl, `${runName}_${newId().slice(-12)}`, runName)
  const sandbox = await startSandboxSomewhere()
  const sql: Installation['sql'] = (text, values) => runSql(databaseUrl, text, values)
  const workspaceId = newId()
  const addPerson = (role: Role, name: string = role) => insertPerson(sql, workspaceId, role, name)
  if (setUp) await sql(`INSERT INTO "Workspace" ("id", "name") VALUES ($1, 'Acme')`, [workspaceId])
  const administrator = setUp
    ? await addPerson('administrator', 'Dana')
    : { id: '', name: 'Dana', email: 'dana@example.com', role: 'administrator' as const }
  const started = await startApp({
    databaseUrl,
    port,
    processes,
    environment: { SANDBOX_PORT: new URL(sandbox.url).port, ...environment },
  })
  const url = `http://localhost:${port}`
  return {
    url,
    databaseUrl,
    sandbox,
    processes: started,
    workspaceId,
    administrator,
    sql,
    addPerson,
    signIn: (page, person = administrator) => signIn(page, url, person),
  }
}

/** The sandbox takes three ports in a row. */
async function startSandboxSomewhere(attempts = 10): Promise<Sandbox> {
  try {
    return await startSandbox({ port: 20_000 + 3 * Math.floor(Math.random() * 4_000) })
  } catch (error) {
    if (attempts === 0) throw error
    return startSandboxSomewhere(attempts - 1)
  }
}

/** Straight into the database: the screens and commands that make people have tests of their own. */
async function insertPerson(sql: Installation['sql'], workspaceId: string, role: Role, name: string): Promise<Person> {
  const person = { id: newId(), name, email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}@example.com`, role }
  await sql(`INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES ($1, $2, $3, $4)`, [
    person.id,
    person.email,
    name,
    await hashPassword(password),
  ])
  await sql(`INSERT INTO "Membership" ("workspaceId", "userId", "role") VALUES ($1, $2, $3::"Role")`, [
    workspaceId,
    person.id,
    role,
  ])
  return person
}

async function signIn(page: Page, url: string, person: Person): Promise<void> {
  await page.goto(`${url}/login`)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((address) => address.pathname !== '/login')
}
