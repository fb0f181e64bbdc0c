import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { curlListing, typeScriptListing } from '@/components/api-page/examples'
import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { addApiKey } from '@/tests/support/add-api-key'
import { axeViolations } from '@/tests/support/axe'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// The pages that explain the API to newcomers: examples to copy, and a reference in which requests can be tried.

const run = promisify(execFile)
const workspace = aWorkspace()
let acme: SeededAcme
let key: string

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  await acme.addInstance('Acme UK', 'basic auth')
  await acme.addInstance('Acme EU', 'OAuth 2')
  key = await addApiKey(workspace, 'user')
})
test.beforeEach(({ page }) => haveSession(page.context(), workspace))

const block = (page: Page, name: string) => page.getByRole('region', { name })
const example = (page: Page, name: string) => block(page, name).innerText()

test('people find the page in their menu, and the examples name an instance that they have', async ({ page }) => {
  await page.goto('/flows')
  await page.getByRole('button', { name: /Dana/ }).click()
  await page.getByRole('link', { name: 'API', exact: true }).click()
  await expect(page).toHaveURL(/\/api$/)
  await expect(page.getByRole('heading', { name: 'API', level: 1 })).toBeVisible()
  await expect(page).toHaveTitle('API · Patchbay')
  const curl = block(page, 'Example for curl')
  await expect(curl).toContainText(`${workspace.url}/api/v1/instances/acme-eu/endpoints/`)
  await expect(block(page, 'Configuration of an MCP client')).toContainText(`"url": "${workspace.url}/api/mcp"`)

  await page.getByRole('combobox', { name: /Instance/ }).click()
  await page.getByRole('option', { name: /Acme UK/ }).click()
  await expect(curl).toContainText('/instances/acme-uk/endpoints/')
  await page.getByRole('combobox', { name: /Endpoint/ }).click()
  await page.getByRole('option', { name: /^Get order/ }).click()
  await expect(curl).toContainText('/instances/acme-uk/endpoints/get-order/call')
  await expect(curl).toContainText('Patchbay-Values: {"')
  await page.reload()
  await expect(block(page, 'Example for TypeScript')).toContainText('/instances/acme-uk/endpoints/get-order/call')
})

