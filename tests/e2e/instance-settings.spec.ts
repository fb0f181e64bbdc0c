import type { Page } from '@playwright/test'
import { known } from '@/tests/sandbox/known'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import type { SeededShape } from '@/tests/support/seed'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { expectShapeRuns, replaceSecret } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'

const workspace = aWorkspace()
let acme: SeededAcme
let number = 0

/** Each test has an instance of its own, and a flow that uses it. */
async function anInstanceInUse(
  method: 'basic auth' | 'OAuth 2' = 'basic auth',
): Promise<{ instance: SeededInstance; flow: SeededShape }> {
  number += 1
  const instance = await acme.addInstance(`Acme ${number}`, method)
  return { instance, flow: await acme.addFlow(`Flow ${number}`, { instance, endpoint: 'List orders' }) }
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true })
const testConnection = (page: Page) => page.getByRole('button', { name: 'Test instance connection' })
const save = (page: Page) => page.getByRole('button', { name: 'Save instance settings' })
const status = (page: Page) => page.getByRole('main').locator('header').first()

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
})
test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
})
test.afterEach(() => workspace.sandbox.control.failApi({ status: 503, times: 0 }))

test('a wrong password is refused on test and on save, and the old one stays valid (rule R6)', async ({
  page,
  context,
}) => {
  const { instance, flow } = await anInstanceInUse()
  await page.goto(instance.path)
  await tab(page, 'Authentication').click()
  await replaceSecret(page, 'Password', 'not-the-password')

  await testConnection(page).click()
  const said = page.getByRole('alert').filter({ hasText: 'Rejected' })
  await expect(said).toContainText('rejected the credentials (401 Unauthorized)')
  await expect(said).toContainText('Calling the test request · status 401')

  await save(page).click()
  await expect(said).toContainText('nothing was saved. The previous credentials are still in use.')
  await expect(page.getByRole('button', { name: 'Save without verifying' })).toBeHidden()
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('not-the-password')
  await expect(status(page)).toContainText('Connected')
  await expectShapeRuns(context, flow.path)

  await page.getByLabel('Password', { exact: true }).fill(known.basic.password)
  await testConnection(page).click()
  await expect(page.getByRole('status').filter({ hasText: 'Accepted' })).toBeVisible()
  await save(page).click()
  await expect(page.getByText('Saved. The credentials were accepted.')).toBeVisible()
  await expectShapeRuns(context, flow.path)
})

test('a lost connection is reported, and what was typed is still there', async ({ page }) => {
  const { instance } = await anInstanceInUse()
  await page.goto(instance.path)
  await tab(page, 'Authentication').click()
  await replaceSecret(page, 'Password', known.basic.password)
  await page.route('**/*', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))

  for (const press of [save, testConnection]) {
    await press(page).click()
    const said = page.getByRole('alert').filter({ hasText: 'The server could not be reached, or failed.' })
    await expect(said).toContainText('what you typed is still here')
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue(known.basic.password)
  }
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByText('The server could not be reached, or failed. Try again.', { exact: true })).toBeVisible()

  await page.unroute('**/*')
  await save(page).click()
  await expect(page.getByText('Saved. The credentials were accepted.')).toBeVisible()
})

test('if the result is unclear, the person may save without verifying, and the instance says so (rules R6 and R7)', async ({
  page,
}) => {
  const { instance } = await anInstanceInUse()
  await workspace.sandbox.control.failApi({ status: 503, path: '/whoami' })
  await page.goto(instance.path)
  await tab(page, 'Authentication').click()
  await replaceSecret(page, 'Password', known.basic.password)
  await save(page).click()
  await expect(page.getByRole('status').filter({ hasText: 'Could not verify' })).toContainText('503')
  await expect(status(page)).toContainText('Connected')

  await page.getByRole('button', { name: 'Save without verifying' }).click()
  await expect(page.getByText('Saved. Applies to all flows.')).toBeVisible()
  await expect(status(page)).toContainText('Not verified')
  await expect(page.getByRole('button', { name: 'Replace Password' })).toBeVisible()

  await workspace.sandbox.control.failApi({ status: 503, times: 0 })
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(status(page)).toContainText('Connected')
})

test('Check now tests the current credentials, and shows the response of the third party (rule R7)', async ({
  page,
}) => {
  const { instance } = await anInstanceInUse()
  await workspace.sandbox.control.setBasicPassword({ password: 'changed at Acme' })
  await page.goto(instance.path)
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(status(page)).toContainText('Failing')
  await expect(page.getByText('rejected the credentials (401 Unauthorized)').first()).toBeVisible()
  await workspace.sandbox.control.setBasicPassword({ password: known.basic.password })
})

