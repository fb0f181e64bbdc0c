import type { Browser, Page } from '@playwright/test'
import { axeViolations } from '@/tests/support/axe'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

/** *Return addresses*, *Mail*, *Retention* and *Workers* in the settings of a workspace. */

const workspace = aWorkspace()
const pages = [
  { path: '/settings/return-addresses', heading: 'Return addresses' },
  { path: '/settings/mail', heading: 'Mail' },
  { path: '/settings/retention', heading: 'Retention' },
  { path: '/settings/workers', heading: 'Workers' },
]
const done = 'https://app.example.com/done'

test.beforeEach(async ({ page }) => {
  await workspace.sql(`DELETE FROM "WorkspaceSetting" WHERE "workspaceId" = $1`, [workspace.workspaceId])
  await haveSession(page.context(), workspace)
})

const stored = async (key: string) =>
  (
    await workspace.sql<{ value: unknown }>(
      `SELECT "value" FROM "WorkspaceSetting" WHERE "workspaceId" = $1 AND "key" = $2`,
      [workspace.workspaceId, key],
    )
  )[0]?.value
const field = (page: Page, label: string) => page.getByLabel(label).and(page.locator('input, textarea'))
const saveButton = (page: Page, what: string) => page.getByRole('button', { name: `Save ${what}`, exact: true })

/** Robin, another administrator, at the same page. */
async function robinAt(browser: Browser, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: workspace.url })
  await haveSession(context, workspace, await workspace.addPerson('administrator', 'Robin'))
  const page = await context.newPage()
  await page.goto(path)
  // Until it is hydrated, what is typed is not noticed.
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('form [name]') ?? {}).some((key) => key.startsWith('__reactFiber$')),
  )
  return page
}

test('every screen is reached by its tab, has no fault that axe finds, and fits a phone', async ({ page }) => {
  await page.goto('/settings')
  for (const { path, heading } of pages) {
    const tab = page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: heading, exact: true })
    await tab.click()
    await expect(page).toHaveURL(path)
    await expect(page.getByRole('heading', { name: heading, level: 2, exact: true })).toBeVisible()
    await expect(page).toHaveTitle(new RegExp(`^${heading} · `))
    expect(await axeViolations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 375, height: 800 })
  for (const { path } of pages) {
    await page.goto(path)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
    expect(await axeViolations(page)).toEqual([])
  }
})

test('managers see none of the screens', async ({ page }) => {
  await haveSession(page.context(), workspace, await workspace.addPerson('manager'))
  for (const { path, heading } of pages) {
    await page.goto(path)
    await expect(page.getByText('Settings are for administrators')).toBeVisible()
    await expect(page.getByRole('heading', { name: heading, level: 2, exact: true })).toHaveCount(0)
  }
})

