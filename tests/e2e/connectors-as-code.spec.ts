import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newToken } from '@/lib/platform/crypto/one-way-token'
import { newId } from '@/lib/platform/db/new-id'
import { axeViolations } from '@/tests/support/axe'
import { npm } from '@/tests/support/launcher'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// A team keeps its connectors as files, and people see in the app what the files say.

const workspace = aWorkspace()
let folder = ''
let key = ''

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'patchbay-connectors-'))
  const { token, tokenHash } = newToken('pb_')
  key = token
  await workspace.sql(
    `INSERT INTO "ApiKey" ("id", "workspaceId", "ownerId", "name", "foldedName", "role", "keyHash", "prefix")
     VALUES ($1, $2, $3, 'Deployment', 'deployment', 'manager', $4, 'pb_AbCdEf')`,
    [newId(), workspace.workspaceId, workspace.administrator.id, tokenHash],
  )
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

const shop = `# The shop of the team.
patchbay: 2
kind: connector
key: team-shop
name: Team shop
baseUrl: https://shop.acme.test
methods:
  - { key: token, name: Token, type: token }
endpoints:
  - key: list-orders
    name: List orders
    description: All orders, newest first.
    scopes: [orders.read]
    url: /orders
    accepts: [token]
    responseSchema: Orders
schemas:
  Orders: { type: array, items: { $ref: '#/$defs/Order' } }
  Order: { type: object, properties: { id: { type: string } } }
`

test('a file becomes a connector, and its export is what a pull writes', async ({ page, baseURL }) => {
  const command = async (...args: string[]) => {
    const started = npm(['run', 'connectors', '--', ...args], { PATCHBAY_URL: baseURL!, PATCHBAY_API_KEY: key })
    return { status: await started.ended, output: started.output() }
  }
  await test.step('without a key the command says what is missing', async () => {
    const started = npm(['run', 'connectors', '--', 'pull', folder], { PATCHBAY_URL: baseURL!, PATCHBAY_API_KEY: '' })
    expect(await started.ended).toBe(1)
    expect(started.output()).toContain('PATCHBAY_API_KEY is missing')
  })

  writeFileSync(join(folder, 'team-shop.yaml'), shop)
  const pushed = await command('push', folder)
  expect(pushed.output).toContain('team-shop: created')
  expect(pushed.status).toBe(0)

  await haveSession(page.context(), workspace)
  await page.goto('/connectors')
  await page.getByRole('link', { name: 'Team shop', exact: true }).first().click()
  const about = page.getByRole('region', { name: 'About' })
  await expect(about).toContainText('A change here makes the next push conflict.')
  await expect(about).toContainText('team-shop.yaml')
  expect(await axeViolations(page)).toEqual([])

  await test.step('the endpoint has description, scopes and schemas', async () => {
    const connector = page.url()
    await page.getByRole('link', { name: /^Endpoints/ }).click()
    await page.getByRole('link', { name: 'List orders' }).click()
    await expect(page.getByLabel('Description')).toHaveValue('All orders, newest first.')
    await expect(page.getByLabel('OAuth scopes')).toHaveValue('orders.read')
    await page.getByText('Response schema: Orders').click()
    await expect(page.getByRole('region', { name: 'Schemas' })).toContainText('"$defs"')
    expect(await axeViolations(page)).toEqual([])
    await page.getByLabel('OAuth scopes').fill('orders.read orders.write ')
    await page.getByRole('button', { name: 'Save endpoint' }).click()
    await expect(page.getByText('Unsaved changes in this endpoint')).toBeHidden()
    await expect(page.getByLabel('OAuth scopes')).toHaveValue('orders.read orders.write')
    await page.goto(connector)
  })

  await test.step('what was changed in the app is not overwritten, but pulled', async () => {
    writeFileSync(join(folder, 'team-shop.yaml'), shop.replace('name: List orders', 'name: All orders'))
    const refused = await command('push', folder)
    expect(refused.status).toBe(1)
    expect(refused.output).toContain('changed in Patchbay since the last pull or push')
    writeFileSync(join(folder, 'team-shop.yaml'), shop)
    expect((await command('pull', folder)).output).toContain('team-shop: updated')
    const file = readFileSync(join(folder, 'team-shop.yaml'), 'utf8')
    expect(file).toContain('# The shop of the team.')
    expect(file).toContain('orders.write')
  })

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export Team shop' }).click()
  const exported = await download
  expect(exported.suggestedFilename()).toBe('team-shop.yaml')
  const other = mkdtempSync(join(tmpdir(), 'patchbay-connectors-'))
  expect((await command('pull', other)).status).toBe(0)
  expect(readFileSync(await exported.path(), 'utf8')).toBe(readFileSync(join(other, 'team-shop.yaml'), 'utf8'))
  rmSync(other, { recursive: true, force: true })
})
