import type { Page } from '@playwright/test'
import { seedAcme } from '@/tests/support/acme-workspace'
import { axeViolations } from '@/tests/support/axe'
import type { SeededShape } from '@/tests/support/seed'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// The shapes of a flow as a list, in the order in which they follow one another.

const workspace = aWorkspace()
let flow: SeededShape

test.beforeAll(async () => {
  const acme = await seedAcme(workspace)
  const instance = await acme.addInstance('Acme UK', 'basic auth')
  flow = await acme.addFlow('Nightly orders', { instance, endpoint: 'List orders' })
})

const list = (page: Page) => page.getByRole('list', { name: 'Shapes' })
const names = async (page: Page) => {
  const shapes = await list(page)
    .getByRole('button', { name: /^\d+\. / })
    .allInnerTexts()
  return shapes.map((text) => text.split('\n')[0])
}

test('a person adds, moves and removes shapes in the list', async ({ page }) => {
  await haveSession(page.context(), workspace)
  await page.goto(`/flows/${flow.flowId}`)
  await page.getByRole('navigation', { name: 'View of the flow' }).getByRole('link', { name: 'List' }).click()
  await expect(list(page)).toBeVisible()
  await expect.poll(() => names(page)).toEqual(['1. Connection 1'])

  await test.step('at the end, first, and between two others', async () => {
    await page.getByRole('button', { name: 'Add connection shape' }).click()
    await expect(page.getByLabel('Shape name')).toHaveValue('Connection 2')
    await page.getByRole('button', { name: 'Add a shape after the trigger' }).click()
    await expect(page.getByLabel('Shape name')).toHaveValue('Connection 3')
    await page.getByRole('button', { name: 'Add a shape after Connection 1' }).click()
    await expect(page.getByLabel('Shape name')).toHaveValue('Connection 4')
    await expect
      .poll(() => names(page))
      .toEqual(['1. Connection 3', '2. Connection 1', '3. Connection 4', '4. Connection 2'])
  })

  await test.step('up and down, and the selected shape stays selected', async () => {
    await expect(page.getByRole('button', { name: 'Move Connection 3 up' })).toBeDisabled()
    await expect(page.getByRole('button', { name: 'Move Connection 2 down' })).toBeDisabled()
    await page.getByRole('button', { name: 'Move Connection 2 up' }).press('Enter')
    await expect(page.getByRole('status').filter({ hasText: 'Connection 2 is now 3 of 4.' })).toBeAttached()
    await expect(page.getByRole('button', { name: 'Move Connection 2 up' })).toBeFocused()
    await expect
      .poll(() => names(page))
      .toEqual(['1. Connection 3', '2. Connection 1', '3. Connection 2', '4. Connection 4'])
    await expect(page.getByRole('button', { name: 'Move Connection 3 down' })).toBeEnabled()
    await page.getByRole('button', { name: 'Move Connection 3 down' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Move Connection 3 down' })).toBeFocused()
    await expect
      .poll(() => names(page))
      .toEqual(['1. Connection 1', '2. Connection 3', '3. Connection 2', '4. Connection 4'])
    await expect(page.getByLabel('Shape name')).toHaveValue('Connection 4')
  })

  // The tooltip of a button is outside of the landmarks.
  await page.mouse.move(0, 0)
  await page.getByLabel('Shape name').focus()
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  expect(await axeViolations(page)).toEqual([])

  await test.step('a removed one leaves no gap, also after the page is read again', async () => {
    await list(page)
      .getByRole('button', { name: /^\d+\. Connection 3/ })
      .click()
    await expect(page.getByLabel('Shape name')).toHaveValue('Connection 3')
    await page.getByRole('button', { name: 'Remove Connection 3', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove shape' }).click()
    await expect.poll(() => names(page)).toEqual(['1. Connection 1', '2. Connection 2', '3. Connection 4'])
    await page.reload()
    await expect.poll(() => names(page)).toEqual(['1. Connection 1', '2. Connection 2', '3. Connection 4'])
  })
})

test('a person who may not change flows reads the list, also on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 700 })
  await haveSession(page.context(), workspace, await workspace.addPerson('user'))
  await page.goto(`/flows/${flow.flowId}?view=list`)
  await expect(list(page)).toContainText('1. Connection 1')
  await expect(page.getByRole('button', { name: /^(Move|Add a shape)/ })).toHaveCount(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
  expect(await axeViolations(page)).toEqual([])
})
