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

const minute = 60_000
const thisMinute = Math.floor(Date.now() / minute) * minute
/** A full minute, so long before these tests. */
const minutesAgo = (minutes: number) => new Date(thisMinute - minutes * minute)

/** As the control has it: the wall clock of that zone. */
function wallClock(at: Date, timeZone: string): string {
  return at.toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).replace(' ', 'T')
}

/** Copies of the latest request, each an action of its own. */
async function logRequests(subject: string, moments: Date[]): Promise<void> {
  await workspace.sql(
    `INSERT INTO "RequestLog" ("id", "at", "workspaceId", "correlationId", "purpose", "outcome", "instanceId", "userId", "subject", "httpMethod", "url", "status", "durationMs")
     SELECT gen_random_uuid(), moment, "workspaceId", gen_random_uuid(), "purpose", "outcome", "instanceId", "userId", $2, "httpMethod", "url", "status", "durationMs"
     FROM (SELECT * FROM "RequestLog" WHERE "workspaceId" = $1 ORDER BY "at" DESC LIMIT 1) latest, unnest($3::timestamptz[]) moment`,
    [workspace.workspaceId, subject, moments],
  )
}

const from = (page: Page) => page.getByLabel('From', { exact: true })
const to = (page: Page) => page.getByLabel('To', { exact: true })
const addressOf = (at: Date) => at.toISOString().replace('.000Z', 'Z')
const time = (page: Page) => page.getByRole('combobox', { name: 'Time', exact: true })

test('a range of time is typed in the person’s own zone, and its address means the same everywhere', async ({
  page,
  browser,
}) => {
  await run(page, orders, 200)
  const [before, within, after] = [minutesAgo(200), minutesAgo(150), minutesAgo(100)]
  await logRequests('In a range', [before, within, after])
  const context = await browser.newContext({ baseURL: workspace.url, locale: 'en-GB', timezoneId: 'Asia/Tokyo' })
  await haveSession(context, workspace)
  const tokyo = await context.newPage()
  await tokyo.goto('/activity?q=In+a+range')
  await expect(rows(tokyo)).toHaveCount(3)
  const [start, end] = [minutesAgo(151), minutesAgo(149)]

  await test.step('typed', async () => {
    await expect(tokyo.getByText('Times are in your time zone: Asia/Tokyo (Japan Standard Time).')).toBeVisible()
    await from(tokyo).fill(wallClock(start, 'Asia/Tokyo'))
    await expect(rows(tokyo)).toHaveCount(2)
    await to(tokyo).fill(wallClock(end, 'Asia/Tokyo'))
    await expect(rows(tokyo)).toHaveCount(1)
    await expect(rows(tokyo).locator('time')).toHaveAttribute('datetime', within.toISOString())
    await expect(time(tokyo)).toHaveValue('range')
    const search = new URL(tokyo.url()).searchParams
    expect([search.get('from'), search.get('to')]).toEqual([addressOf(start), addressOf(end)])
  })
  await test.step('Back from a request leads to the same range', async () => {
    await rows(tokyo).getByRole('link').click()
    await expect(tokyo.getByText('Trace ID')).toBeVisible()
    await tokyo.goBack()
    await expect(rows(tokyo)).toHaveCount(1)
    await expect(from(tokyo)).toHaveValue(wallClock(start, 'Asia/Tokyo'))
    await expect(to(tokyo)).toHaveValue(wallClock(end, 'Asia/Tokyo'))
  })
  await test.step('a colleague elsewhere sees the same requests, in their own time', async () => {
    await page.goto(tokyo.url())
    await expect(page.getByText('Times are in your time zone: Europe/London (United Kingdom Time).')).toBeVisible()
    await expect(rows(page)).toHaveCount(1)
    await expect(from(page)).toHaveValue(wallClock(start, 'Europe/London'))
    await expect(to(page)).toHaveValue(wallClock(end, 'Europe/London'))
  })
  await test.step('a period replaces the range, and the range a period', async () => {
    await time(tokyo).selectOption({ label: 'Last 24 hours' })
    await expect(rows(tokyo)).toHaveCount(3)
    await expect(from(tokyo)).toHaveValue('')
    await to(tokyo).fill(wallClock(end, 'Asia/Tokyo'))
    await expect(rows(tokyo)).toHaveCount(2)
    await expect(time(tokyo)).toHaveValue('range')
    expect(new URL(tokyo.url()).searchParams.has('period')).toBe(false)
  })
  await test.step('filters are cleared together with what is typed', async () => {
    await tokyo.getByRole('link', { name: 'Clear filters' }).click()
    await expect(tokyo).toHaveURL(/\/activity$/)
    await expect(from(tokyo)).toHaveValue('')
    await expect(to(tokyo)).toHaveValue('')
    await expect(time(tokyo)).toHaveValue('')
  })
  await context.close()
})

