import type { Page } from '@playwright/test'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import type { SeededShape } from '@/tests/support/seed'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { expectRunStatus, runShape } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'
import { known } from '@/tests/sandbox/known'

// What people see when an API rejects the credentials of an instance, and how they repair it (PRODUCT §11).

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance
let flow: SeededShape

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  await acme.addInstance('Acme AA', 'API token')
  instance = await acme.addInstance('Acme UK', 'basic auth')
  flow = await acme.addFlow('Nightly orders', { instance, endpoint: 'List orders' })
})
test.beforeEach(async ({ page }) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
})

const navigation = (page: Page) => page.getByRole('navigation', { name: 'Main' })
const count = (page: Page) => navigation(page).getByRole('link', { name: '1 failing instance' })
const password = (value: string) => workspace.sandbox.control.setBasicPassword({ password: value })

test('a run that is refused with 401 is shown everywhere, with the way to fix it, and a successful one clears it', async ({
  page,
}) => {
  await password('changed at Acme')

  await test.step('the result, the shape and the navigation show it immediately', async () => {
    await page.goto(flow.path)
    await expect(count(page)).toHaveCount(0)
    await runShape(page)
    await expectRunStatus(page, 401)
    const result = page.getByRole('region', { name: 'Run result' })
    await expect(result).toContainText('401 Unauthorized')
    await expect(result.getByRole('alert')).toContainText('rejected the credentials of “Acme UK”')
    await expect(result.getByRole('link', { name: 'Open instance settings' })).toBeVisible()
    await expect(page.getByRole('alert').filter({ hasText: 'Acme UK is failing' })).toContainText('401 Unauthorized')
    await expect(page.getByText('The instance is failing')).toBeVisible()
    await expect(count(page)).toBeVisible()
  })

  await test.step('the flow is not ready, and names the instance with a link to it', async () => {
    await page.goto('/flows')
    const row = page.getByRole('row').filter({ hasText: 'Nightly orders' })
    await expect(row).toContainText('1 shape needs attention')
    await expect(row).not.toContainText('Ready')
    await expect(row.getByRole('link', { name: 'Open settings of Acme UK' })).toHaveAttribute('href', instance.path)
  })

  await test.step('the palette shows it before anything is typed', async () => {
    await page.getByRole('button', { name: 'Search everything' }).click()
    await expect(page.getByRole('option').first()).toContainText(/Acme UK.*Failing/)
    await page.keyboard.press('Escape')
  })

  await test.step('Manage connectors lists it first, with its reason and Check now', async () => {
    await navigation(page).getByRole('link', { name: 'Connectors & instances' }).click()
    const first = page
      .getByRole('list', { name: /^Instances of/ })
      .getByRole('listitem')
      .first()
    await expect(first).toContainText('Acme UK')
    await expect(first).toContainText('rejected the credentials (401 Unauthorized)')
    await expect(first.getByRole('link', { name: 'Open settings: Acme UK' })).toBeVisible()
    await first.getByRole('button', { name: 'Check now: Acme UK' }).click()
    await expect(first.getByRole('status')).toContainText('401 Unauthorized')
  })

  await test.step('the instance shows the reason at the top, next to Check now, which clears it', async () => {
    await page.goto(instance.path)
    const notice = page.getByRole('alert').filter({ hasText: 'This instance is failing' })
    await expect(notice).toBeInViewport()
    await expect(notice).toContainText('401 Unauthorized')
    await expect(notice.getByRole('button', { name: 'Check now' })).toBeInViewport()
    await password(known.basic.password)
    await notice.getByRole('button', { name: 'Check now' }).click()
    await expect(notice).toHaveCount(0)
    await expect(page.getByText('Connected since')).toBeVisible()
    await expect(count(page)).toHaveCount(0)
  })

  await test.step('a successful run also clears it', async () => {
    await password('changed at Acme')
    await page.goto(flow.path)
    await runShape(page)
    await expect(count(page)).toBeVisible()
    await password(known.basic.password)
    await runShape(page)
    await expectRunStatus(page, 200)
    await expect(page.getByText('The instance is failing')).toHaveCount(0)
    await expect(count(page)).toHaveCount(0)
  })
})

test('the count in the navigation is updated while pages change', async ({ page }) => {
  await page.goto('/flows')
  await expect(count(page)).toHaveCount(0)
  await workspace.sql(`UPDATE "Instance" SET "status" = 'failing' WHERE "id" = $1`, [instance.id])
  await navigation(page).getByRole('link', { name: 'Activity' }).click()
  await expect(count(page)).toBeVisible()
  await workspace.sql(`UPDATE "Instance" SET "status" = 'connected' WHERE "id" = $1`, [instance.id])
  await navigation(page).getByRole('link', { name: 'Settings' }).click()
  await expect(count(page)).toHaveCount(0)
})

test('a run that is refused with 403 says that a scope or permission is missing, and the instance stays connected', async ({
  page,
}) => {
  await workspace.sandbox.control.failApi({ status: 403 })
  await page.goto(flow.path)
  await runShape(page)
  await expectRunStatus(page, 403)
  await expect(page.getByRole('region', { name: 'Run result' })).toContainText('“Acme UK” lacks a scope or permission')
  await expect(page.getByText('Missing scope or permission (403)')).toBeVisible()
  await expect(count(page)).toHaveCount(0)
  await page.goto(instance.path)
  await expect(page.getByText('Connected since')).toBeVisible()
})

test('read-only people see the cause, but no buttons that they may not use', async ({ page }) => {
  await workspace.sql(
    `UPDATE "Instance" SET "status" = 'failing', "statusReason" = 'Acme rejected them.' WHERE "id" = $1`,
    [instance.id],
  )
  await haveSession(page.context(), workspace, await workspace.addPerson('read_only', 'Rita'))
  await page.goto('/connectors')
  await expect(page.getByText('Acme rejected them.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Open settings: Acme UK' })).toBeVisible()
  await expect(page.getByRole('button', { name: /Check now/ })).toHaveCount(0)
  await page.goto(instance.path)
  await expect(page.getByRole('alert').filter({ hasText: 'This instance is failing' })).toBeInViewport()
  await expect(page.getByRole('button', { name: /Check now|Authorise again/ })).toHaveCount(0)
  await workspace.sql(`UPDATE "Instance" SET "status" = 'connected', "statusReason" = '' WHERE "id" = $1`, [
    instance.id,
  ])
})
