import type { Browser, Page } from '@playwright/test'
import { authoriseAtSandbox } from '@/tests/sandbox/authorise-at-sandbox'
import { known } from '@/tests/sandbox/known'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { axeViolations } from '@/tests/support/axe'
import { replaceSecret } from '@/tests/support/journey'
import type { SeededShape } from '@/tests/support/seed'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, test } from '@/tests/support/workspace'

/** Two people edit the same thing: the second sees both versions and chooses per field (rule R12). */

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance
let withSecrets: SeededInstance
let flow: SeededShape
let methodId: string
let endpointId: string

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  instance = await acme.addInstance('Acme UK', 'basic auth')
  // Before a test gives the method another name.
  withSecrets = await acme.addInstance('Acme with secrets', 'basic auth')
  methodId = await acme.methodId('basic auth')
  endpointId = await acme.endpointId('List products')
  flow = await acme.addFlow('Nightly orders', { instance, endpoint: 'List orders' })
})
test.beforeEach(({ page }) => haveSession(page.context(), workspace))

/** Robin, who opened the same page before Dana saves. */
async function robinAt(browser: Browser, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: workspace.url, timezoneId: 'Asia/Tokyo' })
  await haveSession(context, workspace, await workspace.addPerson('manager', 'Robin'))
  const page = await context.newPage()
  await page.goto(path)
  await page.waitForLoadState('networkidle')
  return page
}

const input = (page: Page, label: string) =>
  page.getByLabel(label, { exact: true }).and(page.locator('input, textarea'))
const choices = (page: Page) => page.getByRole('region', { name: 'Dana saved changes while you were editing' })
const choice = (page: Page, field: string, text: string) =>
  choices(page).getByRole('group', { name: field }).getByRole('radio', { name: text })

type Editor = {
  what: string
  path: () => Promise<string>
  /** What both change. */
  field: string
  /** What only Dana changes, and only Robin. */
  hers: [label: string, value: string]
  his: [label: string, value: string]
  value: (of: 'Dana' | 'Robin') => string
  save: string
  stored: () => Promise<Record<string, unknown> | undefined>
}

const one = async (text: string, values: unknown[]) => (await workspace.sql<Record<string, unknown>>(text, values))[0]

const editors: Editor[] = [
  {
    what: 'the details of a connector',
    path: async () => acme.path,
    field: 'Description',
    value: (of) => `Description of ${of}`,
    hers: ['Version', 'v7'],
    his: ['Documentation link', 'https://docs.example.com/robin'],
    save: 'Save basic details',
    stored: () =>
      one(
        `SELECT "description" AS "both", "versionLabel" AS "hers", "documentationUrl" AS "his" FROM "Connector" WHERE "id" = $1`,
        [acme.connectorId],
      ),
  },
  {
    what: 'an authentication method',
    path: async () => `${acme.path}/authentication/${methodId}`,
    field: 'Timeout limit',
    value: (of) => (of === 'Dana' ? '41' : '42'),
    hers: ['Documentation', 'https://docs.example.com/dana'],
    his: ['Name', 'basic auth of Robin'],
    save: 'Save authentication method',
    stored: () =>
      one(
        `SELECT "timeoutSeconds"::text AS "both", "documentationUrl" AS "hers", "name" AS "his"
         FROM "AuthenticationMethod" WHERE "id" = $1`,
        [methodId],
      ),
  },
  {
    what: 'an endpoint',
    path: async () => `${acme.path}/endpoints/${endpointId}`,
    field: 'Entity type',
    value: (of) => `Type of ${of}`,
    hers: ['Name', 'Products of Dana'],
    his: ['URL', '/products?of=robin'],
    save: 'Save endpoint',
    stored: () =>
      one(`SELECT "entityType" AS "both", "name" AS "hers", "url" AS "his" FROM "Endpoint" WHERE "id" = $1`, [
        endpointId,
      ]),
  },
  {
    what: 'the settings of an instance',
    path: async () => instance.path,
    field: 'Date format',
    value: (of) => (of === 'Dana' ? 'DD/MM/YYYY' : 'MM/DD/YYYY'),
    hers: ['Simultaneous requests', '3'],
    his: ['Instance name', 'Acme of Robin'],
    save: 'Save instance settings',
    stored: () =>
      one(
        `SELECT "dateFormat" AS "both", "maxConcurrent"::text AS "hers", "name" AS "his" FROM "Instance" WHERE "id" = $1`,
        [instance.id],
      ),
  },
]

