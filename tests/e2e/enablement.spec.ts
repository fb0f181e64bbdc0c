import type { Page } from '@playwright/test'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { chooseEndpoint, expectRunStatus, runShape, switchMethod } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  instance = await acme.addInstance('Acme UK', 'basic auth')
})
test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
})

const isOn = async (endpoint: string, method: 'basic auth' | 'API token' | 'OAuth 2') =>
  (
    await workspace.sql(`SELECT 1 FROM "Enablement" WHERE "endpointId" = $1 AND "methodId" = $2`, [
      await acme.endpointId(endpoint),
      await acme.methodId(method),
    ])
  ).length === 1

async function openSwitches(page: Page, endpoint: string): Promise<void> {
  await page.goto(`${acme.path}/endpoints/${await acme.endpointId(endpoint)}#authentication`)
  await expect(page.getByRole('switch', { name: 'basic auth' })).toBeVisible()
}

test('switching off a method that a flow uses asks first and names the flow, whose run then fails before anything is sent (rule R3)', async ({
  page,
}) => {
  const flow = await acme.addFlow('Nightly orders', { instance, endpoint: 'List orders' })
  await openSwitches(page, 'List orders')
  const toggle = page.getByRole('switch', { name: 'basic auth', exact: true })
  const question = page.getByRole('dialog', { name: 'Switch basic auth off for List orders?' })

  await test.step('cancelling changes nothing', async () => {
    await toggle.click()
    await expect(question).toContainText('Nightly orders')
    await expect(question).toContainText('Connection 1: List orders with Acme UK')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(toggle).toBeChecked()
    expect(await isOn('List orders', 'basic auth')).toBe(true)
  })

  await test.step('confirming switches it off', async () => {
    await toggle.click()
    await question.getByRole('button', { name: 'Switch off' }).click()
    await expect(question).toBeHidden()
    await expect(toggle).not.toBeChecked()
    expect(await isOn('List orders', 'basic auth')).toBe(false)
  })

  await test.step('the shape shows it, and nothing is sent', async () => {
    await page.goto('/flows')
    await expect(page.getByRole('row').filter({ hasText: 'Nightly orders' })).toContainText('1 shape needs attention')
    await page.goto(flow.path)
    await expect(
      page.getByRole('alert').filter({ hasText: '“List orders” is no longer available for this instance' }),
    ).toBeVisible()
    await workspace.sandbox.control.clearRequests()
    await runShape(page)
    await expect(page.getByRole('alert').filter({ hasText: 'The run failed' })).toBeVisible()
    expect(await workspace.sandbox.control.getRequests()).toEqual([])
  })

  await test.step('another endpoint fixes the shape', async () => {
    await chooseEndpoint(page, 'List products')
    await runShape(page)
    await expectRunStatus(page, 200)
  })
})

test('switching off a method that no flow uses asks nothing', async ({ page }) => {
  await openSwitches(page, 'List customers')
  await switchMethod(page, 'API token', false)
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(await isOn('List customers', 'API token')).toBe(false)
})

test('a switch that the server refuses is reset, and says why', async ({ page }) => {
  await openSwitches(page, 'Set stock')
  await workspace.sql(`DELETE FROM "Endpoint" WHERE "id" = $1`, [await acme.endpointId('Set stock')])
  const toggle = page.getByRole('switch', { name: 'basic auth', exact: true })
  await toggle.click()
  await expect(page.getByRole('listitem').filter({ hasText: 'basic auth' }).getByRole('alert')).toContainText(
    'This endpoint or authentication method no longer exists.',
  )
  await expect(toggle).not.toBeChecked()
})

