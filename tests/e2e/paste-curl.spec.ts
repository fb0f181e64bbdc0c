import type { Page } from '@playwright/test'
import { seedAcme } from '@/tests/support/acme-workspace'
import { known } from '@/tests/sandbox/known'
import { axeViolations } from '@/tests/support/axe'
import { chooseEndpoint, chooseInstance, expectRunStatus, runShape, startFlow } from '@/tests/support/journey'
import { keepAnswers, leaks } from '@/tests/support/secret-sweep'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// A curl command becomes a connector, a method or an endpoint; its secrets are only stored in an instance (rule R10).

const workspace = aWorkspace()
test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
})

const { username, password } = known.basic
const orders = (credentials: string) =>
  `curl '${workspace.sandbox.url}/orders?status=open' \\\n  -u '${credentials}' \\\n  -H 'Accept: application/json' --insecure`

async function expectNoScrolling(page: Page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  expect(wide, 'the page scrolls sideways').toBe(false)
}

test('a pasted command becomes a connector with an instance, which calls the real server', async ({
  page,
  context,
}) => {
  const answers = await keepAnswers(context, workspace)
  await page.goto('/connectors')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Paste a curl command' }).click()
  const dialog = page.getByRole('dialog', { name: 'Paste a curl command' })
  const command = dialog.getByLabel('curl command', { exact: true })

  await test.step('what is no command is refused with the reason, and the text stays', async () => {
    await command.fill('wget https://a.test')
    await expect(command).toHaveAccessibleDescription(/not a curl command/)
    await expect(command).toHaveValue('wget https://a.test')
    await expect(dialog.getByRole('button', { name: 'Add connector' })).toBeDisabled()
    await command.fill(`curl 'https://a.test`)
    await expect(command).toHaveAccessibleDescription(/never closed/)
  })

  await test.step('the preview shows the request, the method and the notes', async () => {
    await command.fill(orders(`${username}:${password}`))
    const understood = dialog.getByRole('region', { name: 'What was understood' })
    await expect(understood).toContainText(`${workspace.sandbox.url}/orders`)
    await expect(understood).toContainText('Basic authentication')
    await expect(understood).toContainText('Password in the command')
    await expect(understood.getByRole('list', { name: 'Import report' })).toContainText('--insecure')
    expect(await axeViolations(page)).toEqual([])
    await page.setViewportSize({ width: 375, height: 720 })
    await expectNoScrolling(page)
    expect(await axeViolations(page)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 720 })
  })

  await test.step('it is added, with the instance', async () => {
    await dialog.getByLabel('Connector name').fill('Pasted shop')
    await dialog.getByLabel('Instance name').fill('Pasted UK')
    await dialog.getByRole('button', { name: 'Add connector' }).click()
    await page.waitForURL(/\/overview$/)
    await expect(page.getByRole('heading', { name: 'Pasted shop' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Pasted UK' }).first()).toBeVisible()
    await expect(page.getByText('Added from a curl command')).toBeVisible()
  })

  await test.step('the instance calls the endpoint', async () => {
    await startFlow(page, 'Pasted')
    await chooseInstance(page, 'Pasted UK')
    await chooseEndpoint(page, 'List orders')
    await page.getByRole('button', { name: 'Save shape' }).click()
    await runShape(page)
    await expectRunStatus(page, 200)
  })
  expect(leaks(answers, { password })).toEqual([])
})

test('a command whose credentials are rejected becomes a connector without an instance', async ({ page }) => {
  await page.goto('/connectors')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Paste a curl command' }).click()
  const dialog = page.getByRole('dialog', { name: 'Paste a curl command' })
  await dialog
    .getByLabel('curl command', { exact: true })
    .fill(`curl -u ${username}:wrong-one ${workspace.sandbox.url}/customers`)
  await dialog.getByLabel('Connector name').fill('Rejected shop')
  await dialog.getByRole('button', { name: 'Add connector' }).click()
  await page.waitForURL(/\/overview$/)
  await expect(page.getByText(/was added without an instance/)).toBeVisible()
})

test('a pasted command becomes a method and an endpoint of a connector', async ({ page }) => {
  const { path, methodId } = await seedAcme(workspace)
  expect(await methodId('basic auth')).toBeTruthy()

  await test.step('the method has the credential in its place, without its value', async () => {
    await page.goto(`${path}/authentication`)
    await page.getByRole('button', { name: 'Add new authentication method' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Add new authentication method' })
    await dialog.getByRole('tab', { name: 'Paste a curl command' }).click()
    await dialog
      .getByLabel('curl command', { exact: true })
      .fill(`curl ${workspace.sandbox.url}/orders -H 'X-Shop-Key: planted-shop-key'`)
    await expect(dialog.getByRole('region', { name: 'What was understood' })).toContainText('API key in the command')
    expect(await axeViolations(page)).toEqual([])
    await dialog.getByLabel('Method name').fill('Shop key')
    await dialog.getByRole('button', { name: 'Create', exact: true }).click()
    await page.waitForURL(/\/authentication\/[0-9a-f-]{36}$/)
    await expect(page.getByRole('heading', { name: 'Shop key' })).toBeVisible()
  })

  await test.step('the endpoint form is filled in, and nothing is stored before it is sent', async () => {
    await page.goto(`${path}/endpoints`)
    await page.getByRole('button', { name: 'Add new endpoint' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Add new endpoint' })
    await dialog.getByRole('tab', { name: 'Paste a curl command' }).click()
    await dialog
      .getByLabel('curl command', { exact: true })
      .fill(`curl ${workspace.sandbox.url}/refunds/{order_id} -u a:b -H 'X-Reason: late' --json '{"amount":1}'`)
    await dialog.getByRole('button', { name: 'Use this request' }).click()
    await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('Create refund')
    await expect(dialog.getByLabel('HTTP method')).toHaveValue('POST')
    await expect(dialog.getByLabel('URL', { exact: true })).toHaveValue('/refunds/{{ order_id }}')
    await expect(dialog.getByRole('switch', { name: 'basic auth' })).toBeChecked()
    await expect(dialog.getByText('From the curl command: a body (JSON), 2 parameters, 1 variable.')).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    await page.setViewportSize({ width: 375, height: 720 })
    await expectNoScrolling(page)
    await page.setViewportSize({ width: 1280, height: 720 })
    await dialog.getByRole('button', { name: 'Add endpoint' }).click()
    await page.waitForURL(/\/endpoints\/[0-9a-f-]{36}/)
    await page.getByRole('tab', { name: /^Body/ }).click()
    await expect(page.getByRole('textbox', { name: 'Body' })).toHaveValue('{"amount":1}')
  })
})
