import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { anInstallation, expect, test } from '@/tests/support/installation'
import { haveSession } from '@/tests/support/session'
import { chooseEndpoint, expectRunStatus, offeredEndpoints, runShape, switchMethod } from '@/tests/support/journey'

const installation = anInstallation({ processes: 2 })
let acme: SeededAcme
let instance: SeededInstance

test.beforeAll(async () => {
  acme = await seedAcme(installation)
  instance = await acme.addInstance('Acme UK', 'basic auth')
})

test('a switch in one process takes effect immediately in the other, in the same session (rule R9)', async ({
  page,
  context,
}) => {
  const [, second] = installation.processes
  const flow = await acme.addFlow('Nightly orders', { instance, endpoint: 'List orders' })
  await installation.signIn(page)
  const other = await context.newPage()

  await test.step('the session of one process is known to the other', async () => {
    await other.goto(`${second!.url}${flow.path}`)
    await expect(other.getByRole('heading', { name: 'Nightly orders' })).toBeVisible()
    expect(await offeredEndpoints(other)).not.toContain('List stock')
  })

  await test.step('switched on: offered, and it can be called', async () => {
    await page.goto(`${acme.path}/endpoints/${await acme.endpointId('Change product price')}`)
    await switchMethod(page, 'basic auth', true)
    await other.reload()
    expect(await offeredEndpoints(other)).toContain('Change product price')
    await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List stock')}`)
    await switchMethod(page, 'basic auth', true)
    await other.reload()
    await chooseEndpoint(other, 'List stock')
    await runShape(other)
    // Acme itself takes no basic authentication there: the request was sent.
    await expectRunStatus(other, 403)
  })

  await test.step('switched off: the run of the other process is refused before anything is sent', async () => {
    await page.getByRole('switch', { name: 'basic auth', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Switch off' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    await installation.sandbox.control.clearRequests()
    await runShape(other)
    await expect(other.getByRole('alert').filter({ hasText: 'The run failed' })).toBeVisible()
    expect(await installation.sandbox.control.getRequests()).toEqual([])
  })
})

test('signing out in one process ends the session in the other', async ({ page, context }) => {
  const [, second] = installation.processes
  await installation.signIn(page)
  const other = await context.newPage()
  await other.goto(`${second!.url}/connectors`)
  await expect(other.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  const cookies = await context.cookies()
  await page.getByRole('button', { name: 'Acme' }).first().click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(/\/login/)
  // As somebody has it who copied it before.
  await context.addCookies(cookies)
  await other.goto(`${second!.url}/connectors`)
  await expect(other).toHaveURL(/\/login/)
})

test('a person whose sessions were ended is signed out of both immediately', async ({ page, context }) => {
  const [, second] = installation.processes
  const person = await installation.addPerson('manager', 'Robin')
  await installation.signIn(page, person)
  const other = await context.newPage()
  await other.goto(`${second!.url}/connectors`)
  await installation.sql(`UPDATE "Session" SET "endedAt" = now() WHERE "userId" = $1`, [person.id])
  for (const [tab, url] of [
    [page, installation.url],
    [other, second!.url],
  ] as const) {
    await tab.goto(`${url}/flows`)
    await expect(tab).toHaveURL(/\/login/)
  }
})

for (const stays of [true, false])
  test(`a process that is asked to stop during a run writes its line into the log, ${stays ? 'and answers' : 'though the tab is closed'}`, async ({
    page,
  }) => {
    const stopped = installation.processes.pop()!
    const { control } = installation.sandbox
    const flow = await acme.addFlow(`Stopped ${stays}`, { instance, endpoint: 'List orders' })
    const lines = () => installation.sql(`SELECT "status" FROM "RequestLog" WHERE "flowId" = $1`, [flow.flowId])
    await haveSession(page.context(), installation)
    await page.goto(`${stopped.url}${flow.path}`)
    await control.clearRequests()
    await control.delayApi({ ms: 2_000, times: 1 })
    await runShape(page)
    await expect.poll(async () => (await control.getRequests({ path: '/orders' })).length).toBe(1)
    if (!stays) await page.close()
    expect(await lines()).toEqual([])
    await stopped.stop()
    expect(await lines()).toEqual([{ status: 200 }])
    if (stays) await expectRunStatus(page, 200)
  })
