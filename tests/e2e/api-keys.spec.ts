import type { Page } from '@playwright/test'
import { newId } from '@/lib/platform/db/new-id'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { axeViolations } from '@/tests/support/axe'
import { keepAnswers, leaks, leaksInDatabase } from '@/tests/support/secret-sweep'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test, type Person, type Workspace } from '@/tests/support/workspace'

/** API keys in the settings: created, shown once, changed, revoked (PRODUCT §9, DATA §14). */

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  instance = await acme.addInstance('Acme UK', 'basic auth')
})

test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
})

const list = '/settings/api-keys'
const shownKey = (page: Page) => page.getByLabel('API key', { exact: true })
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
const narrow = { width: 375, height: 800 }

async function expectAccessible(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([])
}

async function expectFitsPhone(page: Page): Promise<void> {
  const { width, height } = page.viewportSize()!
  await page.setViewportSize(narrow)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrow.width)
  await expectAccessible(page)
  await page.setViewportSize({ width, height })
}

type Row = { id: string; role: string; restricted: boolean; callOnly: boolean; days: number | null; revoked: boolean }

async function stored({ sql, workspaceId }: Workspace, name: string): Promise<Row | undefined> {
  const [row] = await sql<Row>(
    `SELECT "id", "role", "restricted", "callOnly", round(extract(epoch FROM "expiresAt" - now()) / 86400)::int AS "days",
       "revokedAt" IS NOT NULL AS "revoked"
     FROM "ApiKey" WHERE "workspaceId" = $1 AND "name" = $2`,
    [workspaceId, name],
  )
  return row
}

/** A key in the database, for tests that do not create it. */
async function aKey(name: string): Promise<{ id: string; path: string }> {
  const id = newId()
  await workspace.sql(
    `INSERT INTO "ApiKey" ("id", "workspaceId", "ownerId", "name", "foldedName", "role", "keyHash", "prefix", "lastUsedAt", "lastUsedAddress")
     VALUES ($1::uuid, $2, $3, $4::text, lower($4::text), 'user', $1::uuid::text, 'pb_AbCdEf', now() - interval '3 hours', '203.0.113.7')`,
    [id, workspace.workspaceId, workspace.administrator.id, name],
  )
  return { id, path: `${list}/${id}` }
}

const limitsOf = (id: string) =>
  workspace.sql(`SELECT "connectorId", "instanceId" FROM "ApiKeyLimit" WHERE "keyId" = $1`, [id])

