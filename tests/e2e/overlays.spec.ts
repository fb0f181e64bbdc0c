import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { loseScripts } from '@/tests/support/lost-scripts'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// What opens over a page: it is loaded when a person begins to use the page.

const workspace = aWorkspace()
let acme: SeededAcme

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
})

test.beforeEach(async ({ page }) => {
  await haveSession(page.context(), workspace)
})

test('a tooltip names a button for the pointer and for the keyboard, and Escape closes it', async ({ page }) => {
  await page.goto(`${acme.path}/variables`)
  const edit = page.getByRole('button', { name: /^Edit / }).first()
  const name = (await edit.getAttribute('aria-label'))!
  const tooltip = page.getByRole('tooltip', { name, exact: true })
  await edit.hover()
  await expect(tooltip).toBeVisible()
  const { x, y, width, height } = (await tooltip.boundingBox())!
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 12 })
  // Longer than a tooltip that the pointer has left.
  await page.waitForTimeout(600)
  await expect(tooltip).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(tooltip).toBeHidden()
  await page.mouse.move(0, 0)
  await edit.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await expect(edit).toBeFocused()
  await expect(tooltip).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(tooltip).toBeHidden()
})

test('a menu that a key opens begins at its first item, and gives the focus back', async ({ page }) => {
  await page.goto(`${acme.path}/variables`)
  const more = page.getByRole('button', { name: /^More for / }).first()
  const menu = page.getByRole('menu', { name: (await more.getAttribute('aria-label'))! })
  await more.focus()
  await page.keyboard.press('ArrowDown')
  await expect(menu.getByRole('menuitem', { name: 'Edit' })).toBeFocused()
  await page.keyboard.press('End')
  await expect(menu.getByRole('menuitem', { name: 'Remove' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(more).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(menu.getByRole('menuitem', { name: 'Edit' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: /^Edit / })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(more).toBeFocused()
})

test('a menu that the pointer opens closes with a second press, and with a press elsewhere', async ({ page }) => {
  await page.goto('/connectors')
  const person = page.getByRole('button', { name: 'Acme' })
  const popover = page.getByRole('dialog', { name: 'You and this workspace' })
  await person.click()
  await expect(popover).toBeVisible()
  await expect(person).toHaveAttribute('aria-expanded', 'true')
  await person.click()
  await expect(popover).toBeHidden()
  await person.click()
  await expect(popover).toBeVisible()
  const search = page.getByRole('searchbox').first()
  await search.click()
  await expect(popover).toBeHidden()
  await expect(search).toBeFocused()
})

test('a dialog that cannot be loaded says so, and opens once it can', async ({ page }) => {
  await page.goto('/flows')
  const add = page.getByRole('button', { name: 'New flow' }).first()
  const bringBack = await loseScripts(page)
  await add.click()
  await expect(add).toHaveAttribute('aria-busy', 'true')
  await expect(page.getByRole('alert').filter({ hasText: 'This part of the page could not be loaded.' })).toBeVisible()
  await bringBack()
  await expect(page.getByRole('dialog')).toBeHidden()
  await add.click()
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeFocused()
})

test('what a method sends is shown before its rules are loaded, and says when a change is not in it yet', async ({
  page,
}) => {
  await page.goto(`${acme.path}/authentication/${await acme.methodId('basic auth')}?tab=headers`)
  const sent = page.getByRole('complementary', { name: 'What will be sent' })
  await expect(sent).toContainText('Authorization: Basic ••••••')
  const bringBack = await loseScripts(page)
  await page.getByRole('button', { name: 'Add header parameter' }).first().click()
  await page.getByLabel('Key', { exact: true }).last().fill('X-Team')
  await page.getByLabel('Value of X-Team').fill('integration')
  await expect(sent.getByRole('status')).toHaveText('Adding your changes')
  await bringBack()
  await page.keyboard.press('Shift')
  await expect(sent).toContainText('X-Team: integration')
  await expect(sent.getByRole('status')).toBeHidden()
})
