import type { Page } from '@playwright/test'
import { known } from '@/tests/sandbox/known'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import type { SeededShape } from '@/tests/support/seed'
import { aWorkspace, expect, test, type Person } from '@/tests/support/workspace'
import { expectRunStatus, replaceSecret, runShape } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'
import { sentAs, stopAction, type StoppedAction } from '@/tests/support/stopped-action'

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance
let flow: SeededShape
let reader: Person
let user: Person
let manager: Person

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  instance = await acme.addInstance('Acme UK', 'basic auth')
  flow = await acme.addFlow('Nightly orders', { instance, endpoint: 'List orders' })
  reader = await workspace.addPerson('read_only', 'Rita')
  user = await workspace.addPerson('user', 'Uma')
  manager = await workspace.addPerson('manager', 'Max')
})

/** The buttons that change something, whatever the page. */
const changing =
  /^(Add|Save|Create|Delete|Remove|Clone|Replace|Import|Install|New|Edit|Test instance connection|Authorise|Discard|Apply|Review|Flow settings)\b/

async function expectNothingToChange(page: Page): Promise<void> {
  const main = page.getByRole('main')
  await expect(main.getByRole('button', { name: changing })).toHaveCount(0)
  await expect(main.getByRole('link', { name: /^(Add|Next step|Import)\b/ })).toHaveCount(0)
}

const screens = async (): Promise<{ path: string; shows: string }[]> => [
  { path: '/connectors', shows: 'Acme UK' },
  { path: acme.path, shows: 'Acme Commerce' },
  { path: `${acme.path}/variables`, shows: 'Page size' },
  { path: `${acme.path}/authentication`, shows: 'basic auth' },
  { path: `${acme.path}/authentication/${await acme.methodId('OAuth 2')}`, shows: 'Authentication setup' },
  { path: `${acme.path}/endpoints`, shows: 'List orders' },
  { path: `${acme.path}/endpoints/${await acme.endpointId('List orders')}`, shows: 'Endpoint setup' },
  { path: `${acme.path}/endpoints/matrix`, shows: 'List orders' },
  { path: `${acme.path}/endpoints/parameters`, shows: 'Shared parameters' },
  { path: instance.path, shows: 'Instance settings' },
  { path: '/flows', shows: 'Nightly orders' },
  { path: flow.path, shows: 'Acme UK' },
]

test('a read-only person sees connectors, instances and flows, and nothing that would change them', async ({
  page,
}) => {
  await haveSession(page.context(), workspace, reader)
  for (const { path, shows } of await screens()) {
    await test.step(path, async () => {
      await page.goto(path)
      await expect(page.getByRole('main').getByText(shows).first()).toBeVisible()
      await expectNothingToChange(page)
    })
  }
  await expect(page.getByRole('button', { name: 'Run this shape' })).toHaveCount(0)
  await page.goto(instance.path)
  await expect(page.getByRole('button', { name: 'Check now' })).toHaveCount(0)
  await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List orders')}#authentication`)
  await expect(page.getByRole('switch', { name: 'basic auth' })).toBeDisabled()
})

test('pages that only add something do not exist for a read-only person', async ({ page }) => {
  await haveSession(page.context(), workspace, reader)
  for (const path of ['/connectors/new', `/instances/new?connector=${acme.connectorId}`]) {
    expect((await page.goto(path))?.status(), path).toBe(404)
  }
})

/** The same call, with the session of the page. */
async function replay(page: Page, { url, headers, body }: StoppedAction): Promise<string> {
  const answer = await page.request.post(url, { headers, data: body })
  return answer.text()
}

/** Everything a change could touch; sign-ins and requests are no changes. */
async function snapshot(): Promise<string> {
  const tables = [
    'Connector',
    'AuthenticationMethod',
    'Endpoint',
    'Enablement',
    'Instance',
    'InstanceValue',
    'Flow',
    'FlowVersion',
    'Shape',
    'AuditLog',
    'PendingAuthorisation',
  ]
  const rows = await Promise.all(
    tables.map((table) =>
      workspace.sql(`SELECT to_jsonb(t) AS row FROM "${table}" t WHERE "workspaceId" = $1 ORDER BY to_jsonb(t)::text`, [
        workspace.workspaceId,
      ]),
    ),
  )
  return JSON.stringify(rows)
}

type Attempt = { what: string; path: () => Promise<string>; act: (page: Page) => Promise<void> }

