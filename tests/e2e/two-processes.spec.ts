import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { startApp } from '@/tests/support/app-process'
import { anInstallation, expect, test } from '@/tests/support/installation'
import { haveSession } from '@/tests/support/session'
import { chooseEndpoint, expectRunStatus, offeredEndpoints, runShape, switchMethod } from '@/tests/support/journey'

const installation = anInstallation({ processes: 3 })
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

test('the live list of one process announces what another one sends, also after its process was stopped', async ({
  page,
  context,
}) => {
  const [first] = installation.processes
  const watched = installation.processes.pop()!
  const flow = await acme.addFlow('Watched', { instance, endpoint: 'List orders' })
  const live = page.getByText('Live: new requests are announced here.')
  const rows = page.getByRole('table', { name: 'Requests' }).locator('tbody tr:has([data-row-link])')
  await haveSession(context, installation)
  const other = await context.newPage()
  await other.goto(`${first!.url}${flow.path}`)
  const send = async () => {
    await runShape(other)
    await expectRunStatus(other, 200)
  }
  /** Shows what is new, which ends with one row more. */
  const showNew = async () => {
    const before = await rows.count()
    await page.getByRole('button', { name: 'Show 1 new request' }).click()
    await expect(rows).toHaveCount(before + 1)
    await expect(rows.first()).toContainText('List orders')
  }

  await send()
  await page.goto(`${watched.url}/activity`)
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await expect(live).toBeVisible()

  await test.step('a request of the other process is announced and shown, without loading the page again', async () => {
    await send()
    await showNew()
    await expect(live).toBeVisible()
    // A stream that opens reads once. This request ends later, so that only a signal can announce it.
    await installation.sandbox.control.delayApi({ ms: 3_000, times: 1 })
    await send()
    await showNew()
  })
  await test.step('a process that is asked to stop ends the stream, and the page says so', async () => {
    await watched.stop()
    // It would be killed if the open stream delayed its end.
    expect(await watched.ended).toBe(0)
    await expect(page.getByText('Connecting for live updates…')).toBeVisible()
    await expect(live).toBeHidden()
  })
  await test.step('when it is back, the page follows again and learns what it has missed', async () => {
    await send()
    const { databaseUrl } = installation
    installation.processes.push(...(await startApp({ databaseUrl, port: Number(new URL(watched.url).port) })))
    await showNew()
    await expect(live).toBeVisible()
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
  })
  await installation.processes.pop()!.stop()
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
