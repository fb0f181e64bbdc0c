import type { Page } from '@playwright/test'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { buildConnector } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'

const workspace = aWorkspace()

test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
})

const documentField = (page: Page) => page.getByRole('dialog').getByRole('textbox', { name: 'Connection document' })

async function readDocument(page: Page, document: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  if (!(await dialog.isVisible())) await page.getByRole('button', { name: 'Import', exact: true }).click()
  await documentField(page).fill(document)
  await dialog.getByRole('button', { name: 'Read document' }).click()
}

async function openSetup(page: Page, method: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Authentication setup' })).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(method)
}

const apiKey = (tenantName: string) => `patchbay: 1
kind: authentication_method
name: API key
type: token
variables:
  - { key: tenant, displayName: ${tenantName}, required: true }
requests:
  verify: { url: /whoami }
parameters:
  - { in: header, key: X-Tenant, value: "{{ tenant }}", sentWith: [endpoint, verify] }
`

test('a ready-made connector is found by what it is, installed, and opened from then on', async ({ page }) => {
  await page.goto('/connectors/new')
  const gallery = page.getByRole('region', { name: 'Ready-made connectors' })
  await gallery.getByRole('searchbox', { name: 'Search ready-made connectors' }).fill('erp session')
  await expect(gallery.getByText('No ready-made connector matches.')).toBeHidden()
  await gallery.getByRole('searchbox').fill('nothing is called so')
  await expect(gallery.getByText('No ready-made connector matches.')).toBeVisible()
  await gallery.getByRole('searchbox').fill('shopify')
  const facts = gallery.getByRole('group').filter({ hasText: 'endpoints · Checked on' })
  await expect(facts).toHaveText(/\d+ endpoints · Checked on \d+ \w+ \d{4} against github\.com\/Shopify/)
  await facts.getByText('Checked on').click()
  await expect(page.getByRole('list', { name: 'Sources of Shopify' }).getByRole('link').first()).toHaveAttribute(
    'href',
    /^https:/,
  )
  await gallery.getByRole('button', { name: 'Install Shopify' }).click()
  await page.waitForURL(/\/connectors\/[0-9a-f-]{36}\/overview$/)
  await expect(page.getByRole('heading', { name: 'Shopify' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Overview' })).toHaveAttribute('aria-current', 'page')
  const next = page.getByRole('link', { name: 'Add new instance for Shopify' })
  await expect(next).toHaveAttribute('href', /^\/instances\/new\?connector=/)
  const overview = new URL(page.url()).pathname
  await page.goto(`${overview}/authentication`)
  await page.waitForURL(/\/connectors\/[0-9a-f-]{36}\/authentication$/)
  await expect(page.getByRole('link', { name: 'Admin API token' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'OAuth 2', exact: true })).toBeVisible()
  await page.goto('/connectors/new')
  await page.getByRole('searchbox', { name: 'Search ready-made connectors' }).fill('shopify')
  await expect(page.getByRole('button', { name: 'Install Shopify' })).toBeHidden()
  await page.getByRole('link', { name: 'Open Shopify, which is installed' }).click()
  await page.waitForURL((address) => address.pathname === overview)
})

test('a method of a vendor, and a well-known signature, are added with everything filled in', async ({ page }) => {
  const connector = await buildConnector(page, { name: 'Our shop', baseUrl: '' })
  const dialog = page.getByRole('dialog')
  const choose = async () => {
    await page.goto(`${connector}/authentication`)
    await page.getByRole('button', { name: 'Add new authentication method' }).click()
    await dialog.getByRole('tab', { name: 'Ready-made' }).click()
    await dialog.getByRole('combobox', { name: 'Ready-made method' }).selectOption({ label: 'Trello: Key and token' })
  }
  await choose()
  await dialog.getByRole('button', { name: 'Add ready-made method' }).click()
  await openSetup(page, 'Key and token')
  await expect(page.getByRole('complementary', { name: 'What will be sent' })).toContainText(
    'https://api.trello.com/1/members/me',
  )

  await choose()
  await dialog.getByRole('button', { name: 'Add ready-made method' }).click()
  await expect(dialog.getByText('already has an authentication method called')).toBeVisible()
  await dialog.getByLabel('Name (optional)').fill('Second board')
  await dialog.getByRole('button', { name: 'Add ready-made method' }).click()
  await openSetup(page, 'Second board')

  await page.goto(`${connector}/authentication`)
  await page.getByRole('button', { name: 'Add new authentication method' }).click()
  await dialog.getByLabel('Enter a name').fill('Queues')
  await dialog.getByLabel('Select an authentication method').selectOption({ label: 'Request signature' })
  await dialog.getByLabel('Start from').selectOption({ label: 'AWS Signature Version 4' })
  await dialog.getByRole('button', { name: 'Create' }).click()
  await openSetup(page, 'Queues')
  await expect(page.getByText('session_token', { exact: true }).first()).toBeVisible()
})

// Shows C66.
test('a document is imported, compared, used to replace the method of its name, exported, and imported elsewhere', async ({
  page,
}) => {
  const first = await buildConnector(page, { name: 'Acme', baseUrl: workspace.sandbox.url })
  const second = await buildConnector(page, { name: 'Acme in another region', baseUrl: workspace.sandbox.url })
  const dialog = page.getByRole('dialog')

  await test.step('a document that cannot be read is refused with the line, and stays so that it can be corrected', async () => {
    await page.goto(`${first}/authentication`)
    await readDocument(page, 'patchbay: 1\nkind: [\n')
    await expect(dialog.getByText(/Line \d, column \d+: not valid JSON or YAML/)).toBeVisible()
    await expect(documentField(page)).toHaveValue('patchbay: 1\nkind: [\n')
  })

  await test.step('a new method', async () => {
    await readDocument(page, apiKey('Tenant'))
    await expect(dialog.getByRole('region', { name: 'Contents of the document' })).toContainText('Test request')
    await dialog.getByRole('button', { name: 'Import method' }).click()
    await openSetup(page, 'API key')
  })

  await test.step('against the method of that name, as another or in its place', async () => {
    await page.goto(`${first}/authentication`)
    await readDocument(page, apiKey('Your tenant'))
    const changes = dialog.getByRole('region', { name: 'Changes compared with API key' })
    await expect(changes).toContainText(/Removed: +displayName: Tenant/)
    await expect(changes).toContainText('Your tenant')
    await dialog.getByLabel('Name of the new method').fill('API key')
    await dialog.getByRole('button', { name: 'Import method' }).click()
    await expect(dialog.getByText('already has an authentication method called')).toBeVisible()
    await dialog.getByRole('radio', { name: 'Replace API key' }).check()
    await dialog.getByRole('button', { name: 'Replace API key' }).click()
    await openSetup(page, 'API key')
    await expect(page.getByText('Your tenant', { exact: true })).toBeVisible()
  })

  await test.step('exported, and imported elsewhere', async () => {
    await page.getByRole('button', { name: 'Export' }).click()
    const exported = await dialog.getByRole('region', { name: 'Connection document' }).innerText()
    await page.goto(`${second}/authentication`)
    await readDocument(page, exported)
    await dialog.getByRole('button', { name: 'Import method' }).click()
    await openSetup(page, 'API key')
    await page.getByRole('button', { name: 'Export' }).click()
    expect(await dialog.getByRole('region', { name: 'Connection document' }).innerText()).toBe(exported)
  })

  await test.step('a whole connector, with another name if its own is taken', async () => {
    await page.goto('/connectors')
    await page.getByRole('button', { name: 'Import' }).click()
    await page.getByRole('menuitem', { name: 'Import a document' }).click()
    await page
      .getByLabel('Document', { exact: true })
      .fill('{"patchbay": 1, "kind": "connector", "name": "acme", "baseUrl": "https://api.acme.test"}')
    await page.getByRole('button', { name: 'Read this document' }).click()
    await page.getByRole('button', { name: 'Import connector' }).click()
    await expect(page.getByText('There is already a connector called “acme”.')).toBeVisible()
    await page.getByLabel('Name of the connector').fill('Acme from a document')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Import Acme from a document' })).toBeVisible()
    // A name that was typed last counts, also without *Rename*.
    await page.getByLabel('Name of the connector').fill('Acme from a text')
    await page.getByRole('button', { name: 'Import connector' }).click()
    await expect(page.getByRole('heading', { name: /^Acme from a text/ })).toBeVisible()
  })
})