test('pages and orders of a range are of that range', async ({ page }) => {
  await run(page, orders, 200)
  const moments = Array.from({ length: 60 }, (_, index) => minutesAgo(400 + index))
  await logRequests('In pages', [minutesAgo(399), ...moments, minutesAgo(460)])
  const range = `from=${addressOf(moments.at(-1)!)}&to=${addressOf(minutesAgo(399))}`
  await page.goto(`/activity?q=In+pages&${range}`)
  await expect(page.getByText('60 requests', { exact: true })).toBeVisible()
  await expect(rows(page)).toHaveCount(50)
  await page.getByRole('link', { name: 'Next page' }).click()
  await expect(rows(page)).toHaveCount(10)
  await expect(rows(page).last().locator('time')).toHaveAttribute('datetime', moments.at(-1)!.toISOString())
  await page.goBack()
  await expect(rows(page)).toHaveCount(50)
  await page.goto(`/activity?q=In+pages&sort=at&${range}`)
  await expect(rows(page).first().locator('time')).toHaveAttribute('datetime', moments.at(-1)!.toISOString())
  await to(page).fill(wallClock(minutesAgo(409), 'Europe/London'))
  await expect(rows(page)).toHaveCount(50)
  expect(new URL(page.url()).searchParams.get('sort')).toBe('at')
})

test('a range that cannot be is explained at its field, and what was typed stays', async ({ page }) => {
  await page.goto('/activity')

  await test.step('its end is not later than its beginning', async () => {
    await from(page).fill('2026-11-29T10:00')
    await to(page).fill('2026-11-29T09:00')
    await expect(to(page)).toHaveAccessibleDescription('To must be later than From.')
    await expect(page.getByText('Nothing matches')).toBeVisible()
    await page.reload()
    await expect(from(page)).toHaveValue('2026-11-29T10:00')
    await expect(to(page)).toHaveValue('2026-11-29T09:00')
    await expect(to(page)).toHaveAttribute('aria-invalid', 'true')
    await to(page).fill('2026-11-29T11:00')
    await expect(to(page)).not.toHaveAttribute('aria-invalid')
  })
  await test.step('a year out of range', async () => {
    await from(page).fill('0026-11-29T10:00')
    await expect(from(page)).toHaveAccessibleDescription('Enter a year from 2000 to 2100.')
    await expect(from(page)).toHaveValue('0026-11-29T10:00')
  })
  await test.step('a date without a time, which Clear filters clears too', async () => {
    await from(page).fill('')
    await expect(from(page)).not.toHaveAttribute('aria-invalid')
    await from(page).focus()
    // The order of day and month is the browser’s.
    await page.keyboard.type('11112026')
    await page.getByRole('heading', { name: 'Activity' }).click()
    await expect(from(page)).toHaveAccessibleDescription('Enter both the date and the time.')
    const isHalf = () => from(page).evaluate((input: HTMLInputElement) => input.validity.badInput)
    expect(await isHalf()).toBe(true)
    await page.getByRole('link', { name: 'Clear filters' }).click()
    await expect(page).toHaveURL(/\/activity$/)
    await expect(from(page)).not.toHaveAttribute('aria-invalid')
    expect(await isHalf()).toBe(false)
  })
  await test.step('an address without sense', async () => {
    await page.goto('/activity?from=yesterday&to=2026-02-30T00:00:00Z')
    await expect(from(page)).toHaveAccessibleDescription('Enter a date and a time.')
    await expect(to(page)).toHaveAccessibleDescription('Enter a date and a time.')
    await page.getByRole('link', { name: 'Clear filters' }).click()
    await expect(from(page)).not.toHaveAttribute('aria-invalid')
  })
})

test('a year is typed digit by digit without losing one', async ({ page }) => {
  await page.goto('/activity')
  await from(page).fill('2026-11-29T10:00')
  await expect(page).toHaveURL(/from=2026-11-29T10%3A00%3A00Z/)
  await from(page).focus()
  // The year is the third part. After each digit what is typed so far is applied.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  for (const [digit, year] of Object.entries(['0002', '0020', '0202', '2025'])) {
    await page.keyboard.type('2025'[Number(digit)]!)
    await expect(page).toHaveURL(new RegExp(`from=${year}-11-29`))
  }
  await expect(from(page)).toHaveValue('2025-11-29T10:00')
})