test('a switch that does not reach the server is reset, and says so', async ({ page }) => {
  await openSwitches(page, 'Get order')
  await page.route('**/*', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  const toggle = page.getByRole('switch', { name: 'API token', exact: true })
  await toggle.click()
  await expect(page.getByText('The server could not be reached, so nothing was changed. Try again.')).toBeVisible()
  await expect(toggle).not.toBeChecked()
  await page.unroute('**/*')
  await toggle.click()
  await expect(toggle).toBeChecked()
  await expect.poll(() => isOn('Get order', 'API token')).toBe(true)
})

test('the matrix stages changes, reviews them with the flows they strand, and applies them together (rule R2)', async ({
  page,
}) => {
  await acme.addFlow('Price watch', { instance, endpoint: 'Get product' })
  await page.goto(`${acme.path}/endpoints/matrix`)
  const cell = (name: string) => page.getByRole('checkbox', { name, exact: true })

  await cell('basic auth for Get product').click()
  await cell('OAuth 2 for Get customer').click()
  await expect(page.getByText('2 changes not applied: 1 on, 1 off')).toBeVisible()
  await expect(page.getByText('flow “Price watch” will stop working')).toBeVisible()
  expect(await isOn('Get product', 'basic auth')).toBe(true)

  await test.step('applying a change that strands a flow opens the review', async () => {
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    const review = page.getByRole('dialog', { name: 'Review changes' })
    await expect(review.getByRole('region', { name: 'Flows that lose an endpoint' })).toContainText('Price watch')
    await expect(review.getByRole('region', { name: 'Switched on' })).toContainText('OAuth 2 for Get customer')
    await expect(review.getByRole('region', { name: 'Switched off' })).toContainText('basic auth for Get product')
    expect(await isOn('Get customer', 'OAuth 2')).toBe(false)
    await review.getByRole('button', { name: 'Apply 2 changes and break 1 flow' }).click()
    await expect(page.getByText('Applied: 1 switched on, 1 switched off.')).toBeVisible()
  })
  expect([await isOn('Get product', 'basic auth'), await isOn('Get customer', 'OAuth 2')]).toEqual([false, true])
  await expect(cell('basic auth for Get product')).not.toBeChecked()
})

test('one method can be staged for all filtered endpoints, and one endpoint for all methods', async ({ page }) => {
  await page.goto(`${acme.path}/endpoints/matrix`)
  await page.getByRole('checkbox', { name: 'client certificate for all endpoints', exact: true }).click()
  await expect(page.getByText(/^\d+ changes not applied: \d+ on$/)).toBeVisible()
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  await page.getByRole('checkbox', { name: 'All methods for Create order', exact: true }).click()
  await expect(page.getByText('2 changes not applied: 2 on')).toBeVisible()
  await page.getByRole('button', { name: 'Review', exact: true }).click()
  await page.getByRole('button', { name: 'Undo client certificate for Create order' }).click()
  await page.getByRole('button', { name: 'Apply 1 change', exact: true }).click()
  await expect(page.getByText('Applied: 1 switched on, 0 switched off.')).toBeVisible()
  expect(await isOn('Create order', 'basic auth')).toBe(true)
})

test('the matrix works with the keyboard: arrows move, Space stages', async ({ page }) => {
  await page.goto(`${acme.path}/endpoints/matrix`)
  const focused = page.locator(':focus')
  await page.getByRole('checkbox', { name: 'All methods for all endpoints', exact: true }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(focused).toHaveAccessibleName('basic auth for all endpoints')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(focused).toHaveAccessibleName(/^API token for (?!all)/)
  const name = await focused.evaluate((element) => element.getAttribute('aria-label'))
  const wasOn = await focused.isChecked()
  await page.keyboard.press('Space')
  await expect(page.getByRole('checkbox', { name: name!, exact: true })).toBeChecked({ checked: !wasOn })
  await page.keyboard.press('End')
  await expect(focused).toHaveAccessibleName(/^client certificate for /)
  await page.keyboard.press('Home')
  await expect(focused).toHaveAccessibleName(/^All methods for /)
  await expect(page.getByText('1 change not applied')).toBeVisible()
})

test('the matrix works like a spreadsheet: select, switch, fill down, copy, paste, undo', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${acme.path}/endpoints/matrix`)
  const cell = (name: string) => page.getByRole('checkbox', { name, exact: true })
  const selected = page.getByRole('group', { name: 'Selected cells' })
  const waiting = page.getByText(/changes? not applied/)

  await test.step('Shift with arrows selects, Space switches the selection, and undo reverts it', async () => {
    await cell('client certificate for Get order').focus()
    await page.keyboard.press('Shift+ArrowDown')
    await expect(selected).toContainText('2 cells selected')
    await page.keyboard.press('Space')
    await expect(waiting).toHaveText(/^2 changes not applied: 2 on/)
    await page.keyboard.press('ControlOrMeta+z')
    await expect(waiting).toBeHidden()
    await page.getByRole('button', { name: 'Redo', exact: true }).click()
    await expect(waiting).toHaveText(/^2 changes not applied: 2 on/)
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expect(waiting).toBeHidden()
  })

  await test.step('a row can be selected without switching it, and filled into the rows below', async () => {
    const [first, second] = await page.getByRole('row').filter({ hasText: '/order' }).all()
    await first!.getByRole('gridcell').last().getByRole('checkbox').click()
    await page.keyboard.press('Shift+Space')
    await expect(selected).toContainText('4 cells selected')
    await page.keyboard.press('Shift+ArrowDown')
    await expect(selected).toContainText('8 cells selected')
    await page.keyboard.press('ControlOrMeta+d')
    await expect(waiting).toBeVisible()
    const boxes = async (row: typeof first) =>
      Promise.all((await row!.getByRole('gridcell').getByRole('checkbox').all()).map((box) => box.isChecked()))
    expect(await boxes(second)).toEqual(await boxes(first))
  })

  await test.step('copied cells can be pasted, and any other text is refused with a message', async () => {
    await page.getByRole('button', { name: 'Discard', exact: true }).click()
    await cell('client certificate for List orders').click()
    await page.keyboard.press('Shift+Space')
    await page.keyboard.press('ControlOrMeta+c')
    const line = await page.evaluate(() => navigator.clipboard.readText())
    expect(line).toMatch(/^(?:x?\t){3}x\n$/)
    await page.keyboard.press('Escape')
    await expect(selected).toBeHidden()
    await cell('basic auth for Create order').focus()
    await page.keyboard.press('ControlOrMeta+v')
    await expect(cell('client certificate for Create order')).toBeChecked()
    await page.evaluate(() => navigator.clipboard.writeText('x\tperhaps'))
    await page.keyboard.press('ControlOrMeta+v')
    await expect(page.getByText('“perhaps” in line 1, column 2 is neither on nor off.')).toBeVisible()
  })

  await test.step('with the pointer: Shift and a click, then a button', async () => {
    await page.getByRole('button', { name: 'Discard', exact: true }).click()
    await cell('OAuth 2 for List orders').click()
    await cell('client certificate for List orders').click({ modifiers: ['Shift'] })
    await selected.getByRole('button', { name: 'Switch on', exact: true }).click()
    await expect(cell('OAuth 2 for List orders')).toBeChecked()
    await expect(cell('client certificate for List orders')).toBeChecked()
    await selected.getByRole('button', { name: 'Clear selection' }).click()
    await expect(selected).toBeHidden()
  })

  await test.step('and as high as the window', async () => {
    const grid = page.getByRole('grid')
    const height = async () => (await grid.locator('..').boundingBox())!.height
    await page.setViewportSize({ width: 1440, height: 800 })
    const before = await height()
    await page.getByRole('button', { name: 'Full height' }).click()
    await expect(page.getByRole('button', { name: 'Full height' })).toHaveAttribute('aria-pressed', 'true')
    await expect.poll(height).toBeGreaterThan(before + 100)
    await page.setViewportSize({ width: 1440, height: 900 })
  })
})

test('leaving the matrix with staged changes asks first', async ({ page }) => {
  await page.goto(`${acme.path}/endpoints/matrix`)
  await page.getByRole('checkbox', { name: 'client certificate for List orders', exact: true }).click()
  await page.getByRole('link', { name: 'List', exact: true }).click()
  await page
    .getByRole('dialog', { name: 'Leave without saving?' })
    .getByRole('button', { name: 'Stay on this page' })
    .click()
  await expect(page.getByText('1 change not applied')).toBeVisible()
})
