import { anInstallation, expect, test } from '@/tests/support/installation'
import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { fillInstance } from '@/tests/support/journey'
import { openTab } from '@/tests/support/method-setup'
import { haveSession } from '@/tests/support/session'
import { known } from '@/tests/sandbox/known'

/**
 * The browser uses an address of this installation that is not among its public ones. Without APP_URL the server answers
 * to it; the address it is configured with is the one of localhost.
 */

const installation = anInstallation({
  environment: () => ({
    APP_URL: '',
    PATCHBAY_PUBLIC_URLS: 'https://patchbay.example.com https://staging.example.com',
  }),
})
const otherUrl = () => installation.url?.replace('localhost', '127.0.0.1')
const mainHost = () => new URL(installation.url).host
test.use({ baseURL: async ({}, use) => use(otherUrl()) })
let acme: SeededAcme
test.beforeAll(async () => {
  acme = await seedAcme(installation)
})
test.beforeEach(({ page }) => haveSession(page.context(), { ...installation, url: otherUrl() }))

test('Authorise explains next to the button that the address is not configured, and where to continue', async ({
  page,
}) => {
  const instance = await acme.addInstance('Acme EU', 'OAuth 2')
  await page.goto(instance.path)
  const button = page.getByRole('button', { name: 'Authorise again', exact: true })
  await expect(button).toBeDisabled()
  await expect(button).toHaveAccessibleDescription(/this address, which is not configured/)
  await expect(page.getByRole('link', { name: `Continue at ${mainHost()}` })).toHaveAttribute(
    'href',
    `${installation.url}${instance.path}`,
  )
})

test('a new instance is refused with the reason, nothing is stored, and what was typed stays', async ({ page }) => {
  const { id, secret } = known.clients.post
  await fillInstance(page, 'Acme Commerce', {
    name: 'Acme US',
    method: 'OAuth 2',
    values: { 'Client ID': id, 'Client secret': secret },
  })
  await page.getByRole('button', { name: 'Create instance' }).click()
  await expect(page.getByRole('alert').filter({ hasText: `Open Patchbay at ${installation.url}` })).toBeVisible()
  await expect(page.getByLabel('Client ID', { exact: true })).toHaveValue(id)
  expect(await installation.sql(`SELECT 1 FROM "Instance" WHERE "name" = 'Acme US'`)).toEqual([])
  expect(await installation.sql(`SELECT 1 FROM "PendingAuthorisation"`)).toEqual([])
})

test('the redirect URIs are at the top of URLs, with labels, and the callback variable shows its default', async ({
  page,
}) => {
  await page.goto(`${acme.path}/authentication/${await acme.methodId('OAuth 2')}`)
  const urls = await openTab(page, 'URLs')
  const region = urls.getByRole('region', { name: 'Redirect URI' })
  await expect(region.getByRole('listitem')).toHaveText([
    `${mainHost()}${installation.url}/oauth/authenticate`,
    'patchbay.example.comhttps://patchbay.example.com/oauth/authenticate',
    'Staginghttps://staging.example.com/oauth/authenticate',
  ])
  await expect(region.getByRole('button', { name: /^Copy / })).toHaveCount(3)
  const [top, first] = await Promise.all([region.boundingBox(), urls.getByRole('textbox').first().boundingBox()])
  expect(top!.y).toBeLessThan(first!.y)

  const variables = await openTab(page, 'Auth variables')
  const row = variables.getByRole('row').filter({ hasText: 'Dashboard OAuth Callback URL' })
  await expect(row).toContainText(`${installation.url}/oauth/authenticate`)
})

test('the list of types contains each once, and its search finds other names', async ({ page }) => {
  await page.goto(`${acme.path}/authentication`)
  await page.getByRole('button', { name: 'Add new authentication method' }).click()
  const form = page.getByRole('dialog')
  const choice = form.getByLabel('Select an authentication method')
  await expect(choice.getByRole('option', { name: /authorisation code/i })).toHaveCount(1)
  await form.getByLabel('Search types').fill('OAuth 2 Authorisation Code')
  await expect(choice).toHaveValue('oauth2_authorization_code')
  await expect(choice.locator('option:checked')).toHaveText('OAuth 2 (authorisation code)')
})
