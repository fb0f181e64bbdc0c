import type { Locator, Page } from '@playwright/test'
import { sandboxConnectorDefinition } from '@/lib/sandbox/definition'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { buildConnector } from '@/tests/support/journey'
import { seedConnector, type SeededShape } from '@/tests/support/seed'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance
let flow: SeededShape
let otherConnectorId: string

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  instance = await acme.addInstance('Acme UK', 'basic auth')
  flow = await acme.addFlow('Nightly orders', { instance, endpoint: 'List orders' })
  const { url, tlsUrl: certificateUrl } = workspace.sandbox
  otherConnectorId = await seedConnector(workspace, {
    ...sandboxConnectorDefinition({ url, certificateUrl }),
    name: 'Other shop',
  })
})
test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
  await page.emulateMedia({ reducedMotion: 'reduce' })
})

const methodPath = async () => `${acme.path}/authentication/${await acme.methodId('OAuth 2')}`
const endpointPath = async (name = 'List orders') => `${acme.path}/endpoints/${await acme.endpointId(name)}`
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
/** 1440 × 900 at 200 %. */
const zoomed = { width: 720, height: 450 }

async function boxOf(element: Locator): Promise<{ top: number; bottom: number }> {
  const box = await element.boundingBox()
  if (!box) throw new Error('not shown')
  return { top: box.y, bottom: box.y + box.height }
}

test('the title of a page contains the name of its object, or that nothing was found', async ({ page }) => {
  const titles: Record<string, string> = {
    [`${acme.path}/overview`]: 'Acme Commerce',
    [acme.path]: 'Basic details · Acme Commerce',
    [`${acme.path}/endpoints`]: 'Endpoints · Acme Commerce',
    [await methodPath()]: 'OAuth 2 · Acme Commerce',
    [await endpointPath()]: 'List orders · Acme Commerce',
    [instance.path]: 'Acme UK · Acme Commerce',
    [flow.path]: 'Nightly orders',
    '/flows/none': 'Not found',
    [`/instances/new?connector=${acme.connectorId}&from=${instance.id}`]: 'Add new instance · Acme Commerce',
    [`/instances/new?connector=${otherConnectorId}&from=${instance.id}`]: 'Not found',
    '/connectors/01990000-0000-7000-8000-000000000000/endpoints': 'Not found',
    '/no/such/page': 'Not found',
  }
  for (const [path, title] of Object.entries(titles)) {
    await page.goto(path)
    await expect(page, path).toHaveTitle(`${title} · Patchbay`)
  }
})

test('a method, an endpoint and an instance are the heading of their page, and the first field is near the top', async ({
  page,
}) => {
  for (const [path, heading, parent] of [
    [await methodPath(), 'OAuth 2', 'Authentication'],
    [await endpointPath(), 'List orders', 'Endpoints'],
    [instance.path, 'Acme UK', 'Instances'],
  ] as const) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
    const breadcrumbs = page.getByRole('navigation', { name: 'Breadcrumbs' })
    await expect(breadcrumbs.getByRole('link', { name: 'Acme Commerce' })).toBeVisible()
    await expect(breadcrumbs.getByRole('link', { name: parent, exact: true })).toBeVisible()
    expect((await boxOf(page.locator('main input[name=name]'))).top, path).toBeLessThanOrEqual(220)
  }
})

test('the selected tab survives a reload and Back, and nothing on the page shifts', async ({ page }) => {
  for (const [path, name, value] of [
    [await methodPath(), 'Token', 'token'],
    [await endpointPath(), 'Response', 'response'],
    [instance.path, 'Authentication', 'authentication'],
    [instance.path, 'Timeline', 'timeline'],
  ] as const) {
    await page.goto(path)
    await tab(page, name).click()
    await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true')
    await expect(page).toHaveURL(new RegExp(`tab=${value}$`))
    await page.reload()
    await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true')
    expect(await layoutShift(page), path).toBe(0)
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Flows' }).click()
    await expect(page).toHaveURL(/\/flows$/)
    await page.goBack()
    await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true')
  }
})