test('a key is created with its limits, shown once, and nowhere after a reload', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/settings')
  await page.getByRole('link', { name: 'API keys' }).click()
  await expect(page.getByText('No API keys yet')).toBeVisible()
  await expect(page).toHaveTitle(/^API keys/)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Create API key' }).click()
  await expect(page.getByRole('link', { name: 'API keys' }).first()).toHaveAttribute('aria-current', 'page')
  await expect(page.getByLabel('Name')).toBeFocused()

  await test.step('refuses limits that name nothing, at the field', async () => {
    await page.getByLabel('Name').fill('Nightly export')
    await page.getByLabel('Some connectors or instances').check()
    await page.getByRole('button', { name: 'Create API key' }).click()
    await expect(page.getByRole('alert').first()).toContainText('Choose at least one connector or instance')
    await expect(page.getByLabel('Name')).toHaveValue('Nightly export')
  })

  await test.step('searches a connector and an instance with the keyboard', async () => {
    const add = page.getByRole('combobox', { name: 'Add a connector or instance' })
    for (const [search, name] of [
      ['commerce', 'Acme Commerce'],
      ['acme uk', 'Acme UKAcme Commerce'],
    ] as const) {
      await add.focus()
      await page.keyboard.press('ArrowDown')
      await page.getByPlaceholder('Search connectors and instances').fill(search)
      await expect(page.getByRole('dialog').getByRole('option')).toHaveText([name])
      await page.keyboard.press('Enter')
      await expect(page.getByRole('list', { name: 'Limited to' })).toContainText(name.slice(0, 7))
    }
    await page.getByRole('button', { name: 'Remove Acme UK' }).click()
    await expect(page.getByRole('list', { name: 'Limited to' }).getByRole('listitem')).toHaveCount(1)
  })

  await page.getByLabel('Only call endpoints').check()
  await page.getByLabel('Expires').selectOption({ label: 'In 30 days' })
  await expectAccessible(page)
  await expectFitsPhone(page)
  await page.getByRole('button', { name: 'Create API key' }).click()

  await expect(page.getByRole('heading', { name: '“Nightly export” was created' })).toBeFocused()
  await expect(page.getByText('It is not shown again.')).toBeVisible()
  const key = await shownKey(page).innerText()
  expect(key).toMatch(/^pb_[\w-]{43}$/)
  await expect(page.getByRole('region', { name: 'Example' })).toHaveText(`Authorization: Bearer ${key}`)
  await page.getByRole('button', { name: 'Copy API key' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key)
  await expectAccessible(page)
  await expectFitsPhone(page)

  const row = await stored(workspace, 'Nightly export')
  expect(row).toMatchObject({ role: 'user', restricted: true, callOnly: true, days: 30, revoked: false })
  expect(await limitsOf(row!.id)).toEqual([{ connectorId: acme.connectorId, instanceId: null }])

  const secrets = { key, 'the end of the key': key.slice(-20) }
  const answers = await keepAnswers(page.context(), workspace)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Create API key' })).toBeVisible()
  await expect(shownKey(page)).toHaveCount(0)
  await page.goto(list)
  await expect(rowOf(page, 'Nightly export')).toContainText(`${key.slice(0, 9)}…`)
  await expect(rowOf(page, 'Nightly export')).toContainText('Only calls endpoints · Only 1 connector')
  await page.getByRole('link', { name: 'Nightly export' }).click()
  await expect(page.getByRole('heading', { name: 'Nightly export' })).toBeVisible()
  await page.goto('/activity/changes')
  await expect(rowOf(page, 'Created API key')).toContainText('Added connector Acme Commerce')
  expect(answers.length).toBeGreaterThan(3)
  expect(leaks(answers, secrets)).toEqual([])
  expect(await leaksInDatabase(workspace, secrets)).toEqual([])
})

test('the list shows state, role, owner and last use, and is searched and ordered', async ({ page }) => {
  await aKey('List one')
  const two = await aKey('List two')
  await workspace.sql(`UPDATE "ApiKey" SET "revokedAt" = now() WHERE "id" = $1`, [two.id])
  await page.goto(`${list}?q=list`)
  await expect(rowOf(page, 'List one')).toContainText(/Active.*User.*Dana.*3 hours ago.*from 203\.0\.113\.7.*Never/s)
  await expect(rowOf(page, 'List two')).toContainText('Revoked')
  await expectAccessible(page)
  await expectFitsPhone(page)
  await page.getByRole('link', { name: 'Created' }).click()
  await expect(page.getByRole('row').nth(1)).toContainText('List one')
  await expect(page).toHaveURL(/sort=created/)
  await page.getByRole('link', { name: 'Created' }).click()
  await expect(page).toHaveURL(/sort=-created/)
  await expect(page.getByRole('row').nth(1)).toContainText('List two')
  await page.getByLabel('State').selectOption({ label: 'Revoked' })
  await expect(rowOf(page, 'List one')).toHaveCount(0)
  await page.getByLabel('State').selectOption({ label: 'Expired' })
  await expect(page.getByText('No API key matches this search.')).toBeVisible()
})

