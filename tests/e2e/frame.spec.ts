import { axeViolations } from '@/tests/support/axe'
import { loseScripts } from '@/tests/support/lost-scripts'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { haveSession } from '@/tests/support/session'

const workspace = aWorkspace()

test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
  await page.goto('/connectors')
})

test('the navigation leads to every section, also with the keyboard', async ({ page }) => {
  const navigation = page.getByRole('navigation', { name: 'Main' })
  for (const [name, path] of [
    ['Flows', '/flows'],
    ['Activity', '/activity'],
    ['Settings', '/settings'],
    ['Connectors & instances', '/connectors'],
  ] as const) {
    await navigation.getByRole('link', { name, exact: true }).press('Enter')
    await expect(page).toHaveURL(new RegExp(`${path}$`))
    await expect(navigation.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page')
  }
  await page.goto('/connectors')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.locator('#main')).toBeFocused()
})

test('the palette finds a page and opens it', async ({ page }) => {
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog', { name: 'Search everything' })).toBeVisible()
  await page.keyboard.type('activ')
  await expect(page.getByRole('option', { name: 'Activity' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/activity$/)
})

test('the palette says so if nothing matches', async ({ page }) => {
  await page.getByRole('button', { name: 'Search everything' }).click()
  await page.keyboard.type('no such thing')
  await expect(page.getByText('Nothing matches “no such thing”')).toBeVisible()
})

test('what is typed while the palette loads is searched for', async ({ page }) => {
  await page.goto('/activity')
  const { promise: asked, resolve: goOn } = Promise.withResolvers<void>()
  await page.route('**/_next/static/chunks/**', async (route) => {
    await asked
    return route.continue()
  })
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('aq')
  await page.keyboard.press('Backspace')
  goOn()
  await expect(page.getByRole('dialog', { name: 'Search everything' }).getByRole('combobox')).toBeFocused()
  await page.keyboard.type('ctiv')
  await expect(page.getByRole('combobox')).toHaveValue('activ')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('combobox')).toHaveValue('')
})

test('a palette that cannot be loaded says so, and captures no keys', async ({ page }) => {
  await page.goto('/connectors/new')
  const field = page.getByLabel('Description')
  const bringBack = await loseScripts(page)
  await page.keyboard.press('ControlOrMeta+k')
  await bringBack()
  await page.keyboard.press('Shift')
  await expect(page.getByText('The search could not be loaded.')).toBeVisible()
  await field.pressSequentially('abc')
  await expect(field).toHaveValue('abc')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('the chosen appearance stays', async ({ page }) => {
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByText('Dark', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('on a phone the navigation is a sheet that closes when a link is used', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 800 })
  await page.getByRole('button', { name: 'Open navigation' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Flows', exact: true }).click()
  await expect(page).toHaveURL(/\/flows$/)
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
})

test('an unknown address says so', async ({ page }) => {
  const answer = await page.goto('/connectors/01990000-0000-7000-8000-000000000000')
  expect(answer?.status()).toBe(404)
  await expect(page.getByText('Page not found')).toBeVisible()
})

test('every response has the security headers, and scripts only run with a nonce', async ({ page, request }) => {
  const answer = await request.get('/login')
  expect(answer.headers()).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
  })
  expect(answer.headers()).not.toHaveProperty('x-powered-by')
  expect(answer.headers()['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/)
  const complaints: string[] = []
  page.on('console', (message) => message.text().includes('Content Security Policy') && complaints.push(message.text()))
  await page.goto('/connectors')
  await page.getByRole('button', { name: 'Acme' }).click()
  expect(complaints).toEqual([])
})

test('signing out ends the session', async ({ page }) => {
  await page.getByRole('button', { name: 'Acme' }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/login$/)
  await page.goto('/connectors')
  await expect(page).toHaveURL(/\/login\?returnTo=%2Fconnectors$/)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`log-in and palette have no accessibility faults (${colorScheme})`, async ({ page, context }) => {
    await page.emulateMedia({ colorScheme })
    await page.keyboard.press('ControlOrMeta+k')
    await expect(page.getByRole('option').first()).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    await context.clearCookies()
    await page.goto('/login')
    expect(await axeViolations(page)).toEqual([])
  })
}
