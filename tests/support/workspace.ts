import { readFileSync, statSync } from 'node:fs'
import {
  test as base,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from '@playwright/test'
import { newId } from '@/lib/platform/db/new-id'
import type { Role } from '@/lib/domain/access/roles'
import { hashPassword } from '@/lib/platform/session/password'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import { runSql } from './database-server'
import { e2eServers } from './e2e-servers'

export { expect } from '@playwright/test'

/**
 * Each test gets the browser without cookies and pages, as if it were new (Patchbay stores nothing else there). The
 * browser keeps the code that it has loaded and compiled, because doing that again takes longer than most tests.
 *
 * A page counts as open once it is hydrated, because clicks before that are lost.
 */
export const test = base.extend<object, { sharedContext: BrowserContext }>({
  sharedContext: [
    async ({ browser }, use, { project }) => {
      const context = await openContext(browser, project.use)
      await use(context)
      await context.close()
    },
    { scope: 'worker' },
  ],
  context: async ({ browser, sharedContext, baseURL }, use, { project }) => {
    // A spec's own installation has another URL.
    const isShared = baseURL === project.use.baseURL
    const context = isShared ? sharedContext : await openContext(browser, { ...project.use, baseURL })
    await use(context)
    if (!isShared) return context.close()
    await context.unrouteAll({ behavior: 'ignoreErrors' })
    for (const page of context.pages()) await page.close()
    await context.clearCookies()
  },
  page: async ({ page }, use) => {
    const goto = page.goto.bind(page)
    page.goto = async (url, options) => {
      const response = await goto(url, options)
      await page.waitForFunction(isTakenOver)
      return response
    }
    await use(page)
  },
})

function openContext(browser: Browser, { baseURL, locale, timezoneId, viewport }: BrowserContextOptions) {
  return browser.newContext({ baseURL, locale, timezoneId, viewport })
}

/** Runs in the page. A page that is not ours, or that has no script, is never hydrated. */
function isTakenOver(): boolean {
  if (document.querySelector('script[src*="/_next/"]') === null) return true
  // Set by the page's first script, and removed by its last effect: before that, no shortcut works.
  if ('patchbayTakenOver' in window) return false
  // React adds hidden fields to the form of a server action and does not hydrate them.
  const controls = [...document.querySelectorAll('a, button, input:not([type="hidden"]), select, textarea')]
  return controls.every((control) => Object.keys(control).some((key) => key.startsWith('__reactFiber$')))
}

export const password = 'correct-horse-battery'

export type Person = { id: string; name: string; email: string; role: Role }

/** A workspace with an administrator and its own third party, in a running app. */
export type Workspace = {
  url: string
  databaseUrl: string
  sandbox: Sandbox
  workspaceId: string
  administrator: Person
  /** Sees all workspaces of the installation, so queries for one workspace must name it. */
  sql: <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>
  addPerson: (role: Role, name?: string) => Promise<Person>
  signIn: (page: Page, person?: Person) => Promise<void>
}

/**
 * Gives the calling spec a workspace in the installation that most specs share, before its first test. The third party
 * is the spec's own, so its settings do not affect other specs.
 */
export function aWorkspace(): Workspace {
  const workspace = {} as Workspace
  let seen = 0
  test.beforeAll(async () => {
    const { url, databaseUrl, outputFile } = e2eServers()
    seen = statSync(outputFile).size
    Object.assign(workspace, await addWorkspace({ url, databaseUrl, sandbox: await startSandbox() }))
  })
  attachOutput(() => readFileSync(e2eServers().outputFile).subarray(seen).toString())
  test.afterAll(() => workspace.sandbox?.close())
  return workspace
}

/** Server errors are only visible in the app's log. */
export function attachOutput(output: () => string): void {
  test.afterEach(async ({}, info) => {
    const body = output()
    if (info.status !== info.expectedStatus && body !== '')
      await info.attach('output of the app', { body, contentType: 'text/plain' })
  })
}

type Servers = Pick<Workspace, 'url' | 'databaseUrl' | 'sandbox'>

/** A workspace that set-up will create. */
export function emptyWorkspace({ url, databaseUrl, sandbox }: Servers): Workspace {
  const workspaceId = newId()
  const administrator: Person = { id: '', name: 'Dana', email: 'dana@example.com', role: 'administrator' }
  const sql: Workspace['sql'] = (text, values) => runSql(databaseUrl, text, values)
  return {
    ...{ url, databaseUrl, sandbox, workspaceId, administrator, sql },
    addPerson: (role, name = role) => insertPerson(sql, workspaceId, role, name),
    signIn: (page, person = administrator) => signIn(page, url, person),
  }
}

export async function addWorkspace(servers: Servers): Promise<Workspace> {
  const workspace = emptyWorkspace(servers)
  await workspace.sql(`INSERT INTO "Workspace" ("id", "name") VALUES ($1, 'Acme')`, [workspace.workspaceId])
  const administrator = await workspace.addPerson('administrator', 'Dana')
  return { ...workspace, administrator, signIn: (page, person = administrator) => signIn(page, servers.url, person) }
}

let passwordHash: Promise<string> | undefined

/** Writes directly to the database: the screens and commands that create people have their own tests. */
async function insertPerson(sql: Workspace['sql'], workspaceId: string, role: Role, name: string): Promise<Person> {
  const id = newId()
  const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${id.slice(-12)}@example.com`
  await sql(`INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES ($1, $2, $3, $4)`, [
    ...[id, email, name],
    await (passwordHash ??= hashPassword(password)),
  ])
  await sql(
    `INSERT INTO "Membership" ("workspaceId", "userId", "role", "foldedName") VALUES ($1, $2, $3::"Role", lower($4))`,
    [workspaceId, id, role, name],
  )
  return { id, name, email, role }
}

async function signIn(page: Page, url: string, person: Person): Promise<void> {
  await page.goto(`${url}/login`)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((address) => address.pathname !== '/login')
}