const attempts: Attempt[] = [
  {
    what: 'switching a method on',
    path: async () => `${acme.path}/endpoints/${await acme.endpointId('List stock')}#authentication`,
    act: (page) => page.getByRole('switch', { name: 'basic auth', exact: true }).click(),
  },
  {
    what: 'applying the matrix',
    path: async () => `${acme.path}/endpoints/matrix`,
    act: async (page) => {
      await page.getByRole('checkbox', { name: 'basic auth for List stock', exact: true }).click()
      await page.getByRole('button', { name: 'Apply', exact: true }).click()
    },
  },
  {
    what: 'saving instance settings',
    path: async () => instance.path,
    act: async (page) => {
      await page.getByLabel('Instance name').fill('Renamed by nobody')
      await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
      await replaceSecret(page, 'Password', known.basic.password)
      await page.getByRole('button', { name: 'Save instance settings' }).click()
    },
  },
  {
    what: 'testing values typed into a form',
    path: async () => instance.path,
    act: async (page) => {
      await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
      await replaceSecret(page, 'Password', known.basic.password)
      await page.getByRole('button', { name: 'Test instance connection' }).click()
    },
  },
  {
    what: 'deleting an instance',
    path: async () => instance.path,
    act: async (page) => {
      await page.getByRole('button', { name: 'Delete instance' }).click()
      await page.getByRole('dialog').getByRole('textbox').fill(instance.name)
      await page.getByRole('dialog').getByRole('button', { name: 'Delete instance' }).click()
    },
  },
  {
    what: 'saving basic details',
    path: async () => acme.path,
    act: async (page) => {
      await page.getByLabel('Description').fill('Changed by nobody')
      await page.getByRole('button', { name: 'Save basic details' }).click()
    },
  },
  {
    what: 'adding an endpoint',
    path: async () => `${acme.path}/endpoints`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Add new endpoint' }).click()
      await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Added by nobody')
      await page.getByRole('dialog').getByLabel('URL', { exact: true }).fill('/nobody')
      await page.getByRole('dialog').getByRole('button', { name: 'Add endpoint' }).click()
    },
  },
  {
    what: 'saving an authentication method',
    path: async () => `${acme.path}/authentication/${await acme.methodId('basic auth')}`,
    act: async (page) => {
      await page.getByLabel('Timeout limit').fill('12')
      await page.getByRole('button', { name: 'Save authentication method' }).click()
    },
  },
  {
    what: 'adding a flow',
    path: async () => '/flows',
    act: async (page) => {
      await page.getByRole('button', { name: 'New flow' }).click()
      await page.getByLabel('Flow name').fill('Added by nobody')
      await page.getByRole('button', { name: 'Create flow' }).click()
    },
  },
  {
    what: 'saving a shape',
    path: async () => flow.path,
    act: async (page) => {
      await page.getByLabel('Shape name').fill('Renamed by nobody')
      await page.getByRole('button', { name: 'Save shape' }).click()
    },
  },
]

for (const { what, path, act } of attempts) {
  test(`${what} is refused to read-only people and users by direct call too, and changes nothing`, async ({
    page,
    browser,
  }) => {
    await haveSession(page.context(), workspace, manager)
    await page.goto(await path())
    const request = await stopAction(page, () => act(page))
    const before = await snapshot()
    for (const person of [reader, user]) {
      const context = await browser.newContext()
      const theirs = await context.newPage()
      await haveSession(theirs.context(), workspace, person)
      await workspace.sandbox.control.clearRequests()
      const answer = await replay(theirs, sentAs(request, { userId: person.id, workspaceId: workspace.workspaceId }))
      expect(answer).toContain('Your role does not allow this')
      expect(await workspace.sandbox.control.getRequests(), 'nothing is sent to the third party').toEqual([])
      await context.close()
    }
    expect(await snapshot()).toBe(before)
  })
}

test('the request that is refused to others works for the manager: so the role decides', async ({ page }) => {
  await haveSession(page.context(), workspace, manager)
  await page.goto(flow.path)
  const request = await stopAction(page, async () => {
    await page.getByLabel('Timeout limit').fill('17')
    await page.getByRole('button', { name: 'Save shape' }).click()
  })
  expect(await replay(page, request)).not.toContain('Your role does not allow this')
  expect(await workspace.sql(`SELECT "timeoutSeconds" FROM "Shape" WHERE "id" = $1`, [flow.shapeId])).toEqual([
    { timeoutSeconds: 17 },
  ])
})

test('running a shape and Check now are refused to a read-only person by direct call, and nothing is sent', async ({
  page,
  browser,
}) => {
  await haveSession(page.context(), workspace, user)
  await page.goto(flow.path)
  const run = await stopAction(page, () => page.getByRole('button', { name: 'Run this shape' }).click())
  await page.goto(instance.path)
  const check = await stopAction(page, () => page.getByRole('button', { name: 'Check now' }).click())
  const context = await browser.newContext()
  const theirs = await context.newPage()
  await haveSession(theirs.context(), workspace, reader)
  await workspace.sandbox.control.clearRequests()
  const asReader = { userId: reader.id, workspaceId: workspace.workspaceId }
  for (const request of [run, check])
    expect(await replay(theirs, sentAs(request, asReader))).toContain('Your role does not allow this')
  expect(await workspace.sandbox.control.getRequests()).toEqual([])
  await context.close()
})

test('a signed-out caller of an action is sent to sign in, and nothing changes', async ({ page, browser }) => {
  await haveSession(page.context(), workspace, manager)
  await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List stock')}#authentication`)
  const request = await stopAction(page, () => page.getByRole('switch', { name: 'basic auth', exact: true }).click())
  const before = await snapshot()
  const context = await browser.newContext()
  const answer = await replay(await context.newPage(), request)
  expect(answer).not.toContain('"enabled":true')
  expect(await snapshot()).toBe(before)
  await context.close()
})

test('a user runs shapes and checks instances, and changes nothing', async ({ page }) => {
  await haveSession(page.context(), workspace, user)
  await page.goto(flow.path)
  await expectNothingToChange(page)
  await runShape(page)
  await expectRunStatus(page, 200)
  await page.goto(instance.path)
  await expectNothingToChange(page)
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByText('accepted the credentials (200 OK).').first()).toBeVisible()
})

test('a role that is taken away takes effect immediately, even in an open page', async ({ page }) => {
  const person = await workspace.addPerson('manager', 'Demoted')
  await haveSession(page.context(), workspace, person)
  await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List stock')}#authentication`)
  await workspace.sql(`UPDATE "Membership" SET "role" = 'read_only' WHERE "userId" = $1`, [person.id])
  const toggle = page.getByRole('switch', { name: 'basic auth', exact: true })
  await expect(toggle).not.toBeChecked()
  await toggle.click()
  await expect(page.getByText('Your role does not allow this').first()).toBeVisible()
  await expect(toggle).not.toBeChecked()
})
