import { known } from '@/tests/sandbox/known'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { addMethod, buildConnector, fillInstance, saveMethod, setTestRequest } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'

const workspace = aWorkspace()

test('an optional parameter of a method is a field when adding an instance, and is sent if it has a value', async ({
  page,
}) => {
  const { sandbox } = workspace
  await haveSession(page.context(), workspace)
  const connector = await buildConnector(page, { name: 'Acme Commerce', baseUrl: sandbox.url })
  await addMethod(page, connector, 'basic auth', 'Basic authentication')
  await setTestRequest(page, '/whoami')

  await page.getByRole('tab', { name: 'Headers', exact: true }).click()
  const headers = page.getByRole('tabpanel', { name: 'Headers' })
  await headers.getByRole('button', { name: 'Add header parameter' }).click()
  await headers.getByLabel('Key').fill('X-Tenant')
  await headers.getByLabel('Whether X-Tenant is always sent').selectOption('Optional')
  await saveMethod(page)
  await expect(headers.getByLabel('Value of X-Tenant')).toHaveValue('{{ X_Tenant }}')
  await expect(page.getByText('Unsaved changes in Authentication setup')).toBeHidden()

  const { username, password } = known.basic
  await fillInstance(page, 'Acme Commerce', {
    name: 'instance 1',
    method: 'basic auth',
    values: { Username: username, Password: password, 'X-Tenant': 'north' },
  })
  await page.getByRole('button', { name: 'Create instance' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/instances/new'))
  const [request] = await sandbox.control.getRequests({ path: '/whoami' })
  expect(request?.headers).toMatchObject({ 'x-tenant': 'north' })
})
