import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { freePort } from '@/lib/platform/server/built-in-postgres/postmaster'
import { authoriseAtSandbox } from '@/tests/sandbox/authorise-at-sandbox'
import { axeViolations } from '@/tests/support/axe'
import { npm, type Launcher } from '@/tests/support/launcher'

/** The first minutes with a real installation: `npm start` with the built-in database, and nothing else. */

test.describe.configure({ mode: 'serial', timeout: 180_000 })

const data = mkdtempSync(join(tmpdir(), 'patchbay-first-'))
let port = 0
let sandboxPort = 0
let installation: Launcher
let page: Page

async function start() {
  installation = npm(['start'], {
    PATCHBAY_DATA_DIR: data,
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
  })
  await installation.printed(/Patchbay is ready/)
}

async function stop() {
  installation.signal('SIGTERM')
  await installation.ended
}

/** Three free ports in a row. */
async function freeSandboxPort(): Promise<number> {
  const first = await freePort()
  return first > 65_000 ? freeSandboxPort() : first
}

test.beforeAll(async ({ browser }) => {
  port = await freePort()
  sandboxPort = await freeSandboxPort()
  await start()
  page = await browser.newPage({ baseURL: `http://localhost:${port}` })
})
test.afterAll(async () => {
  await page.close()
  await stop()
  rmSync(data, { recursive: true, force: true })
})

const result = () => page.getByRole('region', { name: 'Run result' })

test('after set-up, two clicks lead to a successful request, without typing', async () => {
  await page.goto('/')
  await page.getByLabel('Workspace name').fill('Northwind')
  await page.getByLabel('Your name').fill('Dana')
  await page.getByLabel('Email').fill('dana@example.com')
  await page.getByLabel('Password', { exact: true }).fill('correct-horse-battery')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  for (const name of ['Install a ready-made connector', 'Describe an API'])
    await expect(page.getByRole('link', { name })).toBeVisible()
  expect(await axeViolations(page)).toEqual([])

  await page.getByRole('button', { name: 'Try it with the sandbox' }).click()
  await page.getByRole('button', { name: 'Run this shape' }).click()
  await expect(result().getByText('200', { exact: true })).toBeVisible({ timeout: 30_000 })
  expect(new URL(page.url()).pathname).toMatch(/^\/flows\//)
})

test('every method has an instance that works, and only OAuth 2 needs consent', async () => {
  await page.goto('/connectors')
  const card = page.getByRole('region', { name: 'Acme Commerce' })
  for (const name of ['Sandbox basic auth', 'Sandbox API token', 'Sandbox client certificate'])
    await expect(card.getByRole('listitem').filter({ hasText: name })).toContainText('Connected')
  await expect(card.getByRole('listitem').filter({ hasText: 'Sandbox OAuth 2' })).toContainText(
    'Awaiting authorisation',
  )
  await card.getByRole('link', { name: 'Settings for Sandbox OAuth 2' }).click()
  await page.getByRole('button', { name: 'Authorise', exact: true }).click()
  await authoriseAtSandbox(page)
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  await expect(card.getByRole('listitem').filter({ hasText: 'Sandbox OAuth 2' })).toContainText('Connected')
})

test('when it is started again, it opens the same flow and adds nothing', async () => {
  const flow = /\/flows\/[0-9a-f-]{36}\?shape=/
  await page.goto('/flows')
  await expect(page.getByRole('link', { name: 'Try the sandbox' })).toHaveCount(1)
  await page.goto('/connectors')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Try it with the sandbox' }).click()
  await page.waitForURL(flow)
  await page.goto('/connectors')
  await expect(page.getByRole('region', { name: 'Acme Commerce' }).getByRole('listitem')).toHaveCount(4)
})

test('after a restart the sandbox runs again, and its grants and certificates are still valid', async () => {
  await stop()
  await expect(fetch(`http://localhost:${sandboxPort}/`)).rejects.toThrow()
  await start()
  await expect.poll(async () => (await fetch(`http://localhost:${sandboxPort}/`).catch(() => null))?.status).toBe(200)
  for (const name of ['Sandbox OAuth 2', 'Sandbox client certificate', 'Sandbox basic auth']) {
    await page.goto('/connectors')
    await page.getByRole('link', { name: `Settings for ${name}` }).click()
    await page.getByRole('button', { name: 'Check now' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Accepted' }).first()).toBeVisible()
  }
})
