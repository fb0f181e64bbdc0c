import {
  buildMethod,
  fillCredentials,
  openCredentials,
  runEndpoint,
  type Way,
} from '@/tests/support/authentication-journey'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { setFields } from '@/tests/support/method-setup'
import { haveSession } from '@/tests/support/session'

test.describe.configure({ timeout: 180_000 })
const workspace = aWorkspace()
test.beforeEach(({ page }) => haveSession(page.context(), workspace))

test('a client certificate alone: a wrong key is refused before anything is sent, another authority is refused by the third party', async ({
  page,
}) => {
  const { sandbox } = workspace
  const { caPem, clientPem, clientKeyPem, otherKeyPem, wrongClientPem, wrongClientKeyPem } =
    await sandbox.control.getCertificates()
  const way: Way = { name: 'Certificate', type: 'None', baseUrl: sandbox.tlsUrl }
  await buildMethod(page, way, workspace)
  await fillCredentials(page, way, {})
  const form = page.getByRole('form', { name: 'Add new instance' })
  const create = page.getByRole('button', { name: 'Create instance' })

  await setFields(form, { 'Certificate (PEM)': clientPem, 'Private key (PEM)': otherKeyPem, 'Private CA (PEM)': caPem })
  await create.click()
  await expect(form.getByLabel('Private key (PEM)', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  expect(await sandbox.control.getRequests()).toEqual([])

  await setFields(form, { 'Certificate (PEM)': wrongClientPem, 'Private key (PEM)': wrongClientKeyPem })
  await create.click()
  await expect(
    form.getByRole('alert').or(form.getByRole('status')).filter({ hasText: 'the instance was not created' }),
  ).toBeVisible()

  await setFields(form, { 'Certificate (PEM)': clientPem, 'Private key (PEM)': clientKeyPem })
  await create.click()
  await page.waitForURL((url) => !url.pathname.startsWith('/instances/new'))
  await openCredentials(page, way)
  await page.getByRole('button', { name: 'Test instance connection' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Accepted' })).toBeVisible()
  const request = await runEndpoint(page, way, workspace)
  expect(request).toMatchObject({ server: 'tls', status: 200 })
  expect(request.headers.authorization).toBeUndefined()
})
