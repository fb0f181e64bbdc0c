import type { Page } from '@playwright/test'
import { known } from '@/tests/sandbox/known'
import { axeViolations } from '@/tests/support/axe'
import { chooseEndpoint, chooseInstance, fillInstance, offeredEndpoints, startFlow } from '@/tests/support/journey'
import { sandboxOpenApi } from '@/tests/support/open-api-documents'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// A newer document updates a connector: what people have changed stays, and what breaks a flow is asked (rules R3, R11).

const workspace = aWorkspace()
test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
})

async function read(page: Page, document: object): Promise<void> {
  await page.getByLabel('Document', { exact: true }).fill(JSON.stringify(document))
  await page.getByRole('button', { name: 'Read this document' }).click()
  await page.waitForURL(/\/connectors\/import\/[0-9a-f-]{36}$/)
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([])
  await page.setViewportSize({ width: 375, height: 800 })
  expect(await axeViolations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375)
  await page.setViewportSize({ width: 1280, height: 800 })
}

test('a newer document is compared with the connector, chosen from, and updates it after its questions', async ({
  page,
}) => {
  const shop = sandboxOpenApi(workspace.sandbox.url)
  await page.goto('/connectors/import')
  await read(page, shop)
  await page.getByRole('button', { name: 'Import connector' }).click()
  await page.waitForURL(/\/overview$/)
  const overview = page.url()

  await test.step('a flow uses it, and a person renames an endpoint', async () => {
    await fillInstance(page, 'Acme Shop', {
      ...{ name: 'Acme UK', method: 'basic' },
      values: { Username: known.basic.username, Password: known.basic.password },
    })
    await page.getByRole('button', { name: 'Create instance' }).click()
    await page.waitForURL(/\/instances\/[0-9a-f-]{36}$/)
    await startFlow(page, 'Order sync')
    await chooseInstance(page, 'Acme UK')
    await chooseEndpoint(page, 'List orders')
    await page.getByRole('button', { name: 'Save shape' }).click()
    await expect(page.getByText('Saved.').first()).toBeVisible()
    await page.goto(overview.replace(/overview$/, 'endpoints'))
    await page.getByRole('link', { name: 'Health', exact: true }).click()
    await page.getByLabel('Name', { exact: true }).fill('Is it up')
    await page.getByRole('button', { name: 'Save endpoint' }).click()
    await expect(page.getByText('Saved.').first()).toBeVisible()
  })

  await test.step('the same document changes nothing', async () => {
    await page.goto(overview)
    await page.getByRole('link', { name: 'Update from a document' }).click()
    await expect(page.getByRole('heading', { name: 'Update Acme Shop' })).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    await read(page, shop)
    await expect(page.getByText('Nothing changes.')).toBeVisible()
    await page.getByRole('button', { name: 'Cancel import' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel import' }).click()
    await page.waitForURL(/\/connectors\/import$/)
  })

  const { orders, health } = { orders: shop.paths['/orders'], health: shop.paths['/health'] }
  const newer = {
    ...shop,
    info: { ...shop.info, version: '3.0' },
    paths: {
      ...shop.paths,
      '/orders': { ...orders, get: { ...orders.get, security: [{ token: [] }] } },
      '/health': { get: { ...health.get, summary: 'Health check' } },
      '/refunds': { get: { operationId: 'listRefunds', summary: 'List refunds', responses: {} } },
    },
  }

  await test.step('a newer one is listed change by change, with both versions where both have changed', async () => {
    await page.goto(overview)
    await page.getByRole('link', { name: 'Update from a document' }).click()
    await read(page, newer)
    const endpoints = page.getByRole('list', { name: 'Endpoints' })
    await expect(endpoints.getByRole('listitem')).toHaveCount(3)
    await expect(endpoints.getByRole('listitem').filter({ hasText: 'List orders' })).toContainText('Called by 1 shape.')
    await expect(endpoints.getByRole('listitem').filter({ hasText: 'Health check' })).toContainText('yours stays')
    await expectAccessible(page)
    await page.getByRole('combobox', { name: 'Change' }).selectOption('Changed in both')
    await expect(endpoints.getByRole('listitem')).toHaveCount(1)
    await page.getByRole('button', { name: 'Details of Health check' }).click()
    const dialog = page.getByRole('dialog', { name: 'Health check' })
    await expect(dialog).toContainText('Is it up')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Take the document’s' }).click()
    await expect(endpoints).toContainText('the document wins')
    await page.getByRole('combobox', { name: 'Change' }).selectOption('Any change')
    await page.getByRole('checkbox', { name: 'Add List refunds' }).uncheck()
    await expect(page.getByRole('main')).toContainText('1, 0 chosen')
  })

  await test.step('what it would do to a flow is asked before anything is written', async () => {
    await page.getByRole('button', { name: 'Update connector' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Order sync' })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Update anyway' }).click()
    await page.waitForURL(overview)
    await expect(page.getByRole('heading', { name: 'Acme Shop' })).toBeVisible()
    await page.goto(overview.replace(/overview$/, 'endpoints'))
    await expect(page.getByRole('link', { name: 'Health check', exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: 'List refunds', exact: true })).toHaveCount(0)
    await startFlow(page, 'Another')
    await chooseInstance(page, 'Acme UK')
    expect(await offeredEndpoints(page)).not.toContain('List orders')
  })
})
