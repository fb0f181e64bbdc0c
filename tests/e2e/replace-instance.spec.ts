import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { axeViolations } from '@/tests/support/axe'
import { expectRunStatus, runShape } from '@/tests/support/journey'
import type { SeededShape } from '@/tests/support/seed'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

// *Replace this instance in flows …*, as a person does it when an account moves.

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance
let flow: SeededShape

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  instance = await acme.addInstance('Acme UK', 'basic auth')
  await acme.addInstance('Acme DE', 'basic auth')
  flow = await acme.addFlow('Nightly orders', { instance, endpoint: 'List orders' })
})
test.beforeEach(async ({ page }) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
})

test('the flow uses the other instance after the preview is confirmed', async ({ page }) => {
  await page.goto(instance.path)
  await page.getByRole('button', { name: 'Replace in flows…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Replace Acme UK in flows' })
  await dialog.getByLabel('Replace with').click()
  await page.getByRole('option', { name: /Acme DE/ }).click()
  await expect(dialog.getByRole('region', { name: 'Nightly orders' })).toContainText('Keeps its endpoint')
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Change 1 shape' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('No flow', { exact: true })).toBeVisible()
  await page.goto(flow.path)
  await expect(page.getByText(/^Acme DE · /)).toBeVisible()
  await runShape(page)
  await expectRunStatus(page, 200)
})

test('a flow that somebody changed after the preview refuses the replacement', async ({ page }) => {
  const other = await acme.addInstance('Acme FR', 'basic auth')
  const second = await acme.addFlow('Hourly orders', { instance: other, endpoint: 'List orders' })
  await page.goto(other.path)
  await page.getByRole('button', { name: 'Replace in flows…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Replace with').click()
  await page.getByRole('option', { name: /Acme DE/ }).click()
  await expect(dialog.getByRole('button', { name: 'Change 1 shape' })).toBeEnabled()
  await workspace.sql(
    `UPDATE "FlowVersion" SET "revision" = "revision" + 1 WHERE "id" = (SELECT "flowVersionId" FROM "Shape" WHERE "id" = $1)`,
    [second.shapeId],
  )
  await dialog.getByRole('button', { name: 'Change 1 shape' }).click()
  await expect(dialog.getByRole('alert')).toContainText('was changed by')
})
