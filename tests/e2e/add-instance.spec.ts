import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { haveSession } from '@/tests/support/session'
import { known } from '@/tests/sandbox/known'

// *Add new instance*: one page, one button.

const workspace = aWorkspace()
let acme: SeededAcme

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  await acme.addInstance('Acme UK', 'basic auth')
})
test.beforeEach(async ({ page }) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
  await page.goto(`/instances/new?connector=${acme.connectorId}`)
})

test('a duplicate name is refused while it is typed, before anything else is asked', async ({ page }) => {
  const name = page.getByLabel('Instance name')
  await name.fill('acme uk')
  await expect(page.getByText(/already|Another instance/)).toBeVisible()
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  await name.fill('acme uk 2')
  await expect(name).not.toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText(/already|Another instance/)).toBeHidden()
})

test('the text next to the button says what happens next, and depends on the method', async ({ page }) => {
  const create = page.getByRole('button', { name: 'Create instance' })
  await page.getByRole('radio', { name: 'basic auth', exact: true }).check()
  await expect(create).toHaveAccessibleDescription('Acme Commerce is asked whether the credentials work.')
  await page.getByRole('radio', { name: 'OAuth 2', exact: true }).check()
  await expect(create).toHaveAccessibleDescription('You continue at Acme Commerce to authorise.')
})

test('trying another method loses nothing that was typed', async ({ page }) => {
  await page.getByRole('radio', { name: 'basic auth', exact: true }).check()
  await page.getByLabel('Username', { exact: true }).fill('typed before')
  await page.getByLabel('Password', { exact: true }).fill('typed too')
  await page.getByRole('radio', { name: 'API token', exact: true }).check()
  await expect(page.getByLabel('Username', { exact: true })).toBeHidden()
  await page.getByRole('radio', { name: 'basic auth', exact: true }).check()
  await expect(page.getByLabel('Username', { exact: true })).toHaveValue('typed before')
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('typed too')
})

test('all errors are listed together, and each line opens its collapsed field', async ({ page }) => {
  await page.getByRole('radio', { name: 'basic auth', exact: true }).check()
  await page.locator('summary').filter({ hasText: 'Advanced' }).click()
  await page.getByLabel('Simultaneous requests').fill('many')
  await page.locator('summary').filter({ hasText: 'Advanced' }).click()
  await page.getByRole('button', { name: 'Create instance' }).click()
  const summary = page.getByRole('alert').first()
  await expect(summary).toBeFocused()
  await expect(summary.getByRole('button')).toHaveCount(4)
  await summary.getByRole('button', { name: /whole number of requests/ }).click()
  await expect(page.getByLabel('Simultaneous requests')).toBeFocused()
  expect(await workspace.sandbox.control.getRequests()).toEqual([])
})

test('rejected credentials are not stored and stay in the form; correct ones are stored', async ({ page }) => {
  await page.getByLabel('Instance name').fill('Acme EU')
  await page.getByRole('radio', { name: 'basic auth', exact: true }).check()
  await page.getByLabel('Username', { exact: true }).fill(known.basic.username)
  await page.getByLabel('Password', { exact: true }).fill('wrong')
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Rejected' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save without verifying' })).toHaveCount(0)
  await expect(page.getByLabel('Username', { exact: true })).toHaveValue(known.basic.username)
  await page.getByLabel('Password', { exact: true }).fill(known.basic.password)
  await page.getByRole('button', { name: 'Create instance' }).click()
  await page.waitForURL(/\/instances\/[0-9a-f-]{36}$/)
})
