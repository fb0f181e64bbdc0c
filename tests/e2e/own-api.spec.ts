import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Locator, Page } from '@playwright/test'
import { known } from '@/tests/sandbox/known'
import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { axeViolations } from '@/tests/support/axe'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// From a new connector to requests of an API of one's own, and the way to everything a connector consists of.

const workspace = aWorkspace()
let acme: SeededAcme

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
})
test.beforeEach(async ({ page }) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
})

test('a connector’s name leads to its overview, its cog to the builder, and both offer every section', async ({
  page,
}) => {
  const instance = await acme.addInstance('Acme UK', 'basic auth')
  await workspace.sql(
    `UPDATE "Instance" SET "status" = 'failing', "statusReason" = 'Acme Commerce rejected the credentials.' WHERE "id" = $1`,
    [instance.id],
  )
  await page.goto('/connectors')
  const card = page.getByRole('region', { name: 'Acme Commerce' })
  await card.getByRole('link', { name: 'Acme Commerce', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Overview' })).toHaveAttribute('aria-current', 'page')
  for (const section of ['About', 'Instances', 'Authentication methods', 'Latest failed requests', 'Recent changes'])
    await expect(page.getByRole('region', { name: section, exact: true })).toBeVisible()
  await expect(page.getByRole('row', { name: /^basic auth/ })).toContainText(/\d+ of \d+ endpoints/)
  const row = page.getByRole('list', { name: 'Instances of Acme Commerce' }).getByRole('listitem')
  await expect(row).toContainText('Acme Commerce rejected the credentials.')
  await expect(row.getByRole('button', { name: 'Check now: Acme UK' })).toBeVisible()
  expect(await axeViolations(page)).toEqual([])

  await page.getByRole('link', { name: 'Add new instance for Acme Commerce' }).click()
  await expect(page.getByLabel('Instance name')).toBeVisible()
  await page.getByRole('link', { name: 'Acme Commerce', exact: true }).click()
  await expect(page.getByRole('region', { name: 'About' })).toBeVisible()

  await page.goto('/connectors')
  await card.getByRole('link', { name: 'Settings for Acme Commerce' }).click()
  await expect(page.getByRole('link', { name: 'Basic details' })).toHaveAttribute('aria-current', 'page')
  for (const section of ['Connector variables', 'Authentication', 'Endpoints'])
    await expect(
      page.getByRole('navigation', { name: 'Connector' }).getByRole('link', { name: section }).first(),
    ).toBeVisible()
})

const dialog = (page: Page) => page.getByRole('dialog')

async function openAdd(page: Page) {
  await page.goto(`${acme.path}/endpoints`)
  await page.getByRole('button', { name: 'Add new endpoint' }).first().click()
}

test('a new endpoint accepts the methods that its form switches on, and another one can be added immediately', async ({
  page,
}) => {
  await openAdd(page)
  const form = dialog(page)
  for (const name of ['basic auth', 'OAuth 2'])
    await expect(form.getByRole('switch', { name, exact: true })).not.toBeChecked()
  await form.getByRole('switch', { name: 'basic auth', exact: true }).check()
  await form.getByLabel('Entity type').fill('Refunds')
  await form.getByLabel('Direction').selectOption({ label: 'Send' })
  await form.getByLabel('Name', { exact: true }).fill('Create refund')
  await form.getByLabel('URL', { exact: true }).fill('/refunds')
  await form.getByRole('button', { name: 'Create and add another' }).click()
  await expect(form.getByText('“Create refund” created.')).toBeVisible()
  await expect(form.getByLabel('Name', { exact: true })).toBeFocused()
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('')
  await expect(form.getByLabel('URL', { exact: true })).toHaveValue('')
  await expect(form.getByLabel('Entity type')).toHaveValue('Refunds')
  await expect(form.getByLabel('Direction')).toHaveValue('send')
  await expect(form.getByRole('switch', { name: 'basic auth', exact: true })).toBeChecked()

  await form.getByLabel('Name', { exact: true }).fill('create REFUND')
  await form.getByLabel('URL', { exact: true }).fill('/refunds/2')
  await form.getByRole('button', { name: 'Create and add another' }).click()
  await expect(form.getByText(/already has an endpoint called/).first()).toBeVisible()
  await expect(form.getByLabel('URL', { exact: true })).toHaveValue('/refunds/2')
  expect(await axeViolations(page)).toEqual([])
  await form.getByRole('button', { name: 'Close' }).click()
  const question = page.getByRole('dialog', { name: 'Discard what you typed?' })
  await question.getByRole('button', { name: 'Discard' }).click()
  const row = page.getByRole('row', { name: /^Create refund/ })
  await expect(row).toContainText('basic auth')
  await expect(row).not.toContainText('OAuth 2')
})

test('a pasted list is previewed line by line, and created together', async ({ page }) => {
  await openAdd(page)
  const form = dialog(page)
  await form.getByRole('tab', { name: 'Paste a list' }).click()
  await form
    .getByLabel('Endpoints', { exact: true })
    .fill('GET /parcels\nGET /parcels/{parcel_id}\nFETCH /parcels\nPOST /parcels Book a parcel')
  await expect(form.getByRole('list', { name: 'Problems' })).toContainText('Line 3: “FETCH” is not an HTTP method.')
  await expect(form.getByRole('button', { name: 'Create 3 endpoints' })).toBeDisabled()
  await form
    .getByLabel('Endpoints', { exact: true })
    .fill('GET /parcels\nGET /parcels/{parcel_id}\nPOST /parcels Book a parcel')
  const row = form.getByRole('row', { name: /^Get parcel/ })
  await expect(row).toContainText('/parcels/{{ parcel_id }}')
  await expect(row).toContainText('Variable parcel_id')
  await expect(form.getByRole('row', { name: /^Book a parcel/ })).toContainText('Send')
  await form.getByRole('switch', { name: 'API token', exact: true }).check()
  expect(await axeViolations(page)).toEqual([])
  await form.getByRole('button', { name: 'Create 3 endpoints' }).click()
  await expect(page.getByText('3 endpoints created.')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search endpoints' }).fill('parcel')
  await expect(page.getByRole('row', { name: /^Get parcel/ })).toContainText('API token')
})

test('unknown variables of an endpoint are counted, and created with one click', async ({ page }) => {
  await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List orders')}`)
  const url = page.getByRole('textbox', { name: 'URL', exact: true })
  await url.fill('/orders?owner={{ owner }}&key={{ api_key }}')
  await expect(page.getByText('Unknown variables: owner, api_key')).toBeVisible()
  await expect(page.getByRole('tab', { name: 'URL', exact: true })).toHaveAccessibleDescription('2 problems')
  await page.getByRole('button', { name: 'Save endpoint' }).click()
  await expect(page.getByText('Saved with 2 problems: unknown variables owner, api_key.')).toBeVisible()
  await page.goto(`${acme.path}/endpoints`)
  await expect(page.getByRole('row', { name: /^List orders 2 problems/ })).toBeVisible()

  await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List orders')}`)
  await url.fill('/orders?owner={{ owner }}&key={{ api_key }}&page={{ page_no }}')
  await page.getByRole('button', { name: 'Create variables owner, api_key, page_no' }).click()
  await expect(url).toBeFocused()
  await expect(page.getByText(/^Unknown variables:/)).toBeHidden()
  await expect(url).toHaveValue('/orders?owner={{ owner }}&key={{ api_key }}&page={{ page_no }}')
  await expect(page.getByRole('tab', { name: 'URL', exact: true })).toHaveAccessibleDescription('')
  await page.getByRole('button', { name: 'Save endpoint' }).click()
  await expect(page.getByText(/^Saved\./)).toBeVisible()
  await page.getByRole('tab', { name: 'Variables', exact: true }).click()
  await expect(page.getByRole('row', { name: /api_key/ })).toContainText(/secret/i)
})

test('unknown variables of a method are created as its own', async ({ page }) => {
  await page.goto(`${acme.path}/authentication/${await acme.methodId('API token')}`)
  await page.getByRole('tab', { name: 'Headers' }).click()
  await page.getByRole('button', { name: 'Add header parameter' }).click()
  await page.getByLabel('Key', { exact: true }).last().fill('X-Tenant')
  await page.getByLabel('Value of X-Tenant').fill('{{ tenant }}')
  await expect(page.getByRole('tab', { name: 'Headers' })).toHaveAccessibleDescription('1 problem')
  await page.getByRole('button', { name: 'Create variable tenant' }).click()
  await expect(page.getByLabel('Value of X-Tenant')).toBeFocused()
  await expect(page.getByText('Unknown variable: tenant')).toHaveCount(0)
  await expect(page.getByLabel('Value of X-Tenant')).toHaveValue('{{ tenant }}')
  await page.getByRole('button', { name: 'Save authentication method' }).click()
  await expect(page.getByText(/^Saved\./)).toBeVisible()
})

test('a secret that is typed into a definition becomes a secret variable with one click', async ({ page }) => {
  await page.goto(`${acme.path}/endpoints/${await acme.endpointId('Get order')}`)
  await page.getByRole('tab', { name: 'Headers' }).click()
  await page.getByRole('button', { name: 'Add header parameter' }).click()
  await page.getByLabel('Key', { exact: true }).last().fill('X-Partner-Key')
  const value = page.getByLabel('Value of X-Partner-Key')
  await value.fill('a8F3kd92LmQ7xZp4Wv6tRb1N')
  await page.getByRole('button', { name: 'Save endpoint' }).click()
  await expect(page.getByText(/^This looks like a/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Make it a secret variable', exact: true }).click()
  await expect(value).toHaveValue('{{ x_partner_key }}')
  await expect(value).toBeFocused()
  await expect(page.getByRole('button', { name: 'Make it a secret variable', exact: true })).toBeHidden()
  await page.getByRole('button', { name: 'Save endpoint' }).click()
  await expect(page.getByText(/^Saved\./)).toBeVisible()
  await page.getByRole('tab', { name: 'Variables', exact: true }).click()
  await expect(page.getByRole('row', { name: /x_partner_key/ })).toContainText(/secret/i)
})

test('a connector is duplicated as another version, without instances', async ({ page }) => {
  await page.goto(`${acme.path}/overview`)
  await page.getByRole('button', { name: 'Duplicate Acme Commerce' }).click()
  await dialog(page).getByRole('button', { name: 'Duplicate connector' }).click()
  await expect(
    dialog(page)
      .getByText(/^Enter a version label/)
      .first(),
  ).toBeVisible()
  await dialog(page).getByLabel('New version label').fill('v2')
  await dialog(page).getByRole('button', { name: 'Duplicate connector' }).click()
  await page.waitForURL((address) => address.pathname.endsWith('/overview') && !address.pathname.startsWith(acme.path))
  await expect(page.getByText('v2', { exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Instances', exact: true })).toContainText('No instances yet')
  await expect(page.getByRole('row', { name: /^basic auth/ })).toContainText(/[1-9]\d* of \d+ endpoints/)
})

test('an instance is duplicated with its plain values, and without its secrets', async ({ page }) => {
  const instance = await acme.addInstance('Acme to copy', 'basic auth')
  await page.goto(instance.path)
  await page.getByRole('link', { name: 'Duplicate Acme to copy' }).click()
  await expect(page.getByText('Filled in from “Acme to copy”, without its secrets.')).toBeVisible()
  await expect(page.getByLabel('Instance name')).toHaveValue('')
  await expect(page.getByRole('radio', { name: 'basic auth', exact: true })).toBeChecked()
  await expect(page.getByLabel('Username', { exact: true })).toHaveValue(known.basic.username)
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('')
})

test('a new method is named after its type until somebody enters a name, and visibly proposes its test request', async ({
  page,
}) => {
  await page.goto(`${acme.path}/authentication`)
  await page.getByRole('button', { name: 'Add new authentication method' }).click()
  const form = dialog(page)
  await form.getByLabel('Select an authentication method').selectOption({ label: 'OAuth 1' })
  await expect(form.getByLabel('Enter a name')).toHaveValue('OAuth 1')
  await form.getByLabel('Enter a name').fill('Partners')
  await form.getByLabel('Select an authentication method').selectOption({ label: 'Digest' })
  await expect(form.getByLabel('Enter a name')).toHaveValue('Partners')
  await form.getByLabel('Test request').selectOption({ label: 'None yet' })
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByRole('tab', { name: 'Test request' }).click()
  await expect(page.getByLabel('Test URL')).toHaveValue('')
})

test('a link that opens a form does not open it again once the form is closed', async ({ page }) => {
  await page.goto(`${acme.path}/endpoints?q=order&open=add-endpoint`)
  await expect(dialog(page).getByLabel('Name', { exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await expect(page).toHaveURL(/\/endpoints\?q=order$/)
  await page.getByRole('button', { name: 'Add new endpoint' }).click()
  await expect(dialog(page)).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Still missing' })).toBeHidden()
})

test.describe('an API of one’s own that takes a token', () => {
  const own = aWorkspace()
  const token = 'a-token-that-nobody-guesses'
  const seen: (string | undefined)[] = []
  const api = createServer((request, response) => {
    seen.push(request.headers.authorization)
    response.writeHead(request.headers.authorization === `Bearer ${token}` ? 200 : 401).end('{"orders":[]}')
  })
  test.beforeAll(() => new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve)))
  test.afterAll(() => api.close())

  // Each page offers the part that is missing, and its link opens the form. The endpoint comes first, so that the method
  // proposes it as its test request; the method is called after its type, and the first instance after the connector.
  test('takes 8 clicks and 6 fields from an empty workspace to the first successful request', async ({ page }) => {
    await haveSession(page.context(), own)
    await page.goto('/connectors')
    let [clicks, fields] = [0, 0]
    const click = (target: Locator) => (clicks++, target.click())
    const type = (label: string, value: string) => (fields++, page.getByLabel(label, { exact: true }).fill(value))

    await click(page.getByRole('link', { name: 'Describe an API' }))
    await type('Name', 'Orders')
    await type('Base URL', `http://127.0.0.1:${(api.address() as AddressInfo).port}`)
    await click(page.getByRole('button', { name: 'Next step' }))
    await click(page.getByRole('link', { name: 'Add an endpoint' }))
    await type('Name', 'List orders')
    await type('URL', '/orders')
    await click(page.getByRole('button', { name: 'Add endpoint' }))
    await expect(page.getByRole('heading', { name: 'Endpoint setup' })).toBeVisible()
    await click(page.getByRole('link', { name: 'Add an authentication method' }))
    fields++
    await page.getByLabel('Select an authentication method').selectOption({ label: 'Token-based authentication' })
    await click(page.getByRole('button', { name: 'Create', exact: true }))
    await expect(page.getByRole('heading', { name: 'Authentication setup' })).toBeVisible()
    await click(page.getByRole('link', { name: 'Add new instance for Orders' }))
    await expect(page.getByLabel('Instance name')).toHaveValue('Orders')
    await type('Token', token)
    await click(page.getByRole('button', { name: 'Create instance' }))
    await page.waitForURL(/\/instances\/[0-9a-f-]{36}/)
    await expect(page.getByText('Connected', { exact: true }).first()).toBeVisible()
    expect(seen.at(-1)).toBe(`Bearer ${token}`)
    expect({ clicks, fields }).toEqual({ clicks: 8, fields: 6 })
  })
})
