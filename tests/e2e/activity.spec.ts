import type { Page } from '@playwright/test'
import { seedAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { known } from '@/tests/sandbox/known'
import { axeViolations } from '@/tests/support/axe'
import { expectRunStatus, runShape } from '@/tests/support/journey'
import type { SeededShape } from '@/tests/support/seed'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// What people find out from the request log: why a request failed, what came before it, and what happens now.

const workspace = aWorkspace()
let uk: SeededInstance
let orders: SeededShape
let stock: SeededShape

test.beforeAll(async () => {
  const acme = await seedAcme(workspace)
  uk = await acme.addInstance('Acme UK', 'basic auth')
  const partner = await acme.addInstance('Acme partner', 'OAuth 2')
  orders = await acme.addFlow('Nightly orders', { instance: uk, endpoint: 'List orders' })
  stock = await acme.addFlow('Partner orders', { instance: partner, endpoint: 'List orders' })
})
test.beforeEach(async ({ page }) => {
  await password(known.basic.password)
  await haveSession(page.context(), workspace)
})

const list = (page: Page) => page.getByRole('table', { name: 'Requests' })
const rows = (page: Page) => list(page).locator('tbody tr:has([data-row-link])')
const password = (value: string) => workspace.sandbox.control.setBasicPassword({ password: value })

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

async function choose(page: Page, filter: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: filter, exact: true }).click()
  await page
    .getByRole('combobox', { name: /^Search / })
    .last()
    .fill(option)
  await page.getByRole('option', { name: new RegExp(`^${option}`) }).click()
  await expect(page.getByRole('combobox', { name: filter, exact: true })).toContainText(option)
}

test('a failed request is found by filters, says why, and is still found after Back', async ({ page }) => {
  await run(page, stock, 200)
  await password('changed at Acme')
  await run(page, orders, 401)
  await page.goto('/activity')

  await test.step('the row shows the status and the reason', async () => {
    const row = rows(page).filter({ hasText: 'Acme UK' }).first()
    await expect(row).toContainText('401 Unauthorized')
    await expect(row.locator('td').nth(3)).toContainText(/[“T].+[”.]/)
  })

  await test.step('filters apply on the server, and are in the address', async () => {
    await choose(page, 'Instance', 'Acme partner')
    await expect(rows(page).filter({ hasText: 'Acme UK' })).toHaveCount(0)
    await choose(page, 'Instance', 'Acme UK')
    await page.getByLabel('Status').selectOption({ label: '401 Unauthorized' })
    await expect(page).toHaveURL(/instance=.*&status=401|status=401.*instance=/)
    await expect(rows(page).first()).toContainText('Acme UK')
    await choose(page, 'Flow', 'Partner orders')
    await expect(page.getByText('Nothing matches')).toBeVisible()
    await choose(page, 'Flow', 'Nightly orders')
    await expect(rows(page).first()).toContainText('Acme UK')
  })

  await test.step('the request shows more, and Back leads to the same list', async () => {
    await rows(page).first().getByRole('link').click()
    await expect(page.getByRole('alert').filter({ hasText: 'What went wrong' })).toContainText('401 Unauthorized.')
    await expect(page.getByText('Trace ID')).toBeVisible()
    await page.goBack()
    await expect(page).toHaveURL(/status=401/)
    await expect(page.getByRole('combobox', { name: 'Instance', exact: true })).toContainText('Acme UK')
    await expect(page.getByLabel('Status')).toHaveValue('401')
    await page.getByRole('link', { name: 'Clear filters' }).click()
    await expect(page).toHaveURL(/\/activity$/)
    await expect(rows(page).filter({ hasText: 'Acme partner' }).first()).toBeVisible()
  })
})

test('the requests of one action are one row with its steps, which have a page of their own', async ({ page }) => {
  await run(page, stock, 200)
  await workspace.sql(`UPDATE "InstanceToken" SET "expiresAt" = now() - interval '1 hour' WHERE "workspaceId" = $1`, [
    workspace.workspaceId,
  ])
  await run(page, stock, 200)
  await page.goto('/activity')
  const group = page.getByRole('group').filter({ hasText: 'requests of this action' }).first()
  await group.locator('summary').click()
  const steps = group.getByRole('list', { name: 'Requests of this action' }).getByRole('listitem')
  await expect(steps.first()).toContainText('Refresh token')
  await expect(steps.last()).toContainText('Endpoint request')
  for (const width of [375, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await axeViolations(page)).toEqual([])
  }
  await steps.last().getByRole('link').click()
  await page
    .getByRole('definition')
    .getByRole('link', { name: /^[0-9a-f-]{36}$/ })
    .click()
  await expect(page.getByText('All requests of one action')).toBeVisible()
  await expect(rows(page)).toHaveCount(2)
  await expect(page.getByText('2 requests', { exact: true })).toBeVisible()
})

test('a request is shown formatted or raw, and copied as a curl command without its secrets', async ({
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

test('times are in the person’s own time zone', async ({ browser, page }) => {
  await run(page, orders, 200)
  const context = await browser.newContext({ baseURL: workspace.url, locale: 'en-GB', timezoneId: 'Asia/Tokyo' })
  await haveSession(context, workspace)
  const tokyo = await context.newPage()
  await tokyo.goto('/activity')
  await expect(rows(tokyo).first().locator('time')).toHaveAttribute('title', /GMT\+9$/)
  await context.close()
})

test('a request that is sent elsewhere is announced immediately, and shown when clicked', async ({ page, browser }) => {
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
  await test.step('after it is shown, the new row has the focus', async () => {
    await page.getByRole('button', { name: /^Show \d+ new/ }).click()
    await expect(rows(page).first().getByRole('link')).not.toHaveAttribute('href', before!)
    await expect(rows(page).first().getByRole('link')).toBeFocused()
    await expect(page.getByText('Live: new requests are announced here.')).toBeVisible()
  })
  await test.step('the filter stays', async () => {
    await page.goto(`/activity?instance=${uk.id}`)
    await expect(page.getByText('Live: new requests are announced here.')).toBeVisible()
    await run(page, stock, 200)
    await run(page, orders, 200)
    await page.getByRole('button', { name: /^Show \d+ new/ }).click()
    await expect(page.getByText('Live: new requests are announced here.')).toBeVisible()
    await expect(rows(page).filter({ hasText: 'Acme partner' })).toHaveCount(0)
  })
})

test('nobody who is signed out can open the stream, and signing out ends it', async ({ page, context }) => {
  await page.goto('/activity')
  await expect(page.getByText('Live: new requests are announced here.')).toBeVisible()
  await workspace.sql(`UPDATE "Session" SET "endedAt" = now() WHERE "workspaceId" = $1`, [workspace.workspaceId])
  await expect(page.getByText('Connecting for live updates…')).toBeVisible({ timeout: 15_000 })
  const events = await context.request.get('/activity/events?since=1')
  expect(events.status()).toBe(401)
})

test('the log and a request fit a phone, and have no accessibility faults', async ({ page }) => {
  await password('changed at Acme')
  await run(page, orders, 401)
  for (const width of [1440, 375]) {
    await page.setViewportSize({ width, height: 812 })
    await page.goto('/activity')
    await expect(rows(page).first()).toContainText('401 Unauthorized')
    for (const path of ['/activity', await rows(page).first().getByRole('link').getAttribute('href')]) {
      if (path !== '/activity') await page.goto(path!)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      expect(await axeViolations(page)).toEqual([])
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
})