test('the shown examples list the instances when they are run', async ({ page }) => {
  await page.goto('/api')
  const api = `${workspace.url}/api/v1`
  const env = { ...process.env, PATCHBAY_KEY: key, NODE_OPTIONS: '' }

  const curl = curlListing(api)
  expect(await example(page, 'Example for curl')).toContain(curl)
  const { stdout } = await run('bash', ['-c', curl.replace('pb_YOUR_KEY', key)], { env })
  expect(JSON.parse(stdout)).toMatchObject({ total: 2, items: [{ key: 'acme-eu' }, { key: 'acme-uk' }] })

  const typeScript = typeScriptListing(api)
  expect(await example(page, 'Example for TypeScript')).toContain(typeScript)
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-example-'))
  try {
    await writeFile(join(folder, 'example.mts'), typeScript)
    const ran = await run(process.execPath, [join(folder, 'example.mts')], { env })
    expect(ran.stdout).toBe('acme-eu Acme EU connected\nacme-uk Acme UK connected\n')
    const refused = run(process.execPath, [join(folder, 'example.mts')], { env: { ...env, PATCHBAY_KEY: 'pb_x' } })
    await expect(refused).rejects.toThrow('This API key is unknown')
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the shown examples call an endpoint of the sandbox when they are run', async ({ page }) => {
  await page.goto('/api')
  await page.getByRole('combobox', { name: /Instance/ }).click()
  await page.getByRole('option', { name: /Acme UK/ }).click()
  await page.getByRole('combobox', { name: /Endpoint/ }).click()
  await page.getByRole('option', { name: /^List orders/ }).click()
  await expect(block(page, 'Example for curl')).toContainText('/instances/acme-uk/endpoints/list-orders/call')
  const env = { ...process.env, PATCHBAY_KEY: key, NODE_OPTIONS: '', FORCE_COLOR: '0' }
  const curl = (await example(page, 'Example for curl')).replace('pb_YOUR_KEY', key)
  expect((await run('bash', ['-c', curl], { env })).stdout).toContain('"ord_0001"')
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-example-'))
  try {
    await writeFile(join(folder, 'example.mts'), await example(page, 'Example for TypeScript'))
    const { stdout } = await run(process.execPath, [join(folder, 'example.mts')], { env })
    expect(stdout).toMatch(/^200 \{.*"ord_0001"/m)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('each example is copied as it is shown', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/api')
  for (const name of ['Example for curl', 'Example for TypeScript', 'Configuration of an MCP client']) {
    await page.getByRole('button', { name: `Copy ${name[0]!.toLowerCase()}${name.slice(1)}` }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await example(page, name))
  }
})

test('a person who may not create keys reads who may', async ({ page }) => {
  const reader = await workspace.addPerson('read_only')
  await page.context().clearCookies()
  await haveSession(page.context(), workspace, reader)
  await page.goto('/api')
  await expect(page.getByText('Administrators create API keys.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Create API key' })).toHaveCount(0)
})

test.describe('without an instance', () => {
  const empty = aWorkspace()

  test('the examples have placeholders, and the page says where to begin', async ({ page }) => {
    await haveSession(page.context(), empty)
    await page.goto('/api')
    await expect(block(page, 'Example for curl')).toContainText('/instances/INSTANCE/endpoints/ENDPOINT/call')
    await expect(page.getByRole('link', { name: 'Add one' })).toHaveAttribute('href', '/connectors')
    expect(await axeViolations(page)).toEqual([])
  })
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`on a phone and at a desk the page has no finding, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    for (const width of [1440, 375]) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto('/api')
      expect(await axeViolations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  })

test('with the keyboard only, an endpoint is chosen and an example copied', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/api')
  await page.getByRole('combobox', { name: /Endpoint/ }).focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('combobox', { name: 'Search endpoints' }).pressSequentially('Get order')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(block(page, 'Example for curl')).toContainText('/endpoints/get-order/call')
  await page.getByRole('button', { name: 'Copy example for curl' }).focus()
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('/endpoints/get-order/call')
})

/** It is a megabyte of script, and all other pages compete with it here. */
async function isShown(page: Page) {
  await expect(page.locator('#operations-tag-Instances')).toBeVisible({ timeout: 45_000 })
}

async function openOperation(page: Page, id: string) {
  await page.locator('#operations-tag-Instances').getByRole('button').click()
  await page.locator(`#operations-Instances-${id}`).getByRole('button').first().click()
}

test.describe('the reference', () => {
  test('needs a person who is signed in', async ({ page }) => {
    await page.context().clearCookies()
    for (const path of ['/api', '/api/reference']) {
      await page.goto(path)
      await expect(page).toHaveURL(/\/login/)
    }
  })

  test('loads nothing from elsewhere, keeps to the policy of every page, and sends what is tried with the key', async ({
    page,
  }) => {
    const problems: string[] = []
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(workspace.url) && !/^(data|blob):/.test(request.url())) problems.push(request.url())
    })
    await page.goto('/api')
    await page.getByRole('link', { name: 'API reference' }).first().click()
    await expect(page.getByRole('heading', { name: 'API reference' })).toBeVisible()
    await isShown(page)
    await page.getByRole('button', { name: 'Authorize', exact: true }).click()
    await page.getByRole('textbox', { name: 'auth-bearer-value' }).fill(key)
    await page.getByRole('button', { name: 'Apply credentials' }).click()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await openOperation(page, 'list_instances')
    const [sent] = await Promise.all([
      page.waitForRequest((request) => new URL(request.url()).pathname === '/api/v1/instances'),
      page.getByRole('button', { name: 'Execute' }).click(),
    ])
    expect(await sent.headerValue('authorization')).toBe(`Bearer ${key}`)
    expect(await sent.headerValue('cookie')).toBeNull()
    await expect(page.locator('.responses-table .response').first()).toContainText('200')
    await expect(page.locator('.api-reference')).toContainText('acme-uk')
    expect(problems).toEqual([])
    // The key is forgotten with the page.
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('pb_')
  })

  for (const colorScheme of ['light', 'dark'] as const)
    test(`is in ${colorScheme}, and fits a phone`, async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width: 375, height: 900 })
      await page.goto('/api/reference')
      await isShown(page)
      await openOperation(page, 'create_instance')
      await expect(page.getByRole('button', { name: 'Execute' })).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375)
      await page.setViewportSize({ width: 1440, height: 900 })
    })
})
