import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type { Page } from '@playwright/test'
import { curlListing, typeScriptListing } from '@/components/api-page/examples'
import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { addApiKey } from '@/tests/support/add-api-key'
import { axeViolations } from '@/tests/support/axe'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// The pages that explain the API to newcomers: examples to copy, and a reference in which requests can be tried.

type McpConfiguration = { mcpServers: Record<string, { type: string; url: string; headers: Record<string, string> }> }

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

test('an MCP client with the shown configuration lists the tools and calls one', async ({ page }) => {
  await page.goto('/api')
  const shown = await example(page, 'Configuration of an MCP client')
  const configuration = JSON.parse(shown.replace('pb_YOUR_KEY', key)) as McpConfiguration
  const { type, url, headers } = configuration.mcpServers.patchbay!
  expect(type).toBe('http')
  const client = new Client({ name: 'reader', version: '1' }, { versionNegotiation: { mode: 'auto' } })
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }))
  try {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toContain('list_instances')
    const { structuredContent } = await client.callTool({ name: 'list_instances', arguments: { search: 'UK' } })
    expect(structuredContent).toMatchObject({ items: [{ key: 'acme-uk', name: 'Acme UK' }] })
  } finally {
    await client.close()
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

test.describe('if the first instance may call nothing', () => {
  const other = aWorkspace()

  test('the examples name the first one that may call something', async ({ page }) => {
    const seeded = await seedAcme(other)
    await seeded.addInstance('Acme A', 'API token')
    await seeded.addInstance('Acme B', 'basic auth')
    const methodId = await seeded.methodId('API token')
    await other.sql('DELETE FROM "Enablement" WHERE "methodId" = $1', [methodId])
    await haveSession(page.context(), other)
    await page.goto('/api')
    await expect(block(page, 'Example for curl')).toContainText('/instances/acme-b/endpoints/')
  })
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

const operation = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) })
const request = (page: Page, name: string) => page.getByRole('form', { name })

