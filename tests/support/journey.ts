import type { BrowserContext, Page } from '@playwright/test'
import { expect } from '@playwright/test'

/** What a person does on the screens, step by step, by the accessible names of the product. */

/** Fills in the basic details of a new connector. The browser is then in its builder. */
export async function buildConnector(
  page: Page,
  { name, baseUrl }: { name: string; baseUrl: string },
): Promise<string> {
  await page.goto('/connectors')
  await page.getByRole('link', { name: 'Add new connector' }).first().click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Base URL').fill(baseUrl)
  await page.getByRole('button', { name: 'Next step' }).click()
  await page.waitForURL(/\/connectors\/[0-9a-f-]{36}/)
  return new URL(page.url()).pathname.split('/').slice(0, 3).join('/')
}

/** Adds an authentication method. The browser is then on its *Authentication setup*. */
export async function addMethod(
  page: Page,
  connectorPath: string,
  name: string,
  type: string,
  startFrom?: string,
): Promise<void> {
  await page.goto(`${connectorPath}/authentication`)
  await page.getByRole('button', { name: 'Add new authentication method' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Enter a name').fill(name)
  await form.getByLabel('Select an authentication method').selectOption({ label: type })
  if (startFrom !== undefined) await form.getByLabel('Start from').selectOption({ label: startFrom })
  await form.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name: 'Authentication setup' })).toBeVisible()
}

export async function setTestRequest(page: Page, url: string): Promise<void> {
  await page.getByRole('tab', { name: 'Test request' }).click()
  await page.getByLabel('Test URL').fill(url)
}

export async function saveMethod(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save authentication method' }).click()
  await expect(page.getByText(/^Saved\./)).toBeVisible()
}

/** Adds an endpoint with every method off. The browser is then on its page. */
export async function addEndpoint(
  page: Page,
  connectorPath: string,
  endpoint: { name: string; entityType: string; url: string },
): Promise<void> {
  await page.goto(`${connectorPath}/endpoints`)
  await page.getByRole('button', { name: 'Add new endpoint' }).first().click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Name', { exact: true }).fill(endpoint.name)
  await form.getByLabel('Entity type').fill(endpoint.entityType)
  await form.getByLabel('URL', { exact: true }).fill(endpoint.url)
  await form.getByRole('button', { name: 'Add endpoint' }).click()
  await expect(page.getByRole('heading', { name: 'Endpoint setup' })).toBeVisible()
}

/** The switch of a method on the endpoint's page. */
export async function switchMethod(page: Page, method: string, on: boolean): Promise<void> {
  await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
  const toggle = page.getByRole('switch', { name: method, exact: true })
  await toggle.setChecked(on)
  await expect(toggle).not.toHaveAttribute('aria-busy', 'true')
  await expect(toggle).toBeChecked({ checked: on })
}

/** Add new instance*, filled in but not created. */
export async function fillInstance(
  page: Page,
  connector: string,
  instance: { name: string; method: string; values: Record<string, string> },
): Promise<void> {
  await page.goto('/connectors')
  await page
    .getByRole('link', { name: `Add new instance for ${connector}` })
    .first()
    .click()
  await page.getByLabel('Instance name').fill(instance.name)
  await page.getByRole('radio', { name: instance.method, exact: true }).check()
  for (const [label, value] of Object.entries(instance.values)) await fillCredential(page, label, value)
}

/** Types or chooses one value. *Advanced* is opened first if necessary. */
async function fillCredential(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true })
  await field.waitFor({ state: 'attached' })
  if (!(await field.isVisible())) await page.locator('summary').filter({ hasText: 'Advanced' }).click()
  const isSelect = await field.evaluate((element) => element.tagName === 'SELECT')
  if (isSelect) await field.selectOption({ label: value })
  else await field.fill(value)
}

/** Creates a flow with one connection shape and opens its settings. */
export async function startFlow(page: Page, name: string): Promise<void> {
  await page.goto('/flows')
  await page.getByRole('button', { name: 'New flow' }).first().click()
  await page.getByLabel('Flow name').fill(name)
  await page.getByRole('button', { name: 'Create flow' }).click()
  await page.waitForURL(/\/flows\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: 'Add connection shape' }).click()
  await expect(page.getByRole('form', { name: 'Connection shape' })).toBeVisible()
}

/** While it closes, its search field is a combobox with the same name. */
async function expectListClosed(page: Page): Promise<void> {
  await expect(page.getByRole('listbox')).toHaveCount(0)
}

export async function chooseInstance(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Instance' }).click()
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).click()
  await expectListClosed(page)
  await expect(page.getByRole('combobox', { name: 'Instance' })).toContainText(name)
}

/** The endpoints that the shape offers for the chosen instance. */
export async function offeredEndpoints(page: Page): Promise<string[]> {
  const picker = page.getByRole('combobox', { name: 'Endpoint' })
  await expect(picker).toBeEnabled()
  await picker.click()
  await expect(page.getByPlaceholder('Search endpoints…')).toBeVisible()
  const options = await page.getByRole('option').allInnerTexts()
  await page.keyboard.press('Escape')
  await expectListClosed(page)
  return options.map((option) => option.split('\n')[0]!.trim())
}

export async function chooseEndpoint(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Endpoint' }).click()
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).click()
  await expectListClosed(page)
  await expect(page.getByRole('combobox', { name: 'Endpoint' })).toContainText(name)
}

export async function runShape(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run this shape' }).click()
}

/** The response status of the last run. While it is running, the status of the previous run is still shown. */
export async function expectRunStatus(page: Page, status: number): Promise<void> {
  await expect(page.getByRole('button', { name: 'Run this shape' })).not.toHaveAttribute('aria-busy', 'true')
  await expect(
    page.getByRole('region', { name: 'Run result' }).getByText(String(status), { exact: true }),
  ).toBeVisible()
}

/** Opens the shape in another window and runs it, so that the person's page does not change. */
export async function expectShapeRuns(context: BrowserContext, shapePath: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(shapePath)
  await runShape(page)
  await expectRunStatus(page, 200)
  await page.close()
}

/** Replaces a stored secret by another one. */
export async function replaceSecret(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('button', { name: `Replace ${label}` }).click()
  await page.getByLabel(label, { exact: true }).fill(value)
}
