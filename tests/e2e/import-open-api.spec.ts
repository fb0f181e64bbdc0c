import type { Page } from '@playwright/test'
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

const fileOf = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
})
const upload = (page: Page, file: ReturnType<typeof fileOf>) => page.getByLabel('File to import').setInputFiles([file])

test('a document is uploaded, read while the person is elsewhere, chosen from, imported, and decides which endpoints a shape offers', async ({
  page,
}) => {
  await page.goto('/connectors')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Import a document' }).click()
  await expect(page.getByRole('heading', { name: 'Import a connector' })).toBeVisible()
  expect(await axeViolations(page)).toEqual([])

  await test.step('it is read in the background', async () => {
    await upload(page, fileOf('shop.json', JSON.stringify(sandboxOpenApi(workspace.sandbox.url))))
    await page.waitForURL(/\/connectors\/import\/[0-9a-f-]{36}$/)
    await page.goto('/connectors/import')
    const imports = page.getByRole('list', { name: 'Unfinished imports' })
    await imports.getByRole('link').first().click()
    await expect(page.getByRole('heading', { name: 'Import Acme Shop' })).toBeVisible()
  })

  await test.step('the preview shows methods, endpoints and the report', async () => {
    await expect(page.getByRole('main')).toContainText('OpenAPI 3.0.3')
    await expect(page.getByRole('list', { name: 'Authentication methods' })).toContainText('accepted by 4 endpoints')
    await expect(page.getByRole('list', { name: 'Endpoints' })).toContainText('List products')
    await expect(page.getByRole('list', { name: 'Import report' })).toContainText('/paths/~1orders/post')
    expect(await axeViolations(page)).toEqual([])
    await page.setViewportSize({ width: 375, height: 800 })
    expect(await axeViolations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375)
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  await test.step('what is chosen and renamed is imported, the rest is not', async () => {
    await page.getByRole('checkbox', { name: 'Import Health' }).uncheck()
    await expect(page.getByText('5 of 6 are imported')).toBeVisible()
    await page.getByRole('searchbox', { name: 'Search endpoints' }).fill('create')
    await page.getByRole('button', { name: 'Leave out 1 endpoint' }).click()
    await expect(page.getByText('4 of 6 are imported')).toBeVisible()
    await page.getByRole('button', { name: 'Clear search' }).click()
    await page.getByRole('button', { name: 'Rename Get an order' }).click()
    const dialog = page.getByRole('dialog', { name: 'Rename Get an order' })
    await dialog.getByLabel('Name').fill('List orders')
    await dialog.getByRole('button', { name: 'Save name' }).click()
    await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription(/Another one of this import/)
    await dialog.getByLabel('Name').fill('Read an order')
    await dialog.getByRole('button', { name: 'Save name' }).click()
    await expect(page.getByRole('list', { name: 'Endpoints' })).toContainText('Read an order')
  })

  await page.getByRole('button', { name: 'Import connector' }).click()
  await page.waitForURL(/\/overview$/)
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
    expect((await offeredEndpoints(page)).sort()).toEqual(['List orders', 'List products', 'Read an order', 'Who am I'])
    await chooseEndpoint(page, 'List products')
    await page.getByRole('button', { name: 'Save shape' }).click()
    await runShape(page)
    await expectRunStatus(page, 200)
  })
})

test('what is no document fails with the reason, and an import can be cancelled', async ({ page }) => {
  await page.goto('/connectors/import')
  await upload(page, fileOf('manual.pdf', '%PDF-1.7 and so on'))
  await expect(page.getByText(/^This is a PDF\./)).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('heading', { name: 'Import a connector' })).toBeVisible()

  await test.step('an empty file is refused at once', async () => {
    await upload(page, fileOf('empty.json', ''))
    await expect(page.getByText(/^This file is empty\./)).toBeVisible()
  })

  await test.step('an address that is none stays in the field', async () => {
    const address = page.getByLabel('Address of the document')
    await address.fill('ftp://api.acme.test/openapi.json')
    await page.getByRole('button', { name: 'Read this address' }).click()
    await expect(address).toHaveAccessibleDescription(/starts with https/)
  })

  await page.getByLabel('Document', { exact: true }).fill(JSON.stringify(sandboxOpenApi('https://shop.acme.test')))
  await page.getByRole('button', { name: 'Read this document' }).click()
  await page.getByRole('button', { name: 'Cancel import' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel import' }).click()
  await page.waitForURL(/\/connectors\/import$/)
  await expect(page.getByRole('list', { name: 'Unfinished imports' })).toHaveCount(0)
})