async function authorize(page: Page) {
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  await page.getByRole('dialog').getByLabel('API key', { exact: true }).fill(key)
  await page.getByRole('button', { name: 'Use this key' }).click()
  await expect(page.getByText(`Requests are sent with the key ${key.slice(0, 9)}`)).toBeVisible()
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
    page.on('request', (sent) => {
      if (!sent.url().startsWith(workspace.url) && !/^(data|blob):/.test(sent.url())) problems.push(sent.url())
    })
    await page.goto('/api')
    await page.getByRole('link', { name: 'API reference' }).first().click()
    await expect(page.getByRole('heading', { name: 'API reference' })).toBeVisible()
    await authorize(page)
    await operation(page, 'List the instances that you may use').click()
    const form = request(page, 'List the instances that you may use')
    await form.getByLabel('status', { exact: true }).selectOption('connected')
    const [sent] = await Promise.all([
      page.waitForRequest((sending) => new URL(sending.url()).pathname === '/api/v1/instances'),
      form.getByRole('button', { name: 'Send request' }).click(),
    ])
    expect(new URL(sent.url()).search).toBe('?status=connected')
    expect(await sent.headerValue('authorization')).toBe(`Bearer ${key}`)
    expect(await sent.headerValue('cookie')).toBeNull()
    await expect(form.getByRole('status').first()).toContainText('200')
    await expect(block(page, 'Response body of List the instances')).toContainText('"key": "acme-uk"')
    expect(problems).toEqual([])
    // The key is forgotten with the page.
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('pb_')
  })

  test('calls an endpoint, and shows the response of the third party', async ({ page }) => {
    await page.goto('/api/reference#call_endpoint')
    await authorize(page)
    const form = request(page, 'Call an endpoint with an instance')
    await form.getByRole('button', { name: 'Send request' }).click()
    await expect(form.getByLabel('instanceId')).toBeFocused()
    await expect(form.getByText('Enter a value.')).toHaveCount(2)
    await form.getByLabel('instanceId').fill('acme-uk')
    await form.getByLabel('endpointId').fill('list-orders')
    await form.getByRole('button', { name: 'Send request' }).click()
    await expect(form.getByRole('status').first()).toContainText('200')
    await expect(block(page, 'Response body of Call an endpoint')).toContainText('"ord_0001"')
    await form.getByText('Response headers').click()
    await expect(form.getByText('third-party', { exact: true })).toBeVisible()
  })

  test('is searched, and the address of the page names what was opened', async ({ page }) => {
    await page.goto('/api/reference')
    await page.getByRole('searchbox', { name: 'Search operations' }).fill('post call endpoint')
    await expect(page.getByRole('main').getByRole('heading', { level: 3 })).toHaveText([/^Call an endpoint/])
    await operation(page, 'Call an endpoint with an instance').click()
    await expect(page).toHaveURL(/#call_endpoint$/)
    await page.getByRole('searchbox', { name: 'Search operations' }).fill('nothing-is-called-this')
    await expect(page.getByText('No operation contains “nothing-is-called-this”.')).toBeVisible()
    await page.reload()
    await expect(request(page, 'Call an endpoint with an instance')).toBeInViewport()
  })

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1440, 375])
      test(`has no finding and fits, in ${colorScheme}, ${width} px wide`, async ({ page }) => {
        const check = async () => {
          expect(await axeViolations(page)).toEqual([])
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
        }
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 900 })
        await page.goto('/api/reference')
        await operation(page, 'Create an instance').click()
        const form = request(page, 'Create an instance')
        await form.getByText('Parts of certificate').click()
        await form.getByText('Parts of kind "replace"').click()
        await check()
        await page.getByRole('button', { name: 'Authorize', exact: true }).click()
        await expect(page.getByRole('dialog', { name: 'Authorize' })).toBeVisible()
        await page.getByRole('button', { name: 'Use this key' }).click()
        await expect(page.getByText('Enter an API key: pb_')).toBeVisible()
        await check()
        await page.keyboard.press('Escape')
        await authorize(page)
        await form.getByRole('button', { name: 'Send request' }).click()
        await expect(form.getByRole('status').first()).toContainText('403')
        await form.getByText('Response headers').click()
        await page.getByText('Refused: the code says why.').first().click()
        await check()
        await page.setViewportSize({ width: 1440, height: 900 })
      })

  test('with the keyboard only, a key is entered, an operation found and a request sent', async ({ page }) => {
    const { keyboard } = page
    const tabTo = async (target: ReturnType<typeof operation>) => {
      for (let presses = 0; presses < 60; presses += 1) {
        if (await target.evaluate((node) => node === document.activeElement)) return
        await keyboard.press('Tab')
      }
      await expect(target).toBeFocused()
    }
    await page.goto('/api/reference')
    const searchBox = page.getByRole('searchbox', { name: 'Search operations' })
    await tabTo(searchBox)
    await keyboard.type('list instances may use')
    const opened = operation(page, 'List the instances that you may use')
    await tabTo(opened)
    await keyboard.press('Enter')
    const form = request(page, 'List the instances that you may use')
    await tabTo(form.getByLabel('q', { exact: true }))
    await keyboard.type('acme uk')
    // A request needs a key: it asks, and gives the focus back.
    await keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Authorize' })
    await expect(dialog.getByLabel('API key', { exact: true })).toBeFocused()
    await keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await keyboard.press('Enter')
    await keyboard.type(key)
    await keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await tabTo(form.getByRole('button', { name: 'Send request' }))
    await keyboard.press('Enter')
    const body = block(page, 'Response body of List the instances')
    await expect(body).toContainText('"total": 1')
    await tabTo(body)
    await tabTo(form.locator('summary').filter({ hasText: 'Response headers' }))
    await keyboard.press('Enter')
    await expect(form.getByText('ratelimit-policy')).toBeVisible()
    for (const name of ['200 Done.', 'Parts of items']) {
      await tabTo(page.getByRole('listitem').locator('summary').filter({ hasText: name }))
      await keyboard.press('Enter')
    }
    await expect(page.getByRole('list', { name: 'Parts of items' })).toContainText('externalId')
  })
})
