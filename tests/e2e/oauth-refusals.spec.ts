import type { Page } from '@playwright/test'
import { authoriseAtSandbox } from '@/tests/sandbox/authorise-at-sandbox'
import { browseAuthorisation } from '@/tests/sandbox/browse-authorisation'
import type { TokenAnswer } from '@/tests/sandbox/control/control'
import { known } from '@/tests/sandbox/known'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import type { SeededShape } from '@/tests/support/seed'
import { aWorkspace, expect, password, test } from '@/tests/support/workspace'
import { expectShapeRuns, replaceSecret } from '@/tests/support/journey'
import { haveSession } from '@/tests/support/session'

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance
let flow: SeededShape

/** Each test re-authorises an instance that works, and ends by showing that it still does. */
test.beforeAll(async () => {
  acme = await seedAcme(workspace)
})
test.beforeEach(async ({ page }, info) => {
  const name = `Acme EU ${info.testId.slice(-6)}`
  instance = await acme.addInstance(name, 'OAuth 2')
  flow = await acme.addFlow(`Flow of ${name}`, { instance, endpoint: 'List orders' })
  await haveSession(page.context(), workspace)
})
test.afterEach(async () => {
  await workspace.sandbox.control.answerToken({ answer: null })
  await workspace.sandbox.control.setIssuerParameter({ mode: 'right' })
})

/** Presses *Authorise again* and returns the URL that the app redirects the browser to. */
async function begin(page: Page): Promise<string> {
  await page.goto(instance.path)
  const leaving = page.waitForRequest((request) => request.url().startsWith(`${workspace.sandbox.url}/oauth/auth?`))
  await page.getByRole('button', { name: 'Authorise again' }).click()
  const url = (await leaving).url()
  await page.waitForURL(/\/oauth\/interaction\//)
  return url
}

/** Starts an authorisation, allows it at the third party, and returns the URL of the callback without opening it. */
async function beginAndAllow(page: Page): Promise<string> {
  return browseAuthorisation(await begin(page))
}

async function expectRefusal(page: Page, heading: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible()
  await expect(page.getByText(/^(“.+” has not changed\.|Nothing has changed\. To start again)/)).toBeVisible()
}

async function expectEarlierCredentialsWork(page: Page): Promise<void> {
  const [row] = await workspace.sql<{ status: string }>(`SELECT "status"::text FROM "Instance" WHERE "id" = $1`, [
    instance.id,
  ])
  expect(row?.status).toBe('connected')
  await expectShapeRuns(page.context(), flow.path)
}

async function expectReconnected(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'The authorisation is complete' })).toContainText('connected')
}

test('denied consent has its page; the entered values stay pending and can be authorised afterwards', async ({
  page,
}) => {
  await page.goto(instance.path)
  await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
  await page.getByLabel('Scope', { exact: true }).fill('orders.read')
  await replaceSecret(page, 'Client secret', known.clients.basic.secret)
  await page.getByRole('button', { name: 'Save instance settings' }).click()
  await authoriseAtSandbox(page, { decision: 'Deny' })
  await expectRefusal(page, 'Access was not granted')
  await expectEarlierCredentialsWork(page)

  await page.getByRole('link', { name: 'Back to the instance settings' }).click()
  await expect(page.getByText('New values are waiting for an authorisation')).toBeVisible()
  await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
  await expect(page.getByLabel('Scope', { exact: true })).toHaveValue('orders.read')
  await expect(page.getByText('New value waiting for the authorisation').first()).toBeVisible()

  await page.getByRole('button', { name: 'Authorise', exact: true }).click()
  await authoriseAtSandbox(page, { decision: 'Allow' })
  await expectReconnected(page)
  expect(
    await workspace.sql(`SELECT "value" FROM "InstanceValue" WHERE "instanceId" = $1 AND "value" LIKE 'orders%'`, [
      instance.id,
    ]),
  ).toEqual([{ value: 'orders.read' }])
})

test('Try again on the page of a denial leads back to the third party', async ({ page }) => {
  await page.goto(await browseAuthorisation(await begin(page), { decision: 'Deny' }))
  await expectRefusal(page, 'Access was not granted')
  await page.getByRole('button', { name: 'Try again' }).click()
  await authoriseAtSandbox(page, { decision: 'Allow' })
  await expectReconnected(page)
})

