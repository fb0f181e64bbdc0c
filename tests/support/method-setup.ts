import { expect, type Locator, type Page } from '@playwright/test'

/** What a person does on *Authentication setup*, by the labels on the screen. */

type SetupTab = 'Auth variables' | 'URLs' | 'URL parameters' | 'Headers' | 'Body' | 'Token' | 'Test request'

/** Opens a tab of *Authentication setup*. */
export async function openTab(page: Page, name: SetupTab): Promise<Locator> {
  await page.getByRole('tab', { name, exact: true }).click()
  return page.getByRole('tabpanel', { name, exact: true })
}

/** Types a value, or chooses an option by its label. */
async function setField(field: Locator, value: string): Promise<void> {
  const isSelect = await field.evaluate((element) => element.tagName === 'SELECT')
  if (isSelect) await field.selectOption({ label: value })
  else await field.fill(value)
}

/** Fills in fields of a tab or a group, by their labels. */
export async function setFields(scope: Locator, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await setField(scope.getByLabel(label, { exact: true }), value)
}

/** Adds a row to a small table and fills in its cells. */
export async function addRow(scope: Locator, addLabel: string, cells: Record<string, string>): Promise<void> {
  await scope.getByRole('button', { name: addLabel, exact: true }).click()
  for (const [label, value] of Object.entries(cells))
    await setField(scope.getByLabel(label, { exact: true }).last(), value)
}

/** Opens a collapsed section. */
export async function unfold(scope: Locator, label: string): Promise<void> {
  await scope.locator('summary').filter({ hasText: label }).click()
}

export type Parameter = { key: string; value: string; sentWith?: string }

/** Adds a parameter on the tab of its location. */
export async function addParameter(
  page: Page,
  location: 'URL parameters' | 'Headers' | 'Body',
  { key, value, sentWith }: Parameter,
): Promise<void> {
  const panel = await openTab(page, location)
  await panel.getByRole('button', { name: /^Add .* parameter$/ }).click()
  await panel.getByLabel('Key', { exact: true }).last().fill(key)
  await panel.getByLabel(`Value of ${key}`, { exact: true }).fill(value)
  if (sentWith !== undefined)
    await panel.getByLabel(`Sent with, for ${key}`, { exact: true }).selectOption({ label: sentWith })
}

type NewVariable = { secret?: boolean; input?: string; /** False: filled from a response. */ asked?: boolean }

/** Adds a variable that each instance needs. It is saved separately. */
export async function addVariable(
  page: Page,
  name: string,
  { secret = false, input = 'Text', asked = true }: NewVariable = {},
): Promise<void> {
  const panel = await openTab(page, 'Auth variables')
  await panel.getByRole('button', { name: 'Add variable' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add variable' })
  await dialog.getByLabel('Display name', { exact: true }).fill(name)
  await dialog.getByLabel('Input', { exact: true }).selectOption({ label: input })
  await dialog.getByLabel('Required', { exact: true }).setChecked(asked)
  await dialog.getByLabel('Configurable', { exact: true }).setChecked(asked)
  if (secret) await dialog.getByLabel('Secret', { exact: true }).check()
  await dialog.getByRole('button', { name: 'Add variable' }).click()
  await expect(dialog).toBeHidden()
}

/** Changes the default value of one of the type's variables. It is saved separately. */
export async function setDefault(page: Page, variable: string, value: string): Promise<void> {
  const panel = await openTab(page, 'Auth variables')
  await panel.getByRole('button', { name: `Edit ${variable}`, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: `Edit ${variable}` })
  await dialog.getByLabel('Default value', { exact: true }).fill(value)
  await dialog.getByRole('button', { name: 'Save variable' }).click()
  await expect(dialog).toBeHidden()
}
