import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import type { SeededShape } from '@/tests/support/seed'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

/** What is typed is never discarded without asking, and lists keep their search, order and page. */

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance
let flow: SeededShape

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  instance = await acme.addInstance('Acme UK', 'basic auth')
  flow = await acme.addFlow('Nightly orders', { instance, endpoint: 'List orders' })
})
test.beforeEach(({ page }) => haveSession(page.context(), workspace))

for (const [how, close] of [
  ['Escape', 'key'],
  ['a click outside', 'outside'],
  ['its own button', 'button'],
] as const) {
  test(`a dialog with something typed asks before it closes: ${how}`, async ({ page }) => {
    await page.goto(`${acme.path}/endpoints`)
    await page.getByRole('button', { name: 'Add new endpoint' }).first().click()
    const form = page.getByRole('dialog', { name: 'Add new endpoint' })
    const question = page.getByRole('dialog', { name: 'Discard what you typed?' })
    const leave = async () => {
      if (close === 'key') await page.keyboard.press('Escape')
      else if (close === 'outside') await page.mouse.click(5, 5)
      else await form.getByRole('button', { name: 'Close' }).click()
    }
    await form.getByLabel('Name', { exact: true }).fill('Half an endpoint')
    await leave()
    await expect(question).toBeVisible()
    await question.getByRole('button', { name: 'Keep editing' }).click()
    await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Half an endpoint')
    await leave()
    await question.getByRole('button', { name: 'Discard' }).click()
    await expect(form).toBeHidden()

    await test.step('with nothing typed it closes immediately', async () => {
      await page.getByRole('button', { name: 'Add new endpoint' }).first().click()
      await expect(form.getByLabel('Name', { exact: true })).toHaveValue('')
      await leave()
      await expect(form).toBeHidden()
      await expect(question).toBeHidden()
    })
  })
}

test('Back leads to the previous step of a new connector', async ({ page }) => {
  await page.goto('/connectors/new')
  await page.getByLabel('Name', { exact: true }).fill('Step by step')
  await page.getByRole('button', { name: 'Next step' }).click()
  await page.waitForURL(/\/variables$/)
  const connector = page.url().replace(/\/variables$/, '')
  await page.goto(connector)
  await page.getByRole('link', { name: 'Next step' }).click()
  await page.waitForURL(/\/variables$/)
  await page.getByRole('link', { name: 'Next step' }).click()
  await page.waitForURL(/\/authentication$/)
  await page.goBack()
  await page.waitForURL(/\/variables$/)
  await page.goBack()
  await expect(page).toHaveURL(connector)
})

test('a long list goes to the next page and back, and search and order survive Back', async ({ page }) => {
  for (let number = 101; number <= 155; number += 1)
    await acme.addFlow(`Paged ${number}`, { instance, endpoint: 'List orders' })
  await page.goto('/flows?q=Paged')
  const pages = page.getByRole('navigation', { name: 'Pages' })
  await expect(pages.getByRole('link', { name: 'Previous page' })).toHaveCount(0)
  const first = await page
    .getByRole('main')
    .getByRole('link', { name: /^Paged/ })
    .first()
    .innerText()
  await pages.getByRole('link', { name: 'Next page' }).click()
  await expect(pages.getByRole('link', { name: 'Next page' })).toHaveCount(0)
  await expect(page).toHaveURL(/q=Paged/)
  await pages.getByRole('link', { name: 'Previous page' }).click()
  await expect(pages.getByRole('link', { name: 'Next page' })).toBeVisible()
  await expect(
    page
      .getByRole('main')
      .getByRole('link', { name: /^Paged/ })
      .first(),
  ).toHaveText(first)

  await page
    .getByRole('main')
    .getByRole('link', { name: /^Paged/ })
    .first()
    .click()
  await page.waitForURL(/\/flows\/[0-9a-f-]{36}/)
  await page.goBack()
  await expect(page).toHaveURL(/\/flows\?q=Paged/)
  await expect(page.getByRole('searchbox')).toHaveValue('Paged')
})

const editors = [
  {
    what: 'an endpoint',
    path: async () => `${acme.path}/endpoints/${await acme.endpointId('List products')}`,
    fields: ['Name', 'URL'],
    save: 'Save endpoint',
  },
  {
    what: 'an authentication method',
    path: async () => `${acme.path}/authentication/${await acme.methodId('API token')}`,
    fields: ['Timeout limit', 'Name'],
    save: 'Save authentication method',
  },
  {
    what: 'the settings of an instance',
    path: async () => instance.path,
    fields: ['Instance name', 'Simultaneous requests'],
    save: 'Save instance settings',
  },
  { what: 'a shape', path: async () => flow.path, fields: ['Shape name', 'Timeout limit'], save: 'Save shape' },
] as const

for (const { what, path, fields, save } of editors) {
  test(`what is typed while ${what} is being saved stays, and is saved next`, async ({ page }) => {
    // By its id: its name changes.
    const address = await path()
    await page.goto(address)
    const [first, second] = fields.map((label) =>
      page.getByLabel(label, { exact: true }).and(page.locator('input, textarea')),
    )
    const type = async (field: typeof first, more: string) => {
      const value = (await field!.inputValue()).replace(/^\d+$/, '4') + more
      await field!.fill(value)
      return value
    }
    const earlier = await type(first, '1')
    const { promise: asked, resolve: goOn } = Promise.withResolvers<void>()
    await page.route('**/*', async (route) => {
      if (route.request().headers()['next-action'] === undefined) return route.fallback()
      await asked
      return route.continue()
    })
    await page.getByRole('button', { name: save, exact: true }).click()
    const later = await type(second, '2')
    goOn()
    await expect(page.getByText(/^(Saved|Shape saved)/).first()).toBeVisible()
    await page.unroute('**/*')
    await expect(second!).toHaveValue(later)
    await expect(first!).toHaveValue(earlier)
    const answered = page.waitForResponse((response) => response.request().headers()['next-action'] !== undefined)
    await page.getByRole('button', { name: save, exact: true }).click()
    await answered
    const again = await page.context().newPage()
    await again.goto(address)
    const stored = (label: string) => again.getByLabel(label, { exact: true }).and(again.locator('input, textarea'))
    await expect(stored(fields[0])).toHaveValue(earlier)
    await expect(stored(fields[1])).toHaveValue(later)
  })
}
