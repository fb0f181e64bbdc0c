import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { replaceSecret } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

/** A new version of Patchbay was started while somebody types: the server does not know the page's actions any more. */

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  instance = await acme.addInstance('Acme UK', 'basic auth')
})

test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
  await page.route('**/*', async (route) => {
    const headers = route.request().headers()
    if (headers['next-action'] === undefined) return route.fallback()
    return route.continue({ headers: { ...headers, 'next-action': `40${'0'.repeat(40)}` } })
  })
})

test('after an update, reloading brings back what was typed in a form', async ({ page }) => {
  await page.goto(acme.path)
  await page.getByLabel('Description').fill('Typed before the update')
  await page.getByRole('radio', { name: 'Green' }).check()
  await page.getByRole('button', { name: 'Save basic details' }).click()
  const dialog = page.getByRole('dialog', { name: 'Patchbay was updated' })
  await expect(dialog).toContainText('What you entered on this page will be restored')
  await page.unroute('**/*')
  // Somebody else saves meanwhile: a field that was not touched keeps their value.
  await workspace.sql(
    `UPDATE "Connector" SET "documentationUrl" = 'https://docs.acme.test', "revision" = "revision" + 1 WHERE "id" = $1`,
    [acme.connectorId],
  )
  await dialog.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByText('What you typed has been restored')).toBeVisible()
  await expect(page.getByLabel('Description')).toHaveValue('Typed before the update')
  await expect(page.getByRole('radio', { name: 'Green' })).toBeChecked()
  await expect(page.getByLabel('Documentation link')).toHaveValue('https://docs.acme.test')
  await page.getByRole('button', { name: 'Save basic details' }).click()
  await expect(page.getByText(/^Saved/)).toBeVisible()
})

test('secrets are not stored in the browser: the person is asked to type them again', async ({ page }) => {
  await page.goto(instance.path)
  await page.getByLabel('Instance name').fill('Acme renamed')
  await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
  await replaceSecret(page, 'Password', 'typed-secret')
  await page.getByRole('button', { name: 'Show Password' }).click()
  await page.getByRole('button', { name: 'Save instance settings' }).click()
  const dialog = page.getByRole('dialog', { name: 'Patchbay was updated' })
  await expect(dialog).toContainText('except passwords, secrets and switches')
  await page.addInitScript(() => {
    ;(window as { before?: string }).before = JSON.stringify(sessionStorage)
  })
  await dialog.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByText('What you typed has been restored')).toBeVisible()
  await expect(page.getByLabel('Instance name')).toHaveValue('Acme renamed')
  const stored = await page.evaluate(() => (window as { before?: string }).before ?? '')
  expect(stored).toContain('Acme renamed')
  expect(stored).not.toContain('typed-secret')
})
