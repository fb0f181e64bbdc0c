import type { Page } from '@playwright/test'
import { seedAcme } from '@/tests/support/acme-workspace'
import { expectRunStatus, runShape } from '@/tests/support/journey'
import type { SeededShape } from '@/tests/support/seed'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// What people read of a request, and how they learn of new ones.

const workspace = aWorkspace()
let orders: SeededShape

test.beforeAll(async () => {
  const acme = await seedAcme(workspace)
  const uk = await acme.addInstance('Acme UK', 'basic auth')
  orders = await acme.addFlow('Nightly orders', { instance: uk, endpoint: 'List orders' })
})
test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
})

const list = (page: Page) => page.getByRole('table', { name: 'Requests' })
const rows = (page: Page) => list(page).locator('tbody tr:has([data-row-link])')

/** Sends a request as the shape's flow does, in a page of its own. */
async function run(page: Page, flow: SeededShape, status: number): Promise<void> {
  const other = await page.context().newPage()
  await other.goto(`${workspace.url}${flow.path}`)
  await other.getByRole('button', { name: 'Run this shape' }).waitFor()
  await expect(async () => {
    await runShape(other)
    await expectRunStatus(other, status)
  }).toPass({ timeout: 30_000 })
  await other.close()
}

test('a request is read formatted or raw, and copied as a curl command without its secrets', async ({
  page,
  context,
}) => {
  await run(page, orders, 200)
  await page.goto('/activity')
  await rows(page).first().getByRole('link').click()
  const body = page.getByRole('region', { name: 'Response body' })
  await expect(body).toContainText(/^\s*[{[]\n {2}/)
  const formatted = await body.innerText()
  await page.getByRole('group', { name: 'Show response body as' }).getByRole('button', { name: 'Raw' }).click()
  await expect(body).not.toHaveText(formatted, { useInnerText: true })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy as curl' }).click()
  await expect(page.getByText('Copied').first()).toBeAttached()
  const command = await page.evaluate(() => navigator.clipboard.readText())
  expect(command).toContain(`curl '${workspace.sandbox.url}`)
  expect(command).toContain(`--header 'Authorization: Basic '"$CREDENTIALS"`)
  expect(command).not.toContain('•')
})

test('times are those of the person’s own zone', async ({ browser, page }) => {
  await run(page, orders, 200)
  const context = await browser.newContext({ baseURL: workspace.url, locale: 'en-GB', timezoneId: 'Asia/Tokyo' })
  await haveSession(context, workspace)
  const tokyo = await context.newPage()
  await tokyo.goto('/activity')
  await expect(rows(tokyo).first().locator('time')).toHaveAttribute('title', /GMT\+9$/)
  await context.close()
})

test('a request that is sent elsewhere is announced at once, and shown when asked', async ({ page, browser }) => {
  await run(page, orders, 200)
  await page.goto('/activity')
  await expect(page.getByText('Live: new requests are announced here.')).toBeVisible()
  const before = await rows(page).first().getByRole('link').getAttribute('href')
  const elsewhere = await browser.newContext({ baseURL: workspace.url })
  await haveSession(elsewhere, workspace)
  await run(await elsewhere.newPage(), orders, 200)
  await elsewhere.close()

  await test.step('what the person reads does not move', async () => {
    await expect(page.getByRole('button', { name: /^Show \d+ new requests?$/ })).toBeVisible()
    await expect(rows(page).first().getByRole('link')).toHaveAttribute('href', before!)
  })
  await test.step('shown, the keyboard goes on at the new row', async () => {
    await page.getByRole('button', { name: /^Show \d+ new/ }).click()
    await expect(rows(page).first().getByRole('link')).not.toHaveAttribute('href', before!)
    await expect(rows(page).first().getByRole('link')).toBeFocused()
    await expect(page.getByText('Live: new requests are announced here.')).toBeVisible()
  })
})

test('nobody who is signed out can follow, and signing out ends the stream', async ({ page, context }) => {
  await page.goto('/activity')
  await expect(page.getByText('Live: new requests are announced here.')).toBeVisible()
  await workspace.sql(`UPDATE "Session" SET "endedAt" = now() WHERE "workspaceId" = $1`, [workspace.workspaceId])
  await expect(page.getByText('Connecting for live updates…')).toBeVisible({ timeout: 15_000 })
  const events = await context.request.get('/activity/events?since=1')
  expect(events.status()).toBe(401)
})
