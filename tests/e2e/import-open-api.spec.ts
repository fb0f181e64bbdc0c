import { known } from '@/tests/sandbox/known'
import { axeViolations } from '@/tests/support/axe'
import {
  chooseEndpoint,
  chooseInstance,
  expectRunStatus,
  fillInstance,
  offeredEndpoints,
  runShape,
  startFlow,
} from '@/tests/support/journey'
import { sandboxOpenApi } from '@/tests/support/open-api-documents'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// An OpenAPI document becomes a connector: what each operation accepts decides what an instance may call (rule R1).

const workspace = aWorkspace()
test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
})

test('an OpenAPI document is previewed, imported, and decides which endpoints a shape offers', async ({ page }) => {
  await page.goto('/connectors')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Import an OpenAPI document' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import a connector' })
  const document = dialog.getByLabel('Connection document', { exact: true })

  await test.step('what is no document is refused with the reason, and the text stays', async () => {
    await document.fill('%PDF-1.7')
    await expect(document).toHaveAccessibleDescription(/not valid JSON or YAML/)
    await expect(document).toHaveValue('%PDF-1.7')
  })

  await test.step('the preview shows methods, endpoints and the report', async () => {
    await document.fill(JSON.stringify(sandboxOpenApi(workspace.sandbox.url)))
    const contents = dialog.getByRole('region', { name: 'Contents of the document' })
    await expect(contents).toContainText('OpenAPI 3.0.3')
    await expect(contents).toContainText('accepted by 4 endpoints')
    await contents.getByText('6 endpoints').last().click()
    await expect(contents.getByRole('list', { name: 'Endpoints' })).toContainText('List products')
    await expect(contents.getByRole('list', { name: 'Import report' })).toContainText('/paths/~1orders/post')
    expect(await axeViolations(page)).toEqual([])
  })

  await dialog.getByRole('button', { name: 'Import connector' }).click()
  await expect(page.getByRole('heading', { name: 'Acme Shop' })).toBeVisible()

  await test.step('the report stays with the connector', async () => {
    await page.getByRole('link', { name: /^Import report/ }).click()
    await expect(page.getByRole('heading', { name: 'Import report' })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Building this connector' })).toHaveCount(0)
    await page.getByRole('searchbox', { name: 'Search the import report' }).fill('octet-stream')
    await expect(page.getByRole('list', { name: 'Import report' }).getByRole('listitem')).toHaveCount(1)
    expect(await axeViolations(page)).toEqual([])
  })

  await test.step('the shape offers what the security of the document allows, and the call works', async () => {
    await fillInstance(page, 'Acme Shop', {
      ...{ name: 'Acme UK', method: 'basic' },
      values: { Username: known.basic.username, Password: known.basic.password },
    })
    await page.getByRole('button', { name: 'Create instance' }).click()
    await page.waitForURL(/\/instances\/[0-9a-f-]{36}$/)
    await startFlow(page, 'Imported')
    await chooseInstance(page, 'Acme UK')
    expect((await offeredEndpoints(page)).sort()).toEqual(['Get an order', 'List orders', 'List products', 'Who am I'])
    await chooseEndpoint(page, 'List products')
    await page.getByRole('button', { name: 'Save shape' }).click()
    await runShape(page)
    await expectRunStatus(page, 200)
  })
})
