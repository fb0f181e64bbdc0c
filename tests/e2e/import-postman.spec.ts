import { known } from '@/tests/sandbox/known'
import { axeViolations } from '@/tests/support/axe'
import { chooseEndpoint, chooseInstance, expectRunStatus, runShape, startFlow } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// A Postman collection becomes a connector, and the values that it has become an instance, if the person wants that.

const workspace = aWorkspace()
test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
})

test('a collection is imported with an instance for its values, which the person chooses and which works', async ({
  page,
}) => {
  const { username, password } = known.basic
  const collection = {
    info: { name: 'Acme Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    auth: {
      type: 'basic',
      basic: [
        { key: 'username', value: username },
        { key: 'password', value: password },
      ],
    },
    item: [
      {
        name: 'Orders',
        item: [{ name: 'List orders', request: { method: 'GET', url: `${workspace.sandbox.url}/orders` } }],
      },
    ],
  }
  await page.goto('/connectors/import')
  await page.getByLabel('Document', { exact: true }).fill(JSON.stringify(collection))
  await page.getByRole('button', { name: 'Read this document' }).click()
  await page.waitForURL(/\/connectors\/import\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('list', { name: 'Endpoints' })).toContainText('List orders')

  await test.step('its values are counted, never shown, and nothing is chosen for the person', async () => {
    const values = page.getByRole('group', { name: 'Values of the document' })
    await expect(values.getByRole('radio')).toHaveCount(2)
    await expect(values.getByRole('radio', { checked: true })).toHaveCount(0)
    await expect(page.getByRole('main')).toContainText('2 values')
    expect(await page.content()).not.toContain(password)
    await page.getByRole('button', { name: 'Import connector' }).click()
    await expect(page.getByText('Choose whether to create instances').first()).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    await page.setViewportSize({ width: 375, height: 800 })
    expect(await axeViolations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375)
    await page.setViewportSize({ width: 1280, height: 800 })
    await values.getByRole('radio', { name: 'Create an instance with them' }).check()
  })

  await page.getByRole('button', { name: 'Import connector' }).click()
  await page.waitForURL(/\/overview$/)
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('link', { name: /^Import report/ })).toBeVisible({ timeout: 1_000 })
    await page.getByRole('link', { name: /^Import report/ }).click()
    await expect(page.getByRole('main')).toContainText('was created', { timeout: 2_000 })
  }).toPass()
  await startFlow(page, 'From Postman')
  const [instance] = await workspace.sql<{ name: string }>('SELECT "name" FROM "Instance" WHERE "workspaceId" = $1', [
    workspace.workspaceId,
  ])
  await chooseInstance(page, instance!.name)
  await chooseEndpoint(page, 'List orders')
  await page.getByRole('button', { name: 'Save shape' }).click()
  await runShape(page)
  await expectRunStatus(page, 200)
})
