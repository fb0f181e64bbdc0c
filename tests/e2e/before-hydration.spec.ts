import type { BrowserContext, Page } from '@playwright/test'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

/** What is clicked before the scripts of a page have run is not lost: it is done as soon as the control works. */

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  instance = await acme.addInstance('Acme UK', 'basic auth')
})

/** A page whose scripts wait until `release`. */
async function openWithoutScripts(context: BrowserContext, path: string) {
  await haveSession(context, workspace)
  const page = await context.newPage()
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route('**/_next/static/**/*.js', async (route) => {
    await promise
    await route.continue()
  })
  await page.goto(path, { waitUntil: 'commit' })
  return { page, release: resolve }
}

const cases: {
  what: string
  path: () => string
  click: (page: Page) => Promise<void>
  works: (page: Page) => Promise<void>
}[] = [
  {
    what: 'a cell of the matrix',
    path: () => `${acme.path}/endpoints/matrix`,
    click: (page) => page.getByRole('checkbox', { name: 'basic auth for List orders', exact: true }).click(),
    works: (page) => expect(page.getByText('1 change not applied')).toBeVisible(),
  },
  {
    what: 'a button that opens a dialog',
    path: () => '/flows',
    click: (page) => page.getByRole('button', { name: 'New flow' }).first().click(),
    works: (page) => expect(page.getByRole('dialog', { name: 'New flow' })).toBeVisible(),
  },
  {
    what: 'a tab',
    path: () => instance.path,
    click: (page) => page.getByRole('tab', { name: 'Certificates', exact: true }).click(),
    works: (page) =>
      expect(page.getByRole('tab', { name: 'Certificates', exact: true })).toHaveAttribute('aria-selected', 'true'),
  },
  {
    what: 'a menu',
    path: () => '/connectors',
    click: (page) => page.getByRole('button', { name: 'Import' }).first().click(),
    works: (page) => expect(page.getByRole('menu')).toBeVisible(),
  },
]

for (const { what, path, click, works } of cases) {
  test(`a click before the page works is not lost: ${what}`, async ({ context }) => {
    const { page, release } = await openWithoutScripts(context, path())
    await click(page)
    await expect(page.locator('[data-clicked]')).toHaveCount(1)
    release()
    await works(page)
    await expect(page.locator('[data-clicked]')).toHaveCount(0)
  })
}

test('a form that the browser can send by itself is sent before the page works', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: workspace.url })
  const page = await context.newPage()
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route('**/_next/static/**/*.js', async (route) => {
    await promise
    await route.continue().catch(() => undefined)
  })
  await page.goto('/login', { waitUntil: 'commit' })
  await page.getByLabel('Email').fill(workspace.administrator.email)
  await page.getByLabel('Password', { exact: true }).fill('not-the-password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Incorrect email or password.')).toBeVisible()
  resolve()
  await context.close()
})