test.describe('Return addresses', () => {
  const path = '/settings/return-addresses'

  test('are saved with the keyboard only, shown in their normal form, and audited', async ({ page }) => {
    await page.goto(path)
    await expect(page.getByText('Never changed.')).toBeVisible()
    await field(page, 'Addresses').focus()
    await page.keyboard.type(`HTTPS://App.Example.com:443/done\n\n  http://localhost:4000/back`)
    await page.keyboard.press('ControlOrMeta+s')
    await expect(page.getByText('Return addresses saved.')).toBeVisible()
    await expect(field(page, 'Addresses')).toHaveValue(`${done}\nhttp://localhost:4000/back`)
    await expect(page.getByText(/^Changed by Dana/)).toBeVisible()
    await expect(saveButton(page, 'return addresses')).toBeDisabled()
    expect(await stored('returnAddresses')).toEqual([done, 'http://localhost:4000/back'])
    await page.goto('/activity/changes')
    const row = page.getByRole('row').filter({ hasText: 'Changed return addresses' }).first()
    await expect(row).toContainText('Setting')
    await expect(row).toContainText(`Added return addresses ${done}, http://localhost:4000/back`)
  })

  test('that are wrong are named at the field, and what was typed stays', async ({ page }) => {
    await page.goto(path)
    const typed = `${done}\nhttp://app.example.com/\n${done}`
    await field(page, 'Addresses').fill(typed)
    await saveButton(page, 'return addresses').click()
    const message = /Address 2 must begin with https:\/\/.*Address 3 is a duplicate of address 1\./
    await expect(page.getByRole('alert').filter({ hasText: message })).toBeFocused()
    await expect(field(page, 'Addresses')).toHaveAccessibleDescription(message)
    await expect(field(page, 'Addresses')).toHaveValue(typed)
    expect(await axeViolations(page)).toEqual([])
    expect(await stored('returnAddresses')).toBeUndefined()
  })

  test('that are not saved are not lost by leaving', async ({ page }) => {
    await page.goto(path)
    await field(page, 'Addresses').fill(done)
    await page.getByRole('link', { name: 'Retention', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stay on this page' }).click()
    await expect(field(page, 'Addresses')).toHaveValue(done)
    await page.getByRole('button', { name: 'Discard' }).click()
    await expect(field(page, 'Addresses')).toHaveValue('')
    await page.getByRole('link', { name: 'Retention', exact: true }).click()
    await expect(page).toHaveURL('/settings/retention')
  })

  test('of two editors: the second sees both versions and chooses', async ({ page, browser }) => {
    const robin = await robinAt(browser, path)
    await page.goto(path)
    await field(page, 'Addresses').fill(done)
    await saveButton(page, 'return addresses').click()
    await expect(page.getByText('Return addresses saved.')).toBeVisible()
    await field(robin, 'Addresses').fill(`${done}/robin`)
    await saveButton(robin, 'return addresses').click()
    const choices = robin.getByRole('region', { name: 'Dana saved changes while you were editing' })
    await expect(choices).toBeVisible()
    await expect(field(robin, 'Addresses')).toHaveValue(`${done}/robin`)
    expect(await stored('returnAddresses')).toEqual([done])
    const group = choices.getByRole('group', { name: 'Addresses' })
    await group.getByRole('radio', { name: 'Theirs' }).click()
    await expect(field(robin, 'Addresses')).toHaveValue(done)
    await group.getByRole('radio', { name: 'Yours' }).click()
    await saveButton(robin, 'return addresses').click()
    await expect(robin.getByText('Return addresses saved.')).toBeVisible()
    expect(await stored('returnAddresses')).toEqual([`${done}/robin`])
    await robin.context().close()
  })
})

test.describe('Retention', () => {
  const path = '/settings/retention'

  test('says what is stored, for how long, and what is permanent', async ({ page }) => {
    await page.goto(path)
    const facts = page.getByRole('region', { name: 'What is stored' })
    await expect(facts).toContainText('The audit log is permanent')
    await expect(facts).toContainText('7 days: address, status, headers and timing')
    await expect(facts).toContainText('3 days: what was sent and received')
  })

  test('is made longer without a question', async ({ page }) => {
    await page.goto(path)
    await field(page, 'Days to store requests').fill('30')
    await field(page, 'Hours to store bodies').fill('240')
    await expect(page.getByText('hours (10 days)')).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByText('Retention saved.')).toBeVisible()
    await expect(page.getByRole('region', { name: 'What is stored' })).toContainText('30 days: address')
    expect(await stored('retention')).toEqual({ requestDays: 30, bodyHours: 240 })
  })

  test('asks before it is made shorter, says what is deleted, and keeps what was typed', async ({ page }) => {
    await page.goto(path)
    await field(page, 'Days to store requests').fill('2')
    await field(page, 'Hours to store bodies').fill('5')
    await saveButton(page, 'retention').click()
    const dialog = page.getByRole('dialog', { name: 'Delete older requests?' })
    await expect(dialog).toContainText(
      'The next clean-up, within an hour, deletes requests older than 2 days and bodies older than 5 hours. They cannot be restored.',
    )
    expect(await axeViolations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(field(page, 'Days to store requests')).toHaveValue('2')
    expect(await stored('retention')).toBeUndefined()
    await saveButton(page, 'retention').click()
    await dialog.getByRole('button', { name: 'Save and delete' }).click()
    await expect(page.getByText('Retention saved.')).toBeVisible()
    await expect(dialog).toBeHidden()
    expect(await stored('retention')).toEqual({ requestDays: 2, bodyHours: 5 })
  })

  test('that cannot be is refused at its field', async ({ page }) => {
    await page.goto(path)
    await field(page, 'Days to store requests').fill('0')
    await field(page, 'Hours to store bodies').fill('1e2')
    await saveButton(page, 'retention').click()
    await expect(field(page, 'Days to store requests')).toHaveAccessibleDescription(
      /Enter a whole number of days from 1 to 90\./,
    )
    await expect(field(page, 'Hours to store bodies')).toHaveAccessibleDescription(/Enter a whole number of hours/)
    await field(page, 'Days to store requests').fill('2')
    await field(page, 'Hours to store bodies').fill('72')
    await saveButton(page, 'retention').click()
    await expect(field(page, 'Hours to store bodies')).toHaveAccessibleDescription(
      /Bodies cannot be stored longer than their requests\. Enter at most 48 hours \(2 days\)\./,
    )
    expect(await stored('retention')).toBeUndefined()
  })

  test('of two editors who changed different fields: both are stored', async ({ page, browser }) => {
    const robin = await robinAt(browser, path)
    await page.goto(path)
    await field(page, 'Days to store requests').fill('30')
    await saveButton(page, 'retention').click()
    await expect(page.getByText('Retention saved.')).toBeVisible()
    await field(robin, 'Hours to store bodies').fill('100')
    await saveButton(robin, 'retention').click()
    const choices = robin.getByRole('region', { name: 'Dana saved changes while you were editing' })
    await expect(choices).toContainText('Also changed, and now shown here: Days to store requests.')
    await expect(field(robin, 'Days to store requests')).toHaveValue('30')
    await saveButton(robin, 'retention').click()
    await expect(robin.getByText('Retention saved.')).toBeVisible()
    expect(await stored('retention')).toEqual({ requestDays: 30, bodyHours: 100 })
    await robin.context().close()
  })
})

test('without a mail server, Mail says which variables to set, with an example', async ({ page }) => {
  await page.goto('/settings/mail')
  await expect(page.getByText('Not set (PATCHBAY_SMTP_URL)')).toBeVisible()
  await page.getByRole('button', { name: 'Send test mail' }).click()
  const notice = page.getByRole('status').filter({ hasText: 'Mail is not set up' })
  await expect(notice).toContainText('Set PATCHBAY_SMTP_URL and PATCHBAY_MAIL_FROM')
  await expect(notice).toContainText('PATCHBAY_SMTP_URL=smtp://user:password@mail.example.com:587')
})

test('Workers shows what runs, without reloading, and warns of a worker of another version', async ({ page }) => {
  await page.goto('/settings/workers')
  const workers = page.getByRole('table', { name: 'Workers' })
  await expect(workers.getByRole('row').filter({ hasText: 'Running' }).first()).toBeVisible()
  await expect(
    page.getByRole('table', { name: 'Queue' }).getByRole('row', { name: /^Reading documents/ }),
  ).toBeVisible()
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  const [{ id }] = (await workspace.sql<{ id: string }>(
    `INSERT INTO "Worker" ("id", "hostName", "processId", "version", "running", "seenAt")
     VALUES (gen_random_uuid(), 'build-7', 7, '0.0.1', '{"write-import": 2}', now() - interval '5 minutes') RETURNING "id"`,
  )) as [{ id: string }]
  const silent = workers.getByRole('row').filter({ hasText: 'build-7' })
  await expect(silent).toContainText('Not responding', { timeout: 15_000 })
  await expect(silent).toContainText('Writing connectors (2)')
  await expect(page.getByText('1 worker of another version')).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
  await workspace.sql(`DELETE FROM "Worker" WHERE "id" = $1`, [id])
  await expect(silent).toBeHidden({ timeout: 15_000 })
})
