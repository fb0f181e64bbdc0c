import { anInstallation, expect, test } from '@/tests/support/installation'
import { axeViolations } from '@/tests/support/axe'
import { haveSession } from '@/tests/support/session'

const installation = anInstallation({ breakable: true })

test.afterEach(() => installation.wayToDatabase!.mend().catch(() => {}))

const health = async (path: string) => (await fetch(installation.url + path)).status

test('without a database, the page says so and reloads by itself when the database is back', async ({
  page,
  context,
}) => {
  await haveSession(context, installation)
  await page.goto('/connectors')
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  expect(await health('/health/ready')).toBe(200)

  await installation.wayToDatabase!.break()
  const response = await page.goto('/activity')
  expect(response?.status()).toBe(503)
  expect(response?.headers()).toMatchObject({ 'retry-after': '5', 'cache-control': 'no-store' })
  await expect(page.getByRole('heading', { name: 'The database cannot be reached' })).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  expect(await health('/health/live')).toBe(200)
  await expect.poll(() => health('/health/ready')).toBe(503)

  await installation.wayToDatabase!.mend()
  await expect(page.getByRole('heading', { name: 'Activity' })).toBeVisible({ timeout: 20_000 })
  await expect.poll(() => health('/health/ready')).toBe(200)
})

test('a link that is followed in the meantime leads to the same message, and to its page when the database is back', async ({
  page,
  context,
}) => {
  await haveSession(context, installation)
  await page.goto('/connectors')
  await installation.wayToDatabase!.break()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Flows', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'The database cannot be reached' })).toBeVisible()
  await installation.wayToDatabase!.mend()
  await expect(page.getByRole('heading', { name: 'Flows', level: 1 })).toBeVisible({ timeout: 20_000 })
})

test('a form that is sent in the meantime says so and keeps what was typed', async ({ page, context }) => {
  await haveSession(context, installation)
  await page.goto('/connectors/new')
  await page.getByLabel('Name', { exact: true }).fill('Acme')
  await installation.wayToDatabase!.break()
  await page.getByRole('button', { name: 'Next step' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'its database does not respond' })).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Acme')
  await installation.wayToDatabase!.mend()
  await page.getByRole('button', { name: 'Next step' }).click()
  await expect(page).toHaveURL(/\/connectors\/[\w-]{36}/)
})