/** The sum of all layout shifts since the page was loaded. */
const layoutShift = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        const add = (entries: PerformanceEntryList) => {
          for (const entry of entries) sum += (entry as PerformanceEntry & { value: number }).value
        }
        const observer = new PerformanceObserver((list) => add(list.getEntries()))
        observer.observe({ type: 'layout-shift', buffered: true })
        requestAnimationFrame(() => setTimeout(() => (add(observer.takeRecords()), resolve(sum)), 100))
      }),
  )

test('Ctrl+S saves and keeps the focus in the field; after clicking the button, the selected tab has the focus', async ({
  page,
}) => {
  await page.goto(await endpointPath('Get order'))
  const name = page.locator('main input[name=name]')
  await name.fill('Get one order')
  await page.keyboard.press('Control+s')
  await expect(page.getByText(/^Saved\./)).toBeVisible()
  await expect(name).toBeFocused()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Get one order')

  await name.fill('Get order')
  await button(page, 'Save endpoint').press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Get order')
  await expect(tab(page, 'URL')).toBeFocused()
})

test('after Save shape the focus goes to Run this shape; a shortcut leaves it where one types', async ({ page }) => {
  await page.goto(flow.path)
  const name = page.getByLabel('Shape name')
  const save = button(page, 'Save shape')
  for (const press of [() => save.press('Enter'), () => save.click()]) {
    await name.fill(`Shape ${Math.random()}`)
    await press()
    await expect(save).toBeDisabled()
    await expect(button(page, 'Run this shape')).toBeFocused()
  }
  await name.fill('Connection 1')
  await page.keyboard.press('Control+s')
  await expect(save).toBeDisabled()
  await expect(name).toBeFocused()
})

test('a message never covers the save bar', async ({ page }) => {
  const path = await endpointPath('Create order')
  for (const size of [{ width: 1440, height: 900 }, zoomed, { width: 375, height: 800 }]) {
    await page.setViewportSize(size)
    await page.goto(path)
    const name = page.locator('main input[name=name]')
    await name.fill('Create one order')
    await page.keyboard.press('Control+s')
    const message = page.locator('[data-sonner-toast]').first()
    await expect(message).toContainText('Saved.')
    await expect
      .poll(async () => (await boxOf(message)).bottom)
      .toBeLessThanOrEqual((await boxOf(button(page, 'Save endpoint'))).top)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create one order')
    await name.fill('Create order')
    await page.keyboard.press('Control+s')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create order')
  }
})

test('at 200 % zoom no control with the focus is behind the save bar or the header', async ({ page }) => {
  await page.setViewportSize(zoomed)
  for (const path of [await methodPath(), await endpointPath(), instance.path, acme.path]) {
    await page.goto(path)
    await page.locator('#main').focus()
    const hidden: string[] = []
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab')
      const found = await page.evaluate(() => {
        const focused = document.activeElement
        if (!focused || focused === document.body || !focused.closest('#main')) return null
        const { left, right, top, bottom, height } = focused.getBoundingClientRect()
        // Something long, such as the panel of a tab, may reach behind the bar.
        const y = height > window.innerHeight / 2 ? Math.max(top, 0) + 60 : (top + bottom) / 2
        const cover = document.elementFromPoint((left + right) / 2, y)?.closest('.sticky')
        return !cover || cover.contains(focused) ? '' : focused.outerHTML.slice(0, 120)
      })
      if (found === null) break
      if (found !== '') hidden.push(found)
    }
    expect(hidden, path).toEqual([])
  }
})

test('the buttons of a long dialog are visible in a low window', async ({ page }) => {
  await page.setViewportSize(zoomed)
  await page.goto(`${acme.path}/variables`)
  await button(page, 'Add variable').click()
  const add = page.getByRole('dialog').getByRole('button', { name: 'Add variable', exact: true })
  await expect(add).toBeInViewport({ ratio: 1 })
  const scrolled = page.getByRole('dialog').getByLabel('Validation pattern')
  await scrolled.focus()
  expect((await boxOf(scrolled)).bottom).toBeLessThanOrEqual((await boxOf(add)).top)
  await page.keyboard.press('Escape')
  await expect(button(page, 'Add variable')).toBeFocused()
})

