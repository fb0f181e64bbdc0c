import type { Page } from '@playwright/test'
import { known } from '@/tests/sandbox/known'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import type { SeededShape } from '@/tests/support/seed'
import { aWorkspace, expect, password, test, type Person } from '@/tests/support/workspace'
import { replaceSecret } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'

/** If a session ends while somebody edits, a dialog asks for the password, and then the form is saved. */

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance
let flow: SeededShape

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  instance = await acme.addInstance('Acme UK', 'basic auth')
  flow = await acme.addFlow('Nightly orders', { instance, endpoint: 'List orders' })
})
test.beforeEach(({ page }) => haveSession(page.context(), workspace))

const endSessions = () =>
  workspace.sql(`UPDATE "Session" SET "endedAt" = now() WHERE "workspaceId" = $1`, [workspace.workspaceId])
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Your session has ended' })

async function signInAndSave(page: Page, person: Person = workspace.administrator): Promise<void> {
  await expect(dialog(page)).toContainText(person.email)
  await dialog(page).getByLabel('Password').fill(password)
  await dialog(page).getByRole('button', { name: 'Sign in and save' }).click()
  await expect(dialog(page)).toBeHidden()
}

const one = async (text: string, values: unknown[]) => (await workspace.sql<Record<string, unknown>>(text, values))[0]

type Form = { form: string; edit: (page: Page) => Promise<void>; save: string; saved: () => Promise<unknown> }

const forms: Form[] = [
  {
    form: 'the details of a connector',
    edit: async (page) => {
      await page.goto(acme.path)
      await page.getByLabel('Description').fill('Typed before the session ended')
    },
    save: 'Save basic details',
    saved: () =>
      one(`SELECT 1 FROM "Connector" WHERE "id" = $1 AND "description" = 'Typed before the session ended'`, [
        acme.connectorId,
      ]),
  },
  {
    form: 'a new connector',
    edit: async (page) => {
      await page.goto('/connectors/new')
      await page.getByLabel('Name', { exact: true }).fill('Typed before')
    },
    save: 'Next step',
    saved: () =>
      one(`SELECT 1 FROM "Connector" WHERE "workspaceId" = $1 AND "name" = 'Typed before'`, [workspace.workspaceId]),
  },
  {
    form: 'an authentication method',
    edit: async (page) => {
      await page.goto(`${acme.path}/authentication/${await acme.methodId('basic auth')}`)
      await page.getByLabel('Timeout limit').fill('47')
    },
    save: 'Save authentication method',
    saved: async () =>
      one(`SELECT 1 FROM "AuthenticationMethod" WHERE "id" = $1 AND "timeoutSeconds" = 47`, [
        await acme.methodId('basic auth'),
      ]),
  },
  {
    form: 'an endpoint',
    edit: async (page) => {
      await page.goto(`${acme.path}/endpoints/${await acme.endpointId('List orders')}`)
      await page.getByLabel('Entity type').fill('Typed before')
    },
    save: 'Save endpoint',
    saved: async () =>
      one(`SELECT 1 FROM "Endpoint" WHERE "id" = $1 AND "entityType" = 'Typed before'`, [
        await acme.endpointId('List orders'),
      ]),
  },
  {
    form: 'the settings of an instance, with a secret typed',
    edit: async (page) => {
      await page.goto(instance.path)
      await page.getByLabel('Instance name').fill('Acme UK renamed')
      await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
      await replaceSecret(page, 'Password', known.basic.password)
    },
    save: 'Save instance settings',
    saved: () =>
      one(
        `SELECT 1 FROM "Instance" i JOIN "InstanceValue" v ON v."instanceId" = i."id"
         WHERE i."id" = $1 AND i."name" = 'Acme UK renamed' AND v."setAt" > now() - interval '1 minute'
           AND v."sealedValue" IS NOT NULL`,
        [instance.id],
      ),
  },
  {
    form: 'the shape of a flow',
    edit: async (page) => {
      await page.goto(flow.path)
      await page.getByLabel('Shape name').fill('Typed before')
    },
    save: 'Save shape',
    saved: () =>
      one(`SELECT 1 FROM "Shape" WHERE "workspaceId" = $1 AND "name" = 'Typed before'`, [workspace.workspaceId]),
  },
  {
    form: 'the authentication matrix',
    edit: async (page) => {
      await page.goto(`${acme.path}/endpoints/matrix`)
      // The page asks in the background which flows the change breaks. That question must not be the one without a session.
      const asked = page.waitForResponse((response) => response.request().method() === 'POST')
      await page.getByRole('checkbox', { name: 'OAuth 2 for List orders', exact: true }).click()
      await asked
    },
    save: 'Apply',
    saved: async () =>
      one(`SELECT 1 FROM "AuditLog" WHERE "workspaceId" = $1 AND "action" LIKE '%matrix%'`, [workspace.workspaceId]),
  },
]

for (const { form, edit, save, saved } of forms) {
  test(`a session that ends while editing asks for the password in place, then saves: ${form}`, async ({ page }) => {
    await edit(page)
    expect(await saved()).toBeUndefined()
    await endSessions()
    await page.getByRole('button', { name: save, exact: true }).click()
    await signInAndSave(page)
    await expect.poll(saved).toBeDefined()
    await expect(page).not.toHaveURL(/\/login/)
  })
}

