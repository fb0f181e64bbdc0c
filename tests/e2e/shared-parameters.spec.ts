import { connectorDocumentSchema } from '@/lib/imports/document-schema'
import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { axeViolations } from '@/tests/support/axe'
import { seedConnector } from '@/tests/support/seed'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// Headers, URL parameters and cookies that a connector sends with every request.

const workspace = aWorkspace()
let acme: SeededAcme

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
})

test('a header set once on the connector is sent by every endpoint, and shown where an endpoint replaces it', async ({
  page,
}) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
  await page.goto(`${acme.path}/endpoints`)
  await page.getByRole('link', { name: 'Shared parameters' }).click()
  await expect(page.getByRole('heading', { name: 'Shared parameters' })).toBeVisible()
  const headers = page.getByRole('region', { name: 'Headers' })
  await headers.getByRole('button', { name: 'Add header parameter' }).click()
  await headers.getByLabel('Key', { exact: true }).fill('X-Api-Version')
  await headers.getByLabel('Value of X-Api-Version').fill('a8F3kd92LmQ7xZp4Wv6tRb1N')
  const cookies = page.getByRole('region', { name: 'Cookies' })
  await cookies.getByRole('button', { name: 'Add cookie' }).click()
  await cookies.getByLabel('Key', { exact: true }).fill('shop')
  await cookies.getByLabel('Value of shop').fill('{{ shop_name }}')
  await page.getByRole('button', { name: 'Save shared parameters' }).click()
  await expect(page.getByText(/^This looks like a/).first()).toBeVisible()
  await expect(headers.getByLabel('Value of X-Api-Version')).toHaveValue('a8F3kd92LmQ7xZp4Wv6tRb1N')
  await headers.getByLabel('Value of X-Api-Version').fill('2024-10')
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('Control+s')
  await expect(page.getByText('Saved with 1 problem: unknown variable shop_name.')).toBeVisible()
  await page.getByRole('button', { name: 'Create variable shop_name' }).click()
  await expect(page.getByText('Variable shop_name created.')).toBeVisible()
  await page.reload()
  await expect(headers.getByLabel('Value of X-Api-Version')).toHaveValue('2024-10')
  await expect(cookies.getByLabel('Value of shop')).toHaveValue('{{ shop_name }}')

  await page.goto(`${acme.path}/authentication/${await acme.methodId('basic auth')}`)
  await expect(page.getByRole('complementary', { name: 'What will be sent' })).toContainText('X-Api-Version: 2024-10')

  await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List orders')}`)
  await page.getByRole('tab', { name: 'Headers' }).click()
  const inherited = page.getByRole('region', { name: 'Headers' }).getByRole('list', { name: 'From the connector' })
  await expect(inherited).toHaveText('X-Api-Version: 2024-10')
  await page.getByRole('button', { name: 'Add header parameter' }).click()
  await page.getByRole('region', { name: 'Headers' }).getByLabel('Key', { exact: true }).last().fill('x-api-version')
  await page.getByLabel('Value of x-api-version').fill('2025-01')
  await expect(inherited).toContainText('replaced here')
  await expect(inherited).not.toContainText('when it has a value')
  const whether = page.getByLabel('Whether x-api-version is always sent')
  await whether.selectOption('Optional')
  await expect(inherited).toContainText('replaced here when it has a value')
  await whether.selectOption('Always sent')
  await page.getByRole('button', { name: 'Save endpoint' }).click()
  await expect(page.getByText(/^Saved\./)).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
})

test('a connector without endpoints leads to its shared parameters too', async ({ page }) => {
  const document = connectorDocumentSchema.parse({ patchbay: 1, kind: 'connector', name: 'Without endpoints' })
  const connectorId = await seedConnector(workspace, document)
  await haveSession(page.context(), workspace)
  await page.goto(`/connectors/${connectorId}/endpoints`)
  await expect(page.getByText('No endpoints yet')).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('link', { name: 'Shared parameters' }).click()
  await expect(page.getByRole('heading', { name: 'Shared parameters' })).toBeVisible()
})
