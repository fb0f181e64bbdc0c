import { known } from '@/tests/sandbox/known'
import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// *Try it*: a real request beside the definition that makes it.

const workspace = aWorkspace()
let acme: SeededAcme

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  await acme.addInstance('Acme UK', 'basic auth')
})
test.beforeEach(async ({ page }) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
})

test('an endpoint is tried with an instance, and its response sets the data path', async ({ page }) => {
  await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List orders')}#response`)
  await page.getByLabel('Data path').fill('')
  await page.getByRole('button', { name: 'Try it' }).click()
  const panel = page.getByRole('dialog', { name: 'Try List orders' })
  await expect(panel.getByRole('combobox', { name: 'Instance' })).toContainText('Acme UK')
  await panel.getByRole('button', { name: 'Save and send' }).click()
  await expect(panel.getByRole('region', { name: 'Run result' })).toContainText('200')
  await panel.getByRole('button', { name: 'Use $.orders as the data path' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByLabel('Data path')).toHaveValue('$.orders')
  await page.getByRole('button', { name: 'Save endpoint' }).click()
  await expect(page.getByText('Saved.').first()).toBeVisible()
})

test('an endpoint with pages is described, tried page by page, and refused with its reason', async ({ page }) => {
  await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List orders')}`)
  await page.getByRole('tab', { name: 'Pagination' }).click()
  const tab = page.getByRole('tabpanel', { name: 'Pagination' })
  const requests = tab.getByRole('region', { name: 'Requests of the first two pages' })
  await expect(requests).toHaveCount(0)
  await tab.getByLabel('Pagination', { exact: true }).selectOption('Page number')
  await expect(requests).toContainText('page=2')
  await tab.getByLabel('Pagination', { exact: true }).selectOption('Next-page token')
  await tab.getByLabel('Token of the next page').fill('$[')
  await tab.getByLabel('Parameter', { exact: true }).fill('cursor')
  await expect(requests).toContainText('cursor=‹value at $[›')
  await page.getByRole('button', { name: 'Save endpoint' }).click()
  await expect(tab.getByLabel('Token of the next page')).toHaveAccessibleDescription(/cannot be read/)
  await tab.getByLabel('Token of the next page').fill('$.next_cursor')
  await page.getByRole('button', { name: 'Try it' }).click()
  const panel = page.getByRole('dialog', { name: 'Try List orders' })
  await panel.getByRole('button', { name: 'Save and send' }).click()
  const pages = panel.getByRole('region', { name: 'Pages' })
  await expect(pages).toContainText('Page 1')
  await panel.getByRole('button', { name: 'Send page 2' }).click()
  await expect(pages).toContainText('Page 2')
  const urls = (await workspace.sandbox.control.getRequests()).map(({ url }) => url)
  expect(urls.at(-2)).not.toContain('cursor=')
  expect(urls.at(-1)).toMatch(/[?&]cursor=\w/)
  await page.reload()
  await expect(page.getByRole('tabpanel', { name: 'Pagination' }).getByLabel('Parameter', { exact: true })).toHaveValue(
    'cursor',
  )
})

test('values typed for one request are sent and not saved, and a wrong one is shown with its status', async ({
  page,
}) => {
  await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List orders')}`)
  await page.getByRole('button', { name: 'Try it' }).click()
  const panel = page.getByRole('dialog', { name: 'Try List orders' })
  await panel.getByRole('radio', { name: 'Values for this request only' }).check()
  await panel.getByLabel('Username', { exact: true }).fill(known.basic.username)
  await panel.getByLabel('Password', { exact: true }).fill('not the password')
  const send = panel.getByRole('button', { name: 'Send', exact: true })
  await send.click()
  const result = panel.getByRole('region', { name: 'Run result' })
  await expect(result).toContainText('401')
  await panel.getByLabel('Password', { exact: true }).fill(known.basic.password)
  await expect(result).toHaveAttribute('aria-busy', 'true')
  await send.click()
  await expect(result).toContainText('200')
  await expect(page.getByText(known.basic.password)).toHaveCount(0)
  await page.goto('/connectors')
  await expect(page.getByText('Acme UK')).toBeVisible()
  expect(await workspace.sql('SELECT 1 FROM "Instance" WHERE "connectorId" = $1', [acme.connectorId])).toHaveLength(1)
})

test('a request that was tried becomes the test request of the method, once it is saved there', async ({ page }) => {
  await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List orders')}`)
  await page.getByRole('button', { name: 'Try it' }).click()
  const panel = page.getByRole('dialog', { name: 'Try List orders' })
  await panel.getByRole('button', { name: 'Send', exact: true }).click()
  await panel.getByRole('link', { name: 'Use as test request of basic auth' }).click()
  await expect(page.getByRole('textbox', { name: 'Test URL' })).toHaveValue('/orders?limit={{ page_size }}')
  await page.getByRole('button', { name: 'Try it' }).click()
  const method = page.getByRole('dialog', { name: 'Try basic auth' })
  await method.getByRole('button', { name: 'Save and send' }).click()
  await expect(method.getByRole('region', { name: 'Run result' })).toContainText('200')
  expect((await workspace.sandbox.control.getRequests()).at(-1)?.url).toMatch(/^\/orders/)
})

test('an instance is tried at an endpoint that accepts it', async ({ page }) => {
  const instance = await acme.addInstance('Acme EU', 'basic auth')
  await page.goto(instance.path)
  await page.getByRole('button', { name: 'Try it' }).click()
  const panel = page.getByRole('dialog', { name: 'Try Acme EU' })
  await panel.getByRole('combobox', { name: 'Endpoint' }).click()
  await page.getByRole('option', { name: /List orders/ }).click()
  await panel.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(panel.getByRole('region', { name: 'Run result' })).toContainText('200')
})
