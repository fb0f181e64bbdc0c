import type { APIRequestContext, Browser, BrowserContext, Page } from '@playwright/test'
import { aWorkspace, expect, password, test, type Person } from '@/tests/support/workspace'

/** Sessions in the profile, and what a cookie can do after its session has ended. */

const workspace = aWorkspace()
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
let person: Person

test.beforeEach(async () => {
  person = await workspace.addPerson('read_only', 'Robin')
})

/** Another computer of the same person, signed in. */
async function elsewhere(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ userAgent: firefox, baseURL: workspace.url })
  const page = await context.newPage()
  await workspace.signIn(page, person)
  return { context, page }
}

const sessionCookie = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name === 'patchbay-session')!.value

/** What somebody gets who copied the cookie. */
async function replay(request: APIRequestContext, cookie: string): Promise<string> {
  const headers = { cookie: `patchbay-session=${cookie}` }
  const response = await request.get(`${workspace.url}/connectors`, { headers, maxRedirects: 0 })
  return response.status() === 307 ? (response.headers().location ?? '') : response.text()
}

const rowOf = (page: Page, device: string) => page.getByRole('row').filter({ hasText: device })

test('the profile lists the sessions, marks this one, and ends another, which then has to sign in', async ({
  page,
  browser,
}) => {
  const other = await elsewhere(browser)
  const cookie = await sessionCookie(other.context)
  await workspace.signIn(page, person)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('link', { name: 'Profile' }).click()
  await expect(page.getByRole('heading', { name: 'Profile', level: 1 })).toBeVisible()
  await expect(page).toHaveTitle(/^Profile/)
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(rowOf(page, 'This session')).toContainText('Chrome on Linux')
  await expect(rowOf(page, 'This session').getByRole('button')).toHaveCount(0)

  await test.step('asks first', async () => {
    await rowOf(page, 'Firefox on Windows').getByRole('button', { name: 'End session' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await other.page.goto('/flows')
    await expect(other.page).toHaveURL(/\/flows$/)
  })

  await test.step('ends it', async () => {
    await rowOf(page, 'Firefox on Windows').getByRole('button', { name: 'End session' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click()
    await expect(rowOf(page, 'Firefox on Windows')).toHaveCount(0)
    await expect(page.getByText('1 session', { exact: true })).toBeVisible()
    await other.page.goto('/flows')
    await expect(other.page).toHaveURL(/\/login\?returnTo=%2Fflows$/)
    expect(await replay(page.request, cookie)).toMatch(/^\/login/)
  })
  await other.context.close()
})

test('all other sessions are ended together, and this one stays', async ({ page, browser }) => {
  const others = [await elsewhere(browser), await elsewhere(browser)]
  await workspace.signIn(page, person)
  await page.goto('/profile')
  await page.getByRole('button', { name: 'End all other sessions' }).click()
  await expect(page.getByRole('dialog', { name: 'End 2 other sessions?' })).toBeVisible()
  await page.getByRole('dialog').getByRole('button', { name: 'End all other sessions' }).click()
  await expect(page.getByText('Ended 2 other sessions')).toBeVisible()
  await expect(rowOf(page, 'Firefox on Windows')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'End all other sessions' })).toHaveCount(0)
  for (const other of others) {
    await other.page.goto('/profile')
    await expect(other.page).toHaveURL(/\/login/)
    await other.context.close()
  }
})

test('after signing out, the old cookie leads to the log-in and is not renewed', async ({ page, context }) => {
  await workspace.signIn(page, person)
  const cookie = await sessionCookie(context)
  expect(await replay(page.request, cookie)).toContain('Robin')
  const session = await page.request.get('/api/auth/session')
  expect(session.headersArray().filter(({ name }) => name.toLowerCase() === 'set-cookie')).toEqual([])
  expect(Object.keys((await session.json()) as object)).toEqual(['expires'])
  expect(await sessionCookie(context)).toBe(cookie)
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(/\/login/)
  expect(await replay(page.request, cookie)).toMatch(/^\/login/)
  const headers = { cookie: `patchbay-session=${cookie}` }
  expect(await (await page.request.get('/api/auth/session', { headers })).json()).toEqual({})
})

test('a program that uses the protocol of next-auth signs in and out, and its cookie is useless afterwards', async ({
  playwright,
}) => {
  const request = await playwright.request.newContext({ baseURL: workspace.url, userAgent: 'nightly-sync/1.0' })
  const csrfToken = async () =>
    ((await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string }).csrfToken
  const form = async (fields: Record<string, string>) => ({ ...fields, csrfToken: await csrfToken(), json: 'true' })
  await request.post('/api/auth/callback/credentials', { form: await form({ email: person.email, password }) })
  const cookie = (await request.storageState()).cookies.find(({ name }) => name === 'patchbay-session')!.value
  const sessions = () =>
    workspace.sql(`SELECT "userAgent", "endedAt" IS NULL AS "isOpen" FROM "Session" WHERE "userId" = $1`, [person.id])
  expect(await sessions()).toEqual([{ userAgent: 'nightly-sync/1.0', isOpen: true }])
  await request.post('/api/auth/signout', { form: await form({}) })
  expect(await sessions()).toEqual([{ userAgent: 'nightly-sync/1.0', isOpen: false }])
  expect(await replay(request, cookie)).toMatch(/^\/login/)
  await request.dispose()
})

test('on a phone the menu leads to the profile, and the list fits', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 800 })
  await workspace.signIn(page, person)
  await page.getByRole('button', { name: 'Open navigation' }).click()
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('link', { name: 'Profile' }).click()
  await expect(page.getByRole('heading', { name: 'Profile', level: 1 })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(rowOf(page, 'This session')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
})
