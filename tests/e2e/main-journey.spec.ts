import { authoriseAtSandbox } from '@/tests/sandbox/authorise-at-sandbox'
import { known } from '@/tests/sandbox/known'
import { anInstallation, expect, password, test } from '@/tests/support/installation'
import {
  addEndpoint,
  addMethod,
  buildConnector,
  chooseEndpoint,
  chooseInstance,
  fillInstance,
  offeredEndpoints,
  expectRunStatus,
  runShape,
  saveMethod,
  setTestRequest,
  startFlow,
  switchMethod,
} from '@/tests/support/journey'

const installation = anInstallation({ setUp: false })

test('from first-run set-up to a shape that offers each instance exactly the endpoints it may call', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const { sandbox } = installation
  await test.step('first-run set-up', async () => {
    await page.goto('/')
    await page.getByLabel('Workspace name').fill('Acme')
    await page.getByLabel('Your name').fill('Dana')
    await page.getByLabel('Email').fill('dana@example.com')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Create workspace' }).click()
    await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  })
  const connector = await buildConnector(page, { name: 'Acme Commerce', baseUrl: sandbox.url })

  await test.step('basic authentication with a test request', async () => {
    await addMethod(page, connector, 'basic auth', 'Basic authentication')
    await setTestRequest(page, '/whoami')
    await saveMethod(page)
  })

  await test.step('OAuth 2 with its URLs', async () => {
    await addMethod(page, connector, 'OAuth 2', 'OAuth 2 (authorisation code)')
    await page.getByRole('tab', { name: 'URLs', exact: true }).click()
    await page.getByLabel('URL / Token URL').fill(`${sandbox.url}/oauth/token`)
    await page.getByLabel('Authorise URL').fill(`${sandbox.url}/oauth/auth`)
    await expect(page.getByRole('region', { name: 'Redirect URI' })).toContainText(
      `${installation.url}/oauth/authenticate`,
    )
    await setTestRequest(page, '/whoami')
    await saveMethod(page)
  })

  await test.step('the endpoint starts with every method off; only basic is switched on', async () => {
    await addEndpoint(page, connector, { name: 'orders', entityType: 'Orders', url: '/orders' })
    await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
    await expect(page.getByRole('switch', { name: 'basic auth' })).not.toBeChecked()
    await expect(page.getByRole('switch', { name: 'OAuth 2' })).not.toBeChecked()
    await switchMethod(page, 'basic auth', true)
    await page.reload()
    await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
    await expect(page.getByRole('switch', { name: 'basic auth' })).toBeChecked()
    await expect(page.getByRole('switch', { name: 'OAuth 2' })).not.toBeChecked()
  })
  const endpointPage = page.url()

  await test.step('instance 1 with basic authentication is verified', async () => {
    const { username, password } = known.basic
    await fillInstance(page, 'Acme Commerce', {
      name: 'instance 1',
      method: 'basic auth',
      values: { Username: username, Password: password },
    })
    await page.getByRole('button', { name: 'Create instance' }).click()
    await page.waitForURL((url) => !url.pathname.startsWith('/instances/new'))
    await page.goto('/connectors')
    await expect(page.getByRole('listitem').filter({ hasText: 'instance 1' }).last()).toContainText('Connected')
  })

  await test.step('instance 2 is authorised at the third party', async () => {
    const { id, secret } = known.clients.basic
    await fillInstance(page, 'Acme Commerce', {
      name: 'instance 2',
      method: 'OAuth 2',
      values: { 'Client ID': id, 'Client secret': secret, Scope: 'orders.read products.read' },
    })
    await page.getByRole('button', { name: 'Create instance' }).click()
    await authoriseAtSandbox(page, { decision: 'Allow' })
    await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: 'instance 2' }).last()).toContainText('Connected')
  })

  await test.step('the shape offers orders for instance 1 and not for instance 2 (rule R1)', async () => {
    await startFlow(page, 'Nightly orders')
    await chooseInstance(page, 'instance 1')
    expect(await offeredEndpoints(page)).toEqual(['orders'])
    await chooseInstance(page, 'instance 2')
    expect(await offeredEndpoints(page)).toEqual([])
    await expect(page.getByText('1 endpoint of this connector does not accept OAuth 2.')).toBeVisible()
  })
  const flowPage = new URL(page.url()).pathname

  await test.step('instance 1 gets the orders', async () => {
    await chooseInstance(page, 'instance 1')
    await chooseEndpoint(page, 'orders')
    await runShape(page)
    await expect(page.getByRole('region', { name: 'Response body' })).toContainText('"orders"')
  })

  await test.step('switching OAuth 2 on makes it appear for instance 2, without a restart', async () => {
    await page.goto(endpointPage)
    await switchMethod(page, 'OAuth 2', true)
    await page.goto(flowPage)
    await page.getByRole('button', { name: /Connection shape/ }).click()
    await chooseInstance(page, 'instance 2')
    expect(await offeredEndpoints(page)).toEqual(['orders'])
    await chooseEndpoint(page, 'orders')
    await runShape(page)
    const result = page.getByRole('region', { name: 'Run result' })
    await expect(result.getByText('200', { exact: true })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Response body' })).toContainText('"orders"')

    await sandbox.control.delayApi({ ms: 2_000, path: '/orders', times: 1 })
    await runShape(page)
    // The old result fades until the new one is there.
    await expect(result).toHaveAttribute('aria-busy', 'true')
    await expectRunStatus(page, 200)
    await expect(result).not.toHaveAttribute('aria-busy', 'true')
    await result.getByRole('tab', { name: 'Request' }).click()
    await expect(page.getByRole('region', { name: 'Request', exact: true })).toContainText(
      'Authorization: Bearer ••••••',
    )
  })
})
