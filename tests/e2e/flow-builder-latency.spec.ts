import type { Page } from '@playwright/test'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { chooseInstance, expectRunStatus, runShape } from '@/tests/support/journey'
import type { SeededShape } from '@/tests/support/seed'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

/** The flow builder on a slow connection: every response of the server takes 1.5 s longer. */

const workspace = aWorkspace()
const latencyMs = 1_500
let acme: SeededAcme
let uk: SeededInstance
let number = 0

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  uk = await acme.addInstance('Acme UK', 'basic auth')
  await acme.addInstance('Acme EU', 'API token')
})

/** A flow of the test's own, open with its shape selected; slow from then on. */
async function openFlow(page: Page): Promise<SeededShape> {
  number += 1
  const flow = await acme.addFlow(`Flow ${number}`, { instance: uk, endpoint: 'List orders' })
  await haveSession(page.context(), workspace)
  await page.goto(flow.path)
  await page.route(
    (url) => url.pathname.startsWith('/flows/'),
    async (route) => {
      await new Promise((resolve) => setTimeout(resolve, latencyMs))
      await route.continue()
    },
  )
  return flow
}

const shapesOf = (flowId: string) =>
  workspace.sql<{ id: string; name: string; instance: string | null; endpoint: string | null }>(
    `SELECT s."id", s."name", i."name" AS "instance", e."name" AS "endpoint"
     FROM "Shape" s JOIN "FlowVersion" v ON v."id" = s."flowVersionId"
     LEFT JOIN "Instance" i ON i."id" = s."instanceId" LEFT JOIN "Endpoint" e ON e."id" = s."endpointId"
     WHERE v."flowId" = $1 ORDER BY s."positionY"`,
    [flowId],
  )

const panel = (page: Page) => page.getByRole('form', { name: 'Connection shape' })

test('a choice directly after adding a shape applies to the new shape, never to the old one', async ({ page }) => {
  const { flowId, shapeId } = await openFlow(page)
  await page.getByRole('button', { name: 'Add connection shape' }).click()

  await test.step('the new shape is shown immediately, and the settings of the old one are hidden', async () => {
    await expect(page.getByLabel('Flow canvas').getByText('Connection 2')).toBeVisible({ timeout: latencyMs / 2 })
    await expect(panel(page)).toBeHidden({ timeout: latencyMs / 2 })
  })

  await chooseInstance(page, 'Acme EU')
  await expect(page.getByLabel('Shape name')).toHaveValue('Connection 2')
  await page.getByRole('button', { name: 'Save shape' }).click()
  await expect(page.getByText('Shape saved.')).toBeVisible()
  const [old, added] = await shapesOf(flowId)
  expect(old).toEqual({ id: shapeId, name: 'Connection 1', instance: 'Acme UK', endpoint: 'List orders' })
  expect(added).toMatchObject({ name: 'Connection 2', instance: 'Acme EU' })
})

test('a choice is shown immediately, and nothing can be saved or run until its settings have arrived', async ({
  page,
}) => {
  await openFlow(page)
  await page.getByRole('combobox', { name: 'Instance' }).click()
  await page.getByRole('option', { name: /^Acme EU/ }).click()
  await expect(page.getByRole('combobox', { name: 'Instance' })).toContainText('Acme EU', { timeout: latencyMs / 2 })
  const run = page.getByRole('button', { name: 'Run this shape' })
  await expect(run).toBeDisabled()
  await expect(page.getByRole('combobox', { name: 'Endpoint' })).toContainText('Choose an endpoint')
  await page.getByRole('combobox', { name: 'Endpoint' }).click()
  const option = page.getByRole('option').first()
  const name = (await option.innerText()).split('\n')[0]!
  await option.click()
  await expect(page.getByRole('combobox', { name: 'Endpoint' })).toContainText(name, { timeout: latencyMs / 2 })
  await expect(run).toBeDisabled()
  await expect(run).toBeEnabled()
})

test('running says that it saves first, and its result disappears when another endpoint is chosen', async ({
  page,
}) => {
  const { flowId } = await openFlow(page)
  await runShape(page)
  await expect(page.getByRole('region', { name: 'Run result' })).toBeVisible({ timeout: 30_000 })
  await expectRunStatus(page, 200)
  const result = page.getByRole('region', { name: 'Run result' })
  await expect(result).toBeVisible()

  await page.getByRole('combobox', { name: 'Endpoint' }).click()
  await page.getByRole('option', { name: /^List products/ }).click()
  await expect(result).toBeHidden({ timeout: latencyMs / 2 })
  await expect(page.getByRole('button', { name: 'Run this shape' })).toHaveAccessibleDescription(
    'Running saves your changes first.',
  )
  await runShape(page)
  await expectRunStatus(page, 200)
  expect(await shapesOf(flowId)).toMatchObject([{ endpoint: 'List products' }])
})

test('adding a shape while something is typed asks first', async ({ page }) => {
  const { flowId } = await openFlow(page)
  await page.getByLabel('Shape name').fill('Typed, not saved')
  await page.getByRole('button', { name: 'Add connection shape' }).click()
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await question.getByRole('button', { name: 'Stay on this page' }).click()
  await expect(page.getByLabel('Shape name')).toHaveValue('Typed, not saved')
  expect(await shapesOf(flowId)).toHaveLength(1)
})
