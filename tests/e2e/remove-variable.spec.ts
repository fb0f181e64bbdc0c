import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { openTab } from '@/tests/support/method-setup'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

/** The dialog that says what is removed with a variable. */

const workspace = aWorkspace()
let acme: SeededAcme

test.beforeAll(async () => void (acme = await seedAcme(workspace)))
test.beforeEach(({ page }) => haveSession(page.context(), workspace))

test('asks once what uses the variable, also if the page is read again by a save that was still under way', async ({
  page,
}) => {
  await page.goto(`${acme.path}/authentication/${await acme.methodId('OAuth 2')}`)
  await (await openTab(page, 'URLs')).getByLabel('Authorise URL').fill('https://login.acme.test/authorise')
  const panel = await openTab(page, 'Auth variables')
  const { promise: isOpen, resolve: goOn } = Promise.withResolvers<void>()
  let requests = 0
  await page.route('**/*', async (route) => {
    if (route.request().headers()['next-action'] === undefined) return route.fallback()
    requests += 1
    await isOpen
    return route.continue()
  })
  await page.getByRole('button', { name: 'Save authentication method' }).click()
  await panel.getByRole('button', { name: 'Remove Scope' }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove Scope?' })
  await expect(dialog).toContainText('Checking what uses it')
  goOn()
  await expect(dialog).not.toContainText('Checking what uses it')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Saved.').first()).toBeVisible()
  expect(requests, 'the save and the question').toBe(2)
})