test('pending values can be discarded; then nothing has changed', async ({ page }) => {
  await page.goto(instance.path)
  await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
  await page.getByLabel('Scope', { exact: true }).fill('orders.read')
  await page.getByRole('button', { name: 'Save instance settings' }).click()
  await authoriseAtSandbox(page, { decision: 'Deny' })
  await expectRefusal(page, 'Access was not granted')
  await page.goto(instance.path)
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  await expect(page.getByText('New values are waiting for an authorisation')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Authorise again' })).toBeVisible()
  await expectEarlierCredentialsWork(page)
})

test('a callback address works once', async ({ page }) => {
  const callback = await beginAndAllow(page)
  await page.goto(callback)
  await expectReconnected(page)
  await page.goto(callback)
  await expectRefusal(page, 'This authorisation was already used')
  await expectEarlierCredentialsWork(page)
})

test('an authorisation that took longer than ten minutes has expired', async ({ page }) => {
  const callback = await beginAndAllow(page)
  await workspace.sql(
    `UPDATE "PendingAuthorisation" SET "expiresAt" = now() - interval '1 second' WHERE "instanceId" = $1`,
    [instance.id],
  )
  await page.goto(callback)
  await expectRefusal(page, 'This authorisation has expired')
  await expectEarlierCredentialsWork(page)
  await page.getByRole('link', { name: 'Back to the instance settings' }).click()
  await expect(page.getByRole('button', { name: 'Authorise again' })).toBeVisible()
})

test('another person cannot finish it, sees nothing about the instance, and does not consume the state', async ({
  page,
  browser,
}) => {
  const callback = await beginAndAllow(page)
  const robin = await workspace.addPerson('administrator', 'Robin')
  const context = await browser.newContext()
  const theirs = await context.newPage()
  await haveSession(theirs.context(), workspace, robin)
  await theirs.goto(callback)
  await expectRefusal(theirs, 'This authorisation was started elsewhere')
  await expect(theirs.getByRole('main')).not.toContainText(instance.name)
  await context.close()
  await expectEarlierCredentialsWork(page)
  await page.goto(callback)
  await expectReconnected(page)
})

// Shows D13.
test('another browser of the same person cannot finish it', async ({ page, context }) => {
  const callback = await beginAndAllow(page)
  await context.clearCookies({ name: 'patchbay-authorisation' })
  await page.goto(callback)
  await expectRefusal(page, 'This authorisation was started elsewhere')
  await expectEarlierCredentialsWork(page)
})

test('a forged state is unknown, with and without a running authorisation', async ({ page }) => {
  const callback = new URL(await beginAndAllow(page))
  callback.searchParams.set('state', 'f'.repeat(40))
  await page.goto(callback.href)
  await expectRefusal(page, 'This authorisation is unknown')
  await page.goto('/oauth/authenticate')
  await expectRefusal(page, 'This authorisation is unknown')
  await page.getByRole('link', { name: 'Go to connectors' }).click()
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  await expectEarlierCredentialsWork(page)
})

test('a newer authorisation replaces an older one, which then has its own page', async ({ page }) => {
  const older = await beginAndAllow(page)
  await page.goto(instance.path)
  const leaving = page.waitForRequest(/\/oauth\/auth\?/)
  await page.getByRole('button', { name: 'Authorise again' }).click()
  const newer = await browseAuthorisation((await leaving).url())
  await page.waitForURL(/\/oauth\/interaction\//)
  await page.goto(older)
  await expectRefusal(page, 'This authorisation was replaced')
  await expectEarlierCredentialsWork(page)
  await page.goto(newer)
  await expectReconnected(page)
})

test('a callback without a code has its page', async ({ page }) => {
  const callback = new URL(await beginAndAllow(page))
  callback.searchParams.delete('code')
  await page.goto(callback.href)
  await expectRefusal(page, 'The third party sent no code')
  await expectEarlierCredentialsWork(page)
})

for (const mode of ['wrong', 'absent'] as const) {
  test(`a callback whose iss is ${mode} is refused before the code is used`, async ({ page }) => {
    await workspace.sandbox.control.setIssuerParameter({ mode })
    const callback = await beginAndAllow(page)
    const { counts } = await workspace.sandbox.control.getTokenCalls()
    await page.goto(callback)
    await expectRefusal(page, 'The response came from another server')
    expect((await workspace.sandbox.control.getTokenCalls()).counts.authorization_code).toBe(counts.authorization_code)
    await expectEarlierCredentialsWork(page)
  })
}

const tokenAnswers: { what: string; answer: TokenAnswer; heading: string; says?: string }[] = [
  {
    what: 'refuses the code',
    answer: { kind: 'error', error: 'invalid_grant', description: 'The code was issued to somebody else.' },
    heading: 'The third party refused the authorisation',
    says: 'The code was issued to somebody else.',
  },
  { what: 'answers nonsense', answer: { kind: 'nonsense' }, heading: 'The third party’s response could not be read' },
  {
    what: 'answers with a page',
    answer: { kind: 'html', status: 502 },
    heading: 'The third party could not issue a token',
  },
  { what: 'sends no token', answer: { kind: 'no_token' }, heading: 'The third party sent no token' },
  { what: 'answers without end', answer: { kind: 'huge' }, heading: 'The third party’s response was too large' },
  { what: 'hangs up', answer: { kind: 'disconnect' }, heading: 'The token endpoint could not be reached' },
  { what: 'never answers', answer: { kind: 'never' }, heading: 'The third party did not respond in time' },
]

for (const { what, answer, heading, says } of tokenAnswers) {
  test(`a token endpoint that ${what} has its page, without a secret on it`, async ({ page }) => {
    if (answer.kind === 'never')
      await workspace.sql(
        `UPDATE "AuthenticationMethod" SET "timeoutSeconds" = 2 WHERE "connectorId" = $1 AND "type" = 'oauth2_authorization_code'`,
        [acme.connectorId],
      )
    const callback = await beginAndAllow(page)
    await workspace.sandbox.control.answerToken({ answer })
    await page.goto(callback)
    await expectRefusal(page, heading)
    if (says) await expect(page.getByText(says)).toBeVisible()
    const html = await page.content()
    expect(html).not.toContain(known.clients.basic.secret)
    await workspace.sandbox.control.answerToken({ answer: null })
    await expectEarlierCredentialsWork(page)
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  })
}

test('a person who was signed out in the meantime signs in and finishes', async ({ page, context }) => {
  const callback = await beginAndAllow(page)
  const cookies = await context.cookies()
  await context.clearCookies()
  await context.addCookies(cookies.filter(({ name }) => name === 'patchbay-authorisation'))
  await page.goto(callback)
  await expect(page.getByRole('heading', { name: 'Sign in to finish authorising' })).toBeVisible()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('Email').fill(workspace.administrator.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Continue' }).click()
  await expectReconnected(page)
})

test('a new instance whose consent was denied stays pending, is not offered anywhere, and can be discarded', async ({
  page,
}) => {
  await page.goto(`/instances/new?connector=${acme.connectorId}`)
  await page.getByLabel('Instance name').fill('Never authorised')
  await page.getByRole('radio', { name: 'OAuth 2', exact: true }).check()
  await page.getByLabel('Client ID', { exact: true }).fill(known.clients.basic.id)
  await page.getByLabel('Client secret', { exact: true }).fill(known.clients.basic.secret)
  await page.getByRole('button', { name: 'Create instance' }).click()
  await authoriseAtSandbox(page, { decision: 'Deny' })
  await expectRefusal(page, 'Access was not granted')

  await page.goto(flow.path)
  await page.getByRole('combobox', { name: 'Instance' }).click()
  await expect(page.getByRole('option', { name: instance.name })).toBeVisible()
  await expect(page.getByRole('option', { name: 'Never authorised' })).toBeHidden()

  await page.goto('/connectors?q=Never')
  await expect(page.getByRole('listitem').filter({ hasText: 'Never authorised' })).toContainText(
    'Awaiting authorisation',
  )
  await page.getByRole('link', { name: 'Settings for Never authorised' }).click()
  await page.getByRole('button', { name: 'Discard', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard instance' }).click()
  await expect(page).toHaveURL(/\/connectors$/)
  expect(
    await workspace.sql(`SELECT 1 FROM "Instance" WHERE "connectorId" = $1 AND "name" = 'Never authorised'`, [
      acme.connectorId,
    ]),
  ).toEqual([])
})