test('focus starts at the top: of the next step, and of what was created', async ({ page }) => {
  await buildConnector(page, { name: 'Focus API', baseUrl: workspace.sandbox.url })
  await expect(page.getByRole('heading', { level: 1, name: 'Focus API' })).toBeFocused()
  const main = page.locator('main')
  for (const [step, first] of [
    ['Authentication', main.getByRole('button', { name: 'Import' }).first()],
    ['Endpoints', main.getByRole('link', { name: 'List', exact: true })],
  ] as const) {
    await page.getByRole('link', { name: `Next step: ${step}` }).press('Enter')
    await expect(page).toHaveTitle(`${step} · Focus API · Patchbay`)
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.contains(document.querySelector('main h1'))))
      .toBe(false)
    await page.keyboard.press('Tab')
    await expect(first).toBeFocused()
  }
  await main.getByRole('button', { name: 'Add new endpoint' }).first().press('Enter')
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('orders')
  await page.getByRole('dialog').getByLabel('URL', { exact: true }).fill('/orders')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'orders' })).toBeFocused()
})

test('an arrow key opens a picker', async ({ page }) => {
  await page.goto(flow.path)
  for (const name of ['Instance', 'Endpoint']) {
    const picker = page.getByRole('combobox', { name, exact: true })
    await picker.press('ArrowDown')
    await expect(page.getByRole('option').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('option').first()).toBeHidden()
    await expect(picker).toBeFocused()
  }
})

test('the palette creates, checks and switches the theme', async ({ page }) => {
  const run = async (text: string, option: string) => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog', { name: 'Search everything' })).toBeVisible()
    await page.keyboard.type(text)
    await page.getByRole('option', { name: option }).click()
  }
  await page.goto('/activity')
  await run('dark', 'Switch to the dark theme')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await run('check acme uk', 'Check Acme UK')
  await expect(page.locator('[data-sonner-toast]')).toContainText('Acme UK:')
  await run('new flow', 'New flow')
  await expect(page.getByRole('dialog', { name: 'New flow' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/flows$/)
  await run('add new conn', 'Add new connector')
  await expect(page).toHaveURL(/\/connectors\/new$/)
})

test('shortcuts have the key names of the person’s platform', async ({ browser, page, baseURL }) => {
  await page.goto('/activity')
  await expect(button(page, 'Search everything')).toHaveText(/Ctrl K$/, { useInnerText: true })
  const apple = await browser.newContext({ baseURL, userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)' })
  await haveSession(apple, workspace)
  const other = await apple.newPage()
  await other.goto('/activity')
  await expect(button(other, 'Search everything')).toHaveText(/⌘K$/, { useInnerText: true })
  await apple.close()
})

test('while a page loads, a bar and the clicked link show it', async ({ page }) => {
  await page.goto('/connectors')
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Flows' })
  let answer = () => {}
  const slow = new Promise<void>((resolve) => (answer = resolve))
  await page.route(/\/flows\?_rsc/, async (route) => {
    await slow
    await route.continue()
  })
  await link.click()
  await expect(link).toHaveAttribute('data-going', '', { timeout: 100 })
  await expect(page.locator('html')).toHaveAttribute('data-loading', '', { timeout: 100 })
  answer()
  await expect(page).toHaveURL(/\/flows$/)
  await expect(page.locator('html')).not.toHaveAttribute('data-loading', '')
  await expect(link).not.toHaveAttribute('data-going', '')
})

test('a list is read again when its window gets the focus, and what is typed stays', async ({ page }) => {
  const renamed = await acme.addFlow('Before', { instance, endpoint: 'List orders' })
  await page.goto('/flows')
  await page.getByRole('searchbox', { name: 'Search flows' }).fill('e')
  await expect(page).toHaveURL(/q=e$/)
  await expect(page.getByRole('link', { name: 'Before' })).toBeVisible()
  await workspace.sql('UPDATE "Flow" SET "name" = $2 WHERE "id" = $1', [renamed.path.split(/[/?]/)[2], 'After'])
  const look = () => page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await look()
  await expect(page.getByRole('link', { name: 'Before' })).toBeVisible()
  await page.clock.setFixedTime(Date.now() + 31_000)
  await look()
  await expect(page.getByRole('link', { name: 'After' })).toBeVisible()
  await expect(page.getByRole('searchbox', { name: 'Search flows' })).toHaveValue('e')
})