for (const { what, path, field, value, hers, his, save, stored } of editors) {
  test(`the second of two editors sees both versions and chooses per field: ${what}`, async ({ page, browser }) => {
    const address = await path()
    const robin = await robinAt(browser, address)
    await page.goto(address)

    await input(page, field).fill(value('Dana'))
    await input(page, hers[0]).fill(hers[1])
    await page.getByRole('button', { name: save }).click()
    await expect.poll(stored).toMatchObject({ both: value('Dana'), hers: hers[1] })

    await input(robin, field).fill(value('Robin'))
    await input(robin, his[0]).fill(his[1])
    await robin.getByRole('button', { name: save }).click()
    await expect(choices(robin)).toBeVisible()

    await test.step('fields that only one of them changed are merged, and nothing typed is lost', async () => {
      await expect(input(robin, field)).toHaveValue(value('Robin'))
      await expect(input(robin, hers[0])).toHaveValue(hers[1])
      await expect(input(robin, his[0])).toHaveValue(his[1])
      await expect(choices(robin)).toContainText(`Also changed, and now shown here: ${hers[0]}.`)
    })
    await test.step('the time is in the person’s own time zone', async () => {
      const at = (await choices(robin).locator('time').getAttribute('datetime'))!
      const there = new Date(at).toLocaleString('en-GB', { timeZone: 'Asia/Tokyo', timeStyle: 'short' })
      await expect(choices(robin)).toContainText(there)
    })
    await choice(robin, field, `Theirs: ${value('Dana')}`).check()
    await expect(input(robin, field)).toHaveValue(value('Dana'))
    await choice(robin, field, `Yours: ${value('Robin')}`).check()
    await expect(input(robin, field)).toHaveValue(value('Robin'))
    await robin.getByRole('button', { name: save }).click()
    await expect.poll(stored).toEqual({ both: value('Robin'), hers: hers[1], his: his[1] })
    await expect(choices(robin)).toBeHidden()
    await robin.context().close()
  })
}

test('a secret that both replaced is listed, never shown, and the other’s value can be chosen', async ({
  page,
  browser,
}) => {
  const robin = await robinAt(browser, withSecrets.path)
  await page.goto(withSecrets.path)
  await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
  await replaceSecret(page, 'Password', known.basic.password)
  await page.getByRole('button', { name: 'Save instance settings' }).click()
  await expect(page.getByText('Saved. The credentials were accepted.')).toBeVisible()

  await robin.getByRole('tab', { name: 'Authentication', exact: true }).click()
  await replaceSecret(robin, 'Password', 'typed-by-robin')
  await robin.getByRole('button', { name: 'Save instance settings' }).click()
  await expect(choice(robin, 'Password', 'Yours: Replaced with what you typed')).toBeChecked()
  await expect(choices(robin)).not.toContainText('typed-by-robin')
  await choice(robin, 'Password', 'Theirs: Replaced').check()
  await expect(robin.getByRole('button', { name: 'Replace Password' })).toBeVisible()
  await choice(robin, 'Password', 'Yours: Replaced with what you typed').check()
  await expect(robin.getByLabel('Password', { exact: true })).toHaveValue('typed-by-robin')
  await robin.context().close()
})