test('a test is not offered if a person has to act at the third party', async ({ page }) => {
  const { instance } = await anInstanceInUse('OAuth 2')
  await page.goto(instance.path)
  await expect(save(page)).toBeVisible()
  await expect(testConnection(page)).toBeHidden()
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByText('accepted the credentials (200 OK).').first()).toBeVisible()
})

test('an OAuth 2 instance is saved without going to the third party if only its details changed', async ({ page }) => {
  const { instance } = await anInstanceInUse('OAuth 2')
  await page.goto(instance.path)
  await page.getByLabel('Simultaneous requests').fill('3')
  await save(page).click()
  await expect(page.getByText('Saved. Applies to all flows.')).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`${instance.path}`))
})

test('what is typed survives switching tabs, and one save stores all of it (rule R8)', async ({ page }) => {
  const { instance } = await anInstanceInUse()
  await page.goto(instance.path)
  await page.getByLabel('Instance name').fill('Acme renamed')
  await tab(page, 'Authentication').click()
  await replaceSecret(page, 'Password', known.basic.password)
  await tab(page, 'Certificates').click()
  await tab(page, 'Instance details').click()
  await expect(page.getByLabel('Instance name')).toHaveValue('Acme renamed')
  await tab(page, 'Authentication').click()
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue(known.basic.password)
  await expect(page.getByText('Unsaved changes in Instance details and Authentication')).toBeVisible()

  await save(page).click()
  await expect(page.getByText('Saved. The credentials were accepted.')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Instance name')).toHaveValue('Acme renamed')
})

test('leaving with unsaved changes asks first, by a link and by the back button (rule R8)', async ({ page }) => {
  const { instance } = await anInstanceInUse()
  const list = `/connectors?q=${encodeURIComponent(instance.name)}`
  await page.goto(list)
  await page.getByRole('link', { name: `Settings for ${instance.name}`, exact: true }).click()
  await page.getByLabel('Instance name').fill('Not saved')
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Flows' }).click()
  await question.getByRole('button', { name: 'Stay on this page' }).click()
  await expect(page.getByLabel('Instance name')).toHaveValue('Not saved')

  await page.evaluate(() => history.back())
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Leave without saving' }).click()
  await expect(page).toHaveURL(new URL(list, workspace.url).href)
  await expect(page.getByRole('link', { name: `Settings for ${instance.name}`, exact: true })).toBeVisible()
})

test('the second of two editors sees who was first, and loses nothing (rule R12)', async ({ page, browser }) => {
  const { instance } = await anInstanceInUse()
  const robin = await workspace.addPerson('manager', 'Robin')
  const context = await browser.newContext()
  const second = await context.newPage()
  await haveSession(second.context(), workspace, robin)
  await page.goto(instance.path)
  await second.goto(instance.path)

  await second.getByLabel('Simultaneous requests').fill('7')
  await second.getByRole('tab', { name: 'Authentication', exact: true }).click()
  await replaceSecret(second, 'Password', known.basic.password)
  await page.getByLabel('Date format').fill('DD/MM/YYYY')
  await save(page).click()
  await expect(page.getByText('Saved. Applies to all flows.')).toBeVisible()

  await save(second).click()
  await expect(second.getByRole('region', { name: 'Dana saved changes while you were editing' })).toContainText(
    'Nothing that you typed is lost',
  )
  await expect(second.getByLabel('Password', { exact: true })).toHaveValue(known.basic.password)
  await second.getByRole('tab', { name: 'Instance details', exact: true }).click()
  await expect(second.getByLabel('Simultaneous requests')).toHaveValue('7')
  expect(
    await workspace.sql(`SELECT "dateFormat", "maxConcurrent" FROM "Instance" WHERE "id" = $1`, [instance.id]),
  ).toEqual([{ dateFormat: 'DD/MM/YYYY', maxConcurrent: null }])
  await context.close()
})

test('an instance that a flow uses cannot be deleted, and deletion requires typing the name (rule R11)', async ({
  page,
}) => {
  const { instance, flow } = await anInstanceInUse()
  const deleteIt = async () => {
    await page.getByRole('button', { name: 'Delete instance' }).click()
    const dialog = page.getByRole('dialog', { name: `Delete ${instance.name}?` })
    await expect(dialog.getByRole('button', { name: 'Delete instance' })).toBeDisabled()
    await dialog.getByRole('textbox').fill(instance.name)
    await dialog.getByRole('button', { name: 'Delete instance' }).click()
    return dialog
  }
  await page.goto(instance.path)
  const refused = await deleteIt()
  await expect(refused.getByRole('alert')).toContainText(`Flow ${number}`)

  await workspace.sql(`DELETE FROM "Shape" WHERE "id" = $1`, [flow.shapeId])
  await page.reload()
  await deleteIt()
  await expect(page).toHaveURL(/\/connectors$/)
  await expect(page.getByRole('link', { name: `Settings for ${instance.name}`, exact: true })).toBeHidden()
})
