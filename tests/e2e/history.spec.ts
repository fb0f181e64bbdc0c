import type { Page } from '@playwright/test'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { axeViolations } from '@/tests/support/axe'
import type { SeededShape } from '@/tests/support/seed'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { expectRunStatus, runShape, saveMethod } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'

// History says what changed, field by field, and an instance has a timeline (PRODUCT §11, WORDS 48).

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

async function setTokenUrl(page: Page, url: string): Promise<string> {
  await page.goto(`${acme.path}/authentication/${await acme.methodId('OAuth 2')}`)
  await page.getByRole('tab', { name: 'URLs', exact: true }).click()
  const field = page.getByLabel('URL / Token URL', { exact: true })
  const before = await field.inputValue()
  await field.fill(url)
  await saveMethod(page)
  return before
}

test('a token URL that is changed and changed back leaves two entries, each with the old and new value, person and address', async ({
  page,
}) => {
  const elsewhere = 'https://elsewhere.test/token'
  const before = await setTokenUrl(page, elsewhere)
  await setTokenUrl(page, before)
  await page.goto('/activity/changes')
  const rows = page.getByRole('table', { name: 'Changes' }).getByRole('row').filter({ hasText: 'Changed method' })
  await expect(rows.nth(0)).toContainText(`Token URL: ${elsewhere} → ${before}`)
  await expect(rows.nth(1)).toContainText(`Token URL: ${before} → ${elsewhere}`)
  await expect(rows.nth(0)).toContainText(/from (127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)/)
  await expect(rows.nth(0).getByRole('time').or(rows.nth(0).locator('time'))).toHaveAttribute('title', /20\d\d/)
  expect(await axeViolations(page)).toEqual([])
})

test('the timeline of a failing instance shows what changed since the last success', async ({ page }) => {
  await page.goto(flow.path)
  await runShape(page)
  await expectRunStatus(page, 200)
  await page.goto(`${acme.path}/authentication/${await acme.methodId('basic auth')}`)
  await page.getByLabel('Timeout limit').fill('45')
  await saveMethod(page)
  await workspace.sandbox.control.setBasicPassword({ password: 'changed at Acme' })
  await page.goto(flow.path)
  await runShape(page)
  await expectRunStatus(page, 401)

  await page.goto(instance.path)
  await page.getByRole('tab', { name: 'Timeline' }).click()
  await expect(page).toHaveURL(/\?tab=timeline$/)
  const since = page.getByRole('region', { name: 'What changed since the last success?' })
  await expect(since).toContainText('Changed method “basic auth”')
  await expect(since).toContainText(/Timeout limit \(seconds\): \d+ → 45/)
  const events = page.getByRole('list', { name: 'Timeline' }).getByRole('listitem')
  await expect(events.nth(0)).toContainText(/Status\s*Connected.*Failing/)
  await expect(events.nth(1)).toContainText('401 Unauthorized')
  await expect(events.nth(2)).toContainText('Changed method “basic auth”')
  await expect(events.nth(3)).toContainText('1 successful request')
  await events.nth(1).getByRole('link', { name: 'Endpoint request' }).click()
  await expect(page).toHaveURL(/\/activity\/requests\//)
  await page.goBack()
  await expect(page.getByRole('tab', { name: 'Timeline' })).toHaveAttribute('aria-selected', 'true')
  await expect(since).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
})

test('failing ones are first in the whole list', async ({ page }) => {
  const last = await acme.addInstance('Zz last', 'API token')
  await acme.addFlow('Zz flow', { instance: last, endpoint: 'List orders' })
  await workspace.sql(`UPDATE "Instance" SET "status" = 'connected' WHERE "id" = $1`, [instance.id])
  await workspace.sql(`UPDATE "Instance" SET "status" = 'failing' WHERE "id" = $1`, [last.id])
  await page.goto('/flows')
  await expect(page.getByRole('row').nth(1)).toContainText('Zz flow')
  await page.goto('/connectors')
  await expect(page.getByLabel('Sort by')).toHaveValue('failing')
})