/** Robin edits the settings and goes to the third party with them. He is there when Dana saves hers. */
async function robinAtThirdParty(browser: Browser, path: string, name: string): Promise<Page> {
  const robin = await robinAt(browser, path)
  await input(robin, 'Date format').fill('MM/DD/YYYY')
  await input(robin, 'Instance name').fill(name)
  await robin.getByRole('tab', { name: 'Authentication', exact: true }).click()
  await input(robin, 'Scope').fill('orders.read')
  await replaceSecret(robin, 'Client secret', known.clients.basic.secret)
  await robin.getByRole('button', { name: 'Save instance settings' }).click()
  await robin.waitForURL(/\/oauth\/interaction\//)
  return robin
}

const authorised = (id: string) =>
  one(
    `SELECT i."name", i."dateFormat", i."maxConcurrent", i."status"::text,
       (SELECT v."value" FROM "InstanceValue" v JOIN "Variable" d ON d."id" = v."variableId"
        WHERE v."instanceId" = i."id" AND d."key" = 'scope') AS "scope"
     FROM "Instance" i WHERE i."id" = $1`,
    [id],
  )

test('who comes back from the third party after another’s save sees both versions and loses nothing', async ({
  page,
  browser,
}) => {
  const { id, path } = await acme.addInstance('Acme authorised', 'OAuth 2')
  const robin = await robinAtThirdParty(browser, path, 'Authorised by Robin')
  await page.goto(path)
  await input(page, 'Date format').fill('DD/MM/YYYY')
  await input(page, 'Simultaneous requests').fill('3')
  await page.getByRole('button', { name: 'Save instance settings' }).click()
  await expect(page.getByText('Saved. Applies to all flows.')).toBeVisible()
  await authoriseAtSandbox(robin)

  await test.step('nothing is applied, and the page does not say that old values are what was typed', async () => {
    await expect(choices(robin)).toBeVisible()
    await expect(robin.locator('body')).not.toContainText('What you typed is still here')
    const scope = 'orders.read products.read'
    expect(await authorised(id)).toMatchObject({ name: 'Acme authorised', dateFormat: 'DD/MM/YYYY', scope })
  })
  await test.step('both versions of what both changed; the rest is joined', async () => {
    await expect(choice(robin, 'Date format', 'Yours: MM/DD/YYYY')).toBeChecked()
    await expect(choices(robin)).toContainText('Also changed, and now shown here: Simultaneous requests.')
    await expect(input(robin, 'Date format')).toHaveValue('MM/DD/YYYY')
    await expect(input(robin, 'Simultaneous requests')).toHaveValue('3')
    await expect(input(robin, 'Instance name')).toHaveValue('Authorised by Robin')
    await robin.getByRole('tab', { name: 'Authentication', exact: true }).click()
    await expect(input(robin, 'Scope')).toHaveValue('orders.read')
    await expect(robin.getByText('New value waiting for the authorisation')).toBeVisible()
    expect(await axeViolations(robin)).toEqual([])
  })
  await test.step('it is still there after loading the page again', async () => {
    await robin.reload()
    await expect(choice(robin, 'Date format', 'Yours: MM/DD/YYYY')).toBeChecked()
    await expect(input(robin, 'Instance name')).toHaveValue('Authorised by Robin')
  })
  await test.step('what is chosen is authorised and saved, with the secret that was typed before', async () => {
    await choice(robin, 'Date format', 'Theirs: DD/MM/YYYY').check()
    await expect(input(robin, 'Date format')).toHaveValue('DD/MM/YYYY')
    await robin.getByRole('button', { name: 'Save instance settings' }).click()
    await authoriseAtSandbox(robin)
    await expect(robin.getByRole('status').filter({ hasText: 'The authorisation is complete' })).toBeVisible()
    const joined = { name: 'Authorised by Robin', dateFormat: 'DD/MM/YYYY', maxConcurrent: 3, scope: 'orders.read' }
    expect(await authorised(id)).toEqual({ ...joined, status: 'connected' })
    await robin.goto(path)
    await expect(robin.getByRole('heading', { level: 1, name: 'Authorised by Robin' })).toBeVisible()
    await expect(choices(robin)).toBeHidden()
  })
  await robin.context().close()
})

test('who typed before another’s authorisation was finished chooses too, and can discard it', async ({
  page,
  browser,
}) => {
  const { id, path } = await acme.addInstance('Acme authorised twice', 'OAuth 2')
  const robin = await robinAtThirdParty(browser, path, 'Named by Robin')
  await page.goto(path)
  await page.getByRole('tab', { name: 'Authentication', exact: true }).click()
  await input(page, 'Scope').fill('products.read')
  await replaceSecret(page, 'Client secret', known.clients.basic.secret)
  await page.getByRole('button', { name: 'Save instance settings' }).click()
  await authoriseAtSandbox(page)
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  await authoriseAtSandbox(robin)

  await expect(choice(robin, 'Scope', 'Yours: orders.read')).toBeChecked()
  await expect(choice(robin, 'Scope', 'Theirs: products.read')).not.toBeChecked()
  await expect(choice(robin, 'Client secret', 'Yours: Replaced with what you typed')).toBeChecked()
  await choice(robin, 'Client secret', 'Theirs: Replaced').check()
  await expect(input(robin, 'Instance name')).toHaveValue('Named by Robin')
  await robin.getByRole('button', { name: 'Discard changes' }).click()
  await expect(choices(robin)).toBeHidden()
  await expect(input(robin, 'Instance name')).toHaveValue('Acme authorised twice')
  await expect
    .poll(() => one(`SELECT 1 FROM "PendingAuthorisation" WHERE "instanceId" = $1 AND "sealedSettings" <> ''`, [id]))
    .toBeUndefined()
  await robin.reload()
  await expect(input(robin, 'Instance name')).toHaveValue('Acme authorised twice')
  await expect(choices(robin)).toBeHidden()
  expect(await authorised(id)).toMatchObject({ scope: 'products.read', status: 'connected' })
  await robin.context().close()
})

test('who typed nothing before the third party is not asked to choose', async ({ page, browser }) => {
  const { path } = await acme.addInstance('Acme authorised again', 'OAuth 2')
  const robin = await robinAt(browser, path)
  await robin.getByRole('button', { name: 'Authorise again' }).click()
  await robin.waitForURL(/\/oauth\/interaction\//)
  await page.goto(path)
  await input(page, 'Simultaneous requests').fill('3')
  await page.getByRole('button', { name: 'Save instance settings' }).click()
  await expect(page.getByText('Saved. Applies to all flows.')).toBeVisible()
  await authoriseAtSandbox(robin)
  await expect(robin.getByRole('heading', { name: 'The instance has changed' })).toBeVisible()
  await expect(robin.getByText('Dana changed “Acme authorised again” while you were authorising it.')).toBeVisible()
  await expect(robin.getByText('Your authorisation was not applied.')).toBeVisible()
  await robin.getByRole('link', { name: 'Back to the instance settings' }).click()
  await expect(input(robin, 'Simultaneous requests')).toHaveValue('3')
  await expect(choices(robin)).toBeHidden()
  await robin.context().close()
})

test('who typed the same before the third party as another person saved has nothing to choose', async ({
  page,
  browser,
}) => {
  const { path } = await acme.addInstance('Acme changed twice', 'OAuth 2')
  const robin = await robinAt(browser, path)
  await input(robin, 'Date format').fill('DD/MM/YYYY')
  await robin.getByRole('button', { name: 'Authorise again' }).click()
  await robin.waitForURL(/\/oauth\/interaction\//)
  await page.goto(path)
  await input(page, 'Date format').fill('DD/MM/YYYY')
  await page.getByRole('button', { name: 'Save instance settings' }).click()
  await expect(page.getByText('Saved. Applies to all flows.')).toBeVisible()
  await authoriseAtSandbox(robin)
  await expect(robin.getByRole('heading', { level: 1, name: 'Acme changed twice' })).toBeVisible()
  await expect(input(robin, 'Date format')).toHaveValue('DD/MM/YYYY')
  await expect(choices(robin)).toBeHidden()
  await expect(robin.getByRole('button', { name: 'Discard changes' })).toBeHidden()
  await robin.context().close()
})

/** Another test of this file renames it. */
const products = /^(List products|Products of Dana)/

test('the second of two editors sees both versions and chooses per field: a shape of a flow', async ({
  page,
  browser,
}) => {
  const robin = await robinAt(browser, flow.path)
  await page.goto(flow.path)
  await page.getByLabel('Shape name').fill('Named by Dana')
  await page.getByRole('combobox', { name: 'Endpoint' }).click()
  await page.getByRole('option', { name: products }).click()
  await page.getByRole('button', { name: 'Save shape' }).click()
  await expect(page.getByText('Shape saved.')).toBeVisible()

  await robin.getByLabel('Shape name').fill('Named by Robin')
  await robin.getByRole('button', { name: 'Save shape' }).click()
  await expect(choices(robin)).toContainText('Instance and endpoint')
  await expect(robin.getByRole('combobox', { name: 'Endpoint' })).toContainText(products)
  await choice(robin, 'Shape name', 'Theirs: Named by Dana').check()
  await expect(robin.getByLabel('Shape name')).toHaveValue('Named by Dana')
  await choice(robin, 'Shape name', 'Yours: Named by Robin').check()
  await robin.getByRole('button', { name: 'Save shape' }).click()
  await expect(robin.getByText('Shape saved.')).toBeVisible()
  expect(
    await one(
      `SELECT s."name", e."name" AS "endpoint" FROM "Shape" s JOIN "Endpoint" e ON e."id" = s."endpointId" WHERE s."id" = $1`,
      [flow.shapeId],
    ),
  ).toMatchObject({ name: 'Named by Robin', endpoint: expect.stringMatching(products) })
  await robin.context().close()
})
