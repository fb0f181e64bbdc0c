import { authoriseAtSandbox } from '@/tests/sandbox/authorise-at-sandbox'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import type { SeededShape } from '@/tests/support/seed'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { expectRunStatus, runShape } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance
let flow: SeededShape
let number = 0

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
})
test.beforeEach(async ({ page }) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
})

async function anAuthorisedInstance(): Promise<void> {
  number += 1
  instance = await acme.addInstance(`Acme EU ${number}`, 'OAuth 2')
  flow = await acme.addFlow(`Nightly orders ${number}`, { instance, endpoint: 'List orders' })
}

const refreshes = async () => (await workspace.sandbox.control.getTokenCalls()).counts['refresh_token.succeeded'] ?? 0

test('a run whose access token has expired refreshes it first, and returns data', async ({ page }) => {
  await workspace.sandbox.control.setTokenLifetime({ seconds: 1 })
  await anAuthorisedInstance()
  await workspace.sandbox.control.setTokenLifetime({ seconds: 3600 })
  await page.goto(flow.path)
  await expect
    .poll(async () =>
      workspace.sql(`SELECT 1 FROM "InstanceToken" WHERE "instanceId" = $1 AND "expiresAt" < now()`, [instance.id]),
    )
    .toHaveLength(1)
  await runShape(page)
  await expectRunStatus(page, 200)
  await expect(page.getByRole('region', { name: 'Response body' })).toContainText('"orders"')
  expect(await refreshes()).toBe(1)
  expect(await workspace.sandbox.control.getRequests({ path: '/orders' })).toHaveLength(1)

  await page.goto(instance.path)
  await expect(page.getByText('Refreshed 1 time')).toBeVisible()
})

test('an access token that Acme reports as expired is refreshed once, and the request is sent again', async ({
  page,
}) => {
  await anAuthorisedInstance()
  await workspace.sandbox.control.expireAccessTokens()
  await page.goto(flow.path)
  await runShape(page)
  await expectRunStatus(page, 200)
  await expect(page.getByRole('region', { name: 'Run result' })).toContainText('2 attempts')
  expect(await refreshes()).toBe(1)

  await runShape(page)
  await expect(page.getByRole('region', { name: 'Run result' })).not.toContainText('attempts')
  expect(await refreshes()).toBe(1)
})

test('a revoked refresh token needs authorising again, which is shown everywhere, and Authorise again fixes it', async ({
  page,
}) => {
  await anAuthorisedInstance()
  await workspace.sandbox.control.revokeGrants()

  await test.step('the run says so', async () => {
    await page.goto(flow.path)
    await runShape(page)
    await expect(page.getByRole('alert').filter({ hasText: 'The run failed' })).toContainText(/authoris/i)
    await page.reload()
    await expect(page.getByText(`${instance.name} needs authorising again`)).toBeVisible()
  })

  await test.step('the list of flows and of instances say so', async () => {
    await page.goto('/flows')
    await expect(page.getByRole('row').filter({ hasText: `Nightly orders ${number}` })).toContainText(
      '1 shape needs attention',
    )
    await page.goto('/connectors')
    await expect(page.getByRole('listitem').filter({ hasText: instance.name })).toContainText('Needs authorising again')
  })

  await test.step('a further run sends nothing', async () => {
    await workspace.sandbox.control.clearRequests()
    await page.goto(flow.path)
    await runShape(page)
    await expect(page.getByRole('alert').filter({ hasText: 'The run failed' })).toBeVisible()
    expect(await workspace.sandbox.control.getRequests()).toEqual([])
  })

  await test.step('the instance shows the reason; authorising it again fixes it', async () => {
    await page.goto(instance.path)
    const notice = page.getByRole('status').filter({ hasText: 'This instance needs authorising again' })
    await expect(notice).toContainText('invalid_grant')
    await notice.getByRole('button', { name: 'Authorise again' }).click()
    await authoriseAtSandbox(page, { decision: 'Allow' })
    await expect(page.getByRole('listitem').filter({ hasText: instance.name })).toContainText('Connected')
    await page.goto(flow.path)
    await runShape(page)
    await expectRunStatus(page, 200)
  })
})

test('a token endpoint that is down fails the run with its reason, and the instance stays authorised', async ({
  page,
}) => {
  await anAuthorisedInstance()
  await workspace.sandbox.control.expireAccessTokens()
  await workspace.sandbox.control.answerToken({ answer: { kind: 'html', status: 503 } })
  await page.goto(flow.path)
  await runShape(page)
  await expect(page.getByRole('alert').filter({ hasText: 'The run failed' })).toContainText('503')
  await workspace.sandbox.control.answerToken({ answer: null })
  await runShape(page)
  await expectRunStatus(page, 200)
})