test('a form in a dialog stays open, and after a wrong password the question is repeated', async ({ page }) => {
  await page.goto(`${acme.path}/endpoints`)
  await page.getByRole('button', { name: 'Add new endpoint' }).first().click()
  const form = page.getByRole('dialog', { name: 'Add new endpoint' })
  await form.getByLabel('Name', { exact: true }).fill('Typed before')
  await form.getByLabel('URL', { exact: true }).fill('/typed-before')
  await endSessions()
  await form.getByRole('button', { name: 'Add endpoint' }).click()
  await dialog(page).getByLabel('Password').fill('not-the-password')
  await dialog(page).getByRole('button', { name: 'Sign in and save' }).click()
  await expect(dialog(page).getByRole('alert')).toContainText('Incorrect email or password.')
  await signInAndSave(page)
  await page.waitForURL(/\/endpoints\/[0-9a-f-]{36}/)
})

test('a deletion that was confirmed before the session ended is done after signing in', async ({ page }) => {
  const { flowId, path } = await acme.addFlow('Short-lived', { instance, endpoint: 'List orders' })
  await page.goto(path)
  await page.getByRole('button', { name: 'Flow settings' }).click()
  await page.getByRole('button', { name: 'Delete flow' }).click()
  const question = page.getByRole('dialog', { name: /^Delete/ })
  await question.getByRole('textbox').fill('Short-lived')
  await endSessions()
  await question.getByRole('button', { name: 'Delete flow' }).click()
  await dialog(page).getByLabel('Password').fill('not-the-password')
  await dialog(page).getByRole('button', { name: 'Sign in and save' }).click()
  await expect(dialog(page).getByRole('alert')).toBeVisible()
  await signInAndSave(page)
  await page.waitForURL(/\/flows$/)
  expect(await one(`SELECT 1 FROM "Flow" WHERE "id" = $1`, [flowId])).toBeUndefined()
})

test('a person who cancels keeps what was typed, and is asked again at the next save', async ({ page }) => {
  await page.goto(acme.path)
  await page.getByLabel('Description').fill('Not yet saved')
  await endSessions()
  await page.getByRole('button', { name: 'Save basic details' }).click()
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'You are not signed in' })).toBeVisible()
  await expect(page.getByLabel('Description')).toHaveValue('Not yet saved')
  await page.getByRole('button', { name: 'Save basic details' }).click()
  await signInAndSave(page)
  await expect(page.getByText(/^Saved/)).toBeVisible()
})

test('signing in as someone else warns that what was typed is saved by that person', async ({ page }) => {
  const robin = await workspace.addPerson('manager', 'Robin')
  await page.goto(acme.path)
  await page.getByLabel('Description').fill('Typed by Dana, saved by Robin')
  await endSessions()
  await page.getByRole('button', { name: 'Save basic details' }).click()
  await dialog(page).getByRole('button', { name: 'Sign in as someone else' }).click()
  await expect(dialog(page)).toContainText('What you typed will be saved by the person who signs in')
  await dialog(page).getByLabel('Email').fill(robin.email)
  await dialog(page).getByLabel('Password').fill(password)
  await dialog(page).getByRole('button', { name: 'Sign in and save' }).click()
  await expect(page.getByText(/^Saved/)).toBeVisible()
  const [row] = await workspace.sql<{ updatedById: string }>(`SELECT "updatedById" FROM "Connector" WHERE "id" = $1`, [
    acme.connectorId,
  ])
  expect(row!.updatedById).toBe(robin.id)
})

test('if somebody else has signed in in another tab, what was typed is not saved', async ({ page, context }) => {
  const robin = await workspace.addPerson('manager', 'Robin')
  await page.goto(acme.path)
  await page.getByLabel('Description').fill('Typed by Dana')
  await haveSession(context, workspace, robin)
  await page.getByRole('button', { name: 'Save basic details' }).click()
  const question = page.getByRole('dialog', { name: 'Robin has signed in' })
  await expect(question).toContainText(workspace.administrator.email)
  await expect(question.getByRole('button', { name: 'Save as Robin' })).toBeVisible()
  await question.getByLabel('Password').fill(password)
  await question.getByRole('button', { name: 'Sign in and save' }).click()
  await expect(page.getByText(/^Saved/)).toBeVisible()
  const [row] = await workspace.sql<{ updatedById: string }>(`SELECT "updatedById" FROM "Connector" WHERE "id" = $1`, [
    acme.connectorId,
  ])
  expect(row!.updatedById).toBe(workspace.administrator.id)
})

test('a link still leads to the log-in and then to its page', async ({ page }) => {
  await page.goto('/connectors')
  await endSessions()
  await page.getByRole('link', { name: 'Flows', exact: true }).first().click()
  await page.waitForURL(/\/login\?returnTo=%2Fflows$/)
  await page.getByLabel('Email').fill(workspace.administrator.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/flows$/)
})