test('filters that are changed quickly one after another are all applied', async ({ page }) => {
  await page.goto('/activity')
  let answer = () => {}
  const slow = new Promise<void>((resolve) => (answer = resolve))
  const requested: string[] = []
  const isFiltered = ({ pathname, searchParams }: URL) =>
    pathname === '/activity' && searchParams.has('_rsc') && searchParams.size > 1
  await page.route(isFiltered, async (route) => {
    const request = route.request()
    if (!('next-router-prefetch' in request.headers())) {
      requested.push(new URL(request.url()).search)
      await slow
    }
    await route.continue()
  })
  const select = (name: string) => page.getByRole('combobox', { name, exact: true })
  const main = page.getByRole('navigation', { name: 'Main' })

  await test.step('a list that was requested is forgotten once another page is shown', async () => {
    await select('Status').selectOption('404')
    await expect.poll(() => requested.at(-1)).toContain('status=404')
    await main.getByRole('link', { name: 'Flows' }).click()
    await expect(page).toHaveURL(/\/flows$/)
    await main.getByRole('link', { name: 'Activity' }).click()
    await expect(page).toHaveURL(/\/activity$/)
  })
  await test.step('a range and two other filters, each before the one before it is shown', async () => {
    await from(page).fill('2026-11-29T10:00')
    await from(page).press('Enter')
    await expect.poll(() => requested.at(-1)).toMatch(/^\?from=[^&]+&_rsc/)
    await select('Outcome').selectOption('refused')
    await expect.poll(() => requested.at(-1)).toMatch(/^\?from=[^&]+&outcome=refused&_rsc/)
    await select('Status').selectOption('401')
    await expect.poll(() => requested.at(-1)).toMatch(/^\?from=[^&]+&outcome=refused&status=401&_rsc/)
    await expect(page).toHaveURL(/\/activity$/)
    answer()
    await expect(page).toHaveURL('/activity?from=2026-11-29T10%3A00%3A00Z&outcome=refused&status=401')
    await expect(from(page)).toHaveValue('2026-11-29T10:00')
    await expect(select('Outcome')).toHaveValue('refused')
    await expect(select('Status')).toHaveValue('401')
  })
  await test.step('the next one changes what is shown now', async () => {
    await page.getByRole('link', { name: 'Clear filters' }).click()
    await expect(page).toHaveURL(/\/activity$/)
    await select('Status').selectOption('500')
    await expect(page).toHaveURL('/activity?status=500')
  })
})

test('new requests are announced only while the range includes the present', async ({ page }) => {
  const live = page.getByText('Live: new requests are announced here.')
  const notLive = page.getByText('Not live: the time range does not include the present.')

  await test.step('a range that has ended is not followed', async () => {
    const followed: string[] = []
    page.on('request', (request) => request.url().includes('/activity/events') && followed.push(request.url()))
    await page.goto(`/activity?to=${addressOf(minutesAgo(1))}`)
    await expect(notLive).toBeVisible()
    await run(page, orders, 200)
    await expect(page.getByRole('button', { name: /^Show \d+ new/ })).toBeHidden()
    expect(followed).toEqual([])
  })
  await test.step('neither is one that has not begun', async () => {
    await page.goto(`/activity?from=${addressOf(minutesAgo(-60))}`)
    await expect(notLive).toBeVisible()
  })
  await test.step('one that includes the present is, and shows what is new', async () => {
    await page.goto(`/activity?from=${addressOf(minutesAgo(5))}&to=${addressOf(minutesAgo(-60))}`)
    await expect(live).toBeVisible()
    await run(page, orders, 200)
    await page.getByRole('button', { name: /^Show \d+ new/ }).click()
    await expect(live).toBeVisible()
    await expect(from(page)).toHaveValue(wallClock(minutesAgo(5), 'Europe/London'))
  })
})

test('new requests are no longer announced once the range ends while the page is open', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: workspace.url })
  await haveSession(context, workspace)
  const page = await context.newPage()
  // The clock of the page, so that no slow machine reaches the end of the range before the page is shown.
  await page.clock.install()
  await page.goto(`/activity?to=${addressOf(minutesAgo(-60))}`)
  await expect(page.getByText('Live: new requests are announced here.')).toBeVisible()
  await page.clock.fastForward(60 * minute)
  await expect(page.getByText('Not live: the time range does not include the present.')).toBeVisible()
  await context.close()
})

test('changes have a range of time too', async ({ page }) => {
  for (const [name, at] of [
    ['Changed before', minutesAgo(200)],
    ['Changed within', minutesAgo(150)],
    ['Changed after', minutesAgo(100)],
  ] as const)
    await workspace.sql(
      `INSERT INTO "AuditLog" ("id", "at", "workspaceId", "actorName", "action", "objectType", "objectName")
       VALUES (gen_random_uuid(), $1, $2, 'Dana', 'save_endpoint', 'endpoint', $3)`,
      [at, workspace.workspaceId, name],
    )
  await page.goto('/activity/changes?q=Changed')
  await from(page).fill(wallClock(minutesAgo(151), 'Europe/London'))
  await to(page).fill(wallClock(minutesAgo(149), 'Europe/London'))
  const changes = page.getByRole('table', { name: 'Changes' }).locator('tbody tr')
  await expect(changes).toHaveCount(1)
  await expect(changes).toContainText('Changed within')
  await to(page).fill(wallClock(minutesAgo(160), 'Europe/London'))
  await expect(to(page)).toHaveAccessibleDescription('To must be later than From.')
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await page.getByRole('link', { name: 'Clear filters' }).click()
  await expect(page).toHaveURL(/\/activity\/changes$/)
  await expect(from(page)).toHaveValue('')
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
    const first = await rows(page).first().getByRole('link').getAttribute('href')
    const reversed = '?from=2026-11-29T10:00:00Z&to=2026-11-29T09:00:00Z'
    for (const path of ['/activity', first!, `/activity${reversed}`, `/activity/changes${reversed}`]) {
      if (path !== '/activity') await page.goto(path)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      expect(await axeViolations(page)).toEqual([])
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
})
