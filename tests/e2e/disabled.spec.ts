import type { Page } from '@playwright/test'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { axeViolations } from '@/tests/support/axe'
import { expectRunStatus, runShape } from '@/tests/support/journey'
import type { SeededShape } from '@/tests/support/seed'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// Disabling an instance or a connector, and revoking all tokens of a connector, as people do it.

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance
let flow: SeededShape

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  instance = await acme.addInstance('Acme UK', 'basic auth')
  flow = await acme.addFlow('Nightly orders', { instance, endpoint: 'List orders' })
})
test.beforeEach(async ({ page }) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
})

const enabled = (page: Page) => page.getByRole('button', { name: 'Enable Acme UK' })

test('a disabled instance stops its shape, which links to the button that enables it', async ({ page }) => {
  await test.step('disabling asks first, and says how many shapes stop', async () => {
    await page.goto(instance.path)
    await page.getByRole('button', { name: 'Disable Acme UK' }).click()
    const dialog = page.getByRole('dialog', { name: 'Disable Acme UK?' })
    await expect(dialog).toContainText('1 shape uses “Acme UK” in 1 flow. It stops working until you enable it again.')
    expect(await axeViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Disable instance' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(page.getByText('This instance is disabled')).toBeVisible()
    await expect(page.getByText('Disabled since')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Check now' })).toHaveCount(0)
    expect(await axeViolations(page)).toEqual([])
  })

  await test.step('testing it is refused with who and when, and nothing is sent', async () => {
    await page.getByRole('button', { name: 'Test instance connection' }).click()
    await expect(page.getByText(/“Acme UK” was disabled by .+ Nothing was sent\./)).toBeVisible()
  })

  await test.step('lists show it as disabled, not as failing', async () => {
    await page.goto('/connectors?status=disabled')
    const row = page.getByRole('listitem').filter({ hasText: 'Acme UK' })
    await expect(row).toContainText('Disabled')
    await expect(row.getByRole('link', { name: 'Enable Acme UK' })).toBeVisible()
    await page.goto('/flows')
    const listed = page.getByRole('row').filter({ hasText: 'Nightly orders' })
    await expect(listed).toContainText('1 shape needs attention')
    await expect(listed).toContainText('Acme UK is disabled')
    await expect(page.getByRole('link', { name: 'failing instance' })).toHaveCount(0)
  })

  await test.step('a run is refused, and the shape links to the instance, where it is enabled', async () => {
    await page.goto(flow.path)
    await expect(page.getByText('The instance is disabled')).toBeVisible()
    await runShape(page)
    await expect(page.getByRole('alert').filter({ hasText: 'The run failed' })).toContainText('was disabled by')
    await page.getByRole('link', { name: 'Enable Acme UK' }).click()
    await enabled(page).click()
    await expect(page.getByText('This instance is disabled')).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
    await page.goto(flow.path)
    await runShape(page)
    await expectRunStatus(page, 200)
  })
})

test('a disabled connector is shown on its pages and on those of its instances', async ({ page }) => {
  await page.goto(`${acme.path}/overview`)
  await page.getByRole('button', { name: /^Disable / }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable connector' }).click()
  const notice = page.getByText(/^The connector .+ is disabled$/)
  await expect(notice).toBeVisible()
  await page.goto(instance.path)
  await expect(notice).toBeVisible()
  await page.getByRole('button', { name: /^Enable / }).click()
  await expect(notice).toHaveCount(0)
})

test('all tokens of a connector are revoked after a preview, with the result of each instance', async ({ page }) => {
  await acme.addInstance('Acme DE', 'OAuth 2')
  await page.goto(acme.path)
  await page.getByRole('button', { name: 'Revoke all tokens' }).click()
  const dialog = page.getByRole('dialog', { name: /^Revoke all tokens of / })
  await expect(dialog.getByRole('list', { name: 'What will happen' })).toContainText('1 instance with OAuth 2')
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Revoke tokens' }).click()
  await expect(dialog.getByRole('status')).toContainText('Finished: 1 instance.')
  await expect(dialog.getByRole('list', { name: 'Instances' })).toContainText('Acme DE')
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('link', { name: 'Acme DE' }).click()
  await expect(page.getByText('This instance needs authorising again')).toBeVisible()
})