test('limits, role and expiry are edited, and a save after somebody else’s shows both versions', async ({ page }) => {
  const key = await aKey('Edited')
  await page.goto(key.path)
  await expect(page).toHaveTitle(/^Edited · API keys/)
  await expectAccessible(page)
  await page.getByLabel('Role').selectOption('Manager')
  await page.getByLabel('Some connectors or instances').check()
  await page.getByRole('combobox', { name: 'Add a connector or instance' }).click()
  await page.getByRole('option', { name: 'Acme UK' }).click()
  await page.getByLabel('Expires').selectOption({ label: 'On a date' })
  await page.getByLabel('Expiry date').fill('2020-01-01')
  await page.getByRole('button', { name: 'Save API key' }).click()
  await expect(page.getByText('Choose a time in the future.').first()).toBeVisible()
  await page.getByLabel('Expiry date').fill('2099-12-31')
  await expectFitsPhone(page)
  await page.getByRole('button', { name: 'Save API key' }).click()
  await expect(page.getByText('API key saved.')).toBeVisible()
  expect(await stored(workspace, 'Edited')).toMatchObject({ role: 'manager', restricted: true })
  expect(await limitsOf(key.id)).toEqual([{ connectorId: null, instanceId: instance.id }])
  await page.reload()
  await expect(page.getByLabel('Role')).toHaveValue('manager')
  await expect(page.getByRole('list', { name: 'Limited to' })).toContainText('Acme UK')
  await expect(page.getByText('Expires 31 Dec 2099.')).toBeVisible()

  await test.step('somebody else saves first', async () => {
    await page.getByLabel('Name').fill('Edited here')
    await workspace.sql(
      `UPDATE "ApiKey" SET "name" = 'Edited there', "callOnly" = true, "revision" = "revision" + 1 WHERE "id" = $1`,
      [key.id],
    )
    await page.getByRole('button', { name: 'Save API key' }).click()
    await expect(page.getByText('saved changes while you were editing')).toBeVisible()
    await expect(page.getByRole('radio', { name: 'Theirs: Edited there' })).toBeVisible()
    await expect(page.getByLabel('Only call endpoints')).toBeChecked()
    await page.getByRole('button', { name: 'Save API key' }).click()
    await expect.poll(() => stored(workspace, 'Edited here')).toMatchObject({ callOnly: true, role: 'manager' })
  })
})

test('revoking asks first, says what stops, and cannot be undone', async ({ page }) => {
  const key = await aKey('Revoked one')
  await page.goto(key.path)
  await page.getByRole('button', { name: 'Revoke API key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Revoke Revoked one?' })
  await expect(dialog).toContainText('Every program that uses this key stops working at once')
  await expect(dialog).toContainText('from 203.0.113.7')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await stored(workspace, 'Revoked one')).toMatchObject({ revoked: false })
  await page.getByRole('button', { name: 'Revoke API key' }).click()
  await dialog.getByRole('button', { name: 'Revoke API key' }).click()
  await expect(page.getByText('“Revoked one” was revoked')).toBeVisible()
  await expect(page.getByRole('main').getByText('Revoked', { exact: true }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: /Save|Revoke/ })).toHaveCount(0)
  expect(await stored(workspace, 'Revoked one')).toMatchObject({ revoked: true })
})

test('activity finds what a key did, and leads to the key', async ({ page }) => {
  const key = await aKey('Deploy script')
  await workspace.sql(
    `INSERT INTO "AuditLog" ("id", "workspaceId", "userId", "actorKind", "actorId", "actorName", "action", "objectType", "objectName", "changes")
     VALUES ($1, $2, $3, 'api_key', $4, 'Deploy script', 'create_flow', 'flow', 'Made by a key', '{"fields":[]}')`,
    [newId(), workspace.workspaceId, workspace.administrator.id, key.id],
  )
  await page.goto('/activity/changes')
  await page.getByRole('combobox', { name: 'Person or key' }).click()
  await page.getByPlaceholder('Search people and API keys').fill('deploy')
  await page.getByRole('option', { name: 'Deploy script' }).click()
  await expect(page.getByText('1 change', { exact: true })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Person or key' })).toHaveText('Deploy script')
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Person or key' })).toHaveText('Deploy script')
  await expectAccessible(page)
  await rowOf(page, 'Made by a key').getByRole('link', { name: 'Deploy script' }).click()
  await expect(page.getByRole('heading', { name: 'Deploy script' })).toBeVisible()
  await page.getByRole('link', { name: 'Changes made with it' }).click()
  await expect(rowOf(page, 'Made by a key')).toBeVisible()
})

test('a manager sees no key, on no page', async ({ page }) => {
  const key = await aKey('Hidden one')
  const manager: Person = await workspace.addPerson('manager', 'Max')
  await haveSession(page.context(), workspace, manager)
  for (const path of [list, `${list}/new`, key.path]) {
    await page.goto(path)
    await expect(page.getByText('Settings are for administrators')).toBeVisible()
    await expect(page.getByText('Hidden one')).toHaveCount(0)
    await expect(page).not.toHaveTitle(/Hidden one/)
    await expect(page.getByRole('button', { name: /API key/ })).toHaveCount(0)
  }
})
