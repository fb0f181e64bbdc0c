import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { newToken } from '@/lib/platform/crypto/one-way-token'
import { newId } from '@/lib/platform/db/new-id'
import { authoriseAtSandbox } from '@/tests/sandbox/authorise-at-sandbox'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { axeViolations } from '@/tests/support/axe'
import { withClient } from '@/tests/support/seed'
import { haveSession } from '@/tests/support/session'
import { aWorkspace, expect, password, test } from '@/tests/support/workspace'

/** A program asks a person to authorise an instance, with a link of this installation (DATA §8). */

const workspace = aWorkspace()
let acme: SeededAcme
let instance: SeededInstance
/** The program's own app, to which the browser returns. */
let app: { server: Server; address: string; referrers: (string | undefined)[] }

test.beforeAll(async () => {
  acme = await seedAcme(workspace)
  const referrers: (string | undefined)[] = []
  const server = createServer((request, response) => {
    referrers.push(request.headers.referer)
    response.setHeader('content-type', 'text/html').end('<title>App</title><h1>Back in the app</h1>')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  app = { server, referrers, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/done?team=1` }
  await allow([app.address])
})
test.afterAll(() => app.server.close())
test.beforeEach(async ({}, info) => {
  instance = await acme.addInstance(`Acme EU ${info.testId.slice(-6)}`, 'OAuth 2')
})

async function allow(addresses: string[]): Promise<void> {
  await workspace.sql(
    `INSERT INTO "WorkspaceSetting" ("workspaceId", "key", "value", "updatedAt") VALUES ($1, 'returnAddresses', $2, now())
     ON CONFLICT ("workspaceId", "key") DO UPDATE SET "value" = $2`,
    [workspace.workspaceId, JSON.stringify(addresses)],
  )
}

/** A link that the API key “Onboarding” created. */
async function aLink(given: { returnTo?: string; expiresAt?: Date } = {}) {
  const { token, tokenHash } = newToken()
  const [id, keyId, { workspaceId, administrator }] = [newId(), newId(), workspace]
  await withClient(workspace, async (tx) => {
    const key = {
      name: 'Onboarding',
      foldedName: 'onboarding',
      role: 'manager',
      keyHash: newToken().tokenHash,
    } as const
    await tx.apiKey.create({ data: { ...key, id: keyId, workspaceId, ownerId: administrator.id, prefix: 'pb_abcdef' } })
    await tx.authorisationLink.create({
      data: {
        ...{ id, workspaceId, connectorId: acme.connectorId, instanceId: instance.id, instanceRevision: 1, tokenHash },
        ...{ actorKind: 'api_key', actorId: keyId, actorLabel: 'Onboarding', actorAddress: '203.0.113.7' },
        returnTo: given.returnTo ?? null,
        expiresAt: given.expiresAt ?? new Date(Date.now() + 29 * 60_000),
      },
    })
  })
  return { id, keyId, path: `/authorise/${token}` }
}

async function stateOf(id: string): Promise<string | undefined> {
  const rows = await workspace.sql<{ state: string }>(`SELECT "state"::text FROM "AuthorisationLink" WHERE "id" = $1`, [
    id,
  ])
  return rows[0]?.state
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const continueButton = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true })

async function expectRefused(page: Page, message: RegExp): Promise<void> {
  await expect(heading(page, 'This link does not work')).toBeVisible()
  await expect(page.getByText(message)).toBeVisible()
  await expect(continueButton(page)).toHaveCount(0)
  expect(await axeViolations(page)).toEqual([])
}

test('a person who is signed out signs in, sees who asks, consents, and returns to the app', async ({ page }) => {
  const link = await aLink({ returnTo: app.address })
  const manager = await workspace.addPerson('manager', 'Mary')
  await page.goto(link.path)
  await expect(heading(page, 'Sign in')).toBeVisible()
  await page.getByLabel('Email').fill(manager.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()

  await expect(heading(page, `Authorise ${instance.name}`)).toBeVisible()
  await expect(page).toHaveTitle(/Authorise an instance/)
  await expect(page.getByText('API key “Onboarding”, from 203.0.113.7')).toBeVisible()
  await expect(page.getByText(`You go to ${new URL(app.address).origin}/done`, { exact: true })).toBeVisible()
  await expect(page.getByText(/^in (29|28) minutes$/)).toBeVisible()
  await expect(page.getByText(manager.email)).toBeVisible()
  expect(await stateOf(link.id)).toBe('waiting')

  const leaving = page.waitForRequest((request) => request.url().startsWith(`${workspace.sandbox.url}/oauth/auth?`))
  await continueButton(page).click()
  expect((await leaving).headers().referer ?? '').not.toContain('/authorise/')
  await page.waitForURL(/\/oauth\/interaction\//)
  expect(await stateOf(link.id)).toBe('opened')
  await authoriseAtSandbox(page)
  await page.waitForURL(`${app.address}&patchbay_authorisation=${link.id}&state=succeeded`)
  await expect(heading(page, 'Back in the app')).toBeVisible()
  expect(app.referrers.join()).not.toMatch(/code=|authorise/)
  expect(await stateOf(link.id)).toBe('succeeded')
  await page.goto(link.path)
  await expectRefused(page, /already been used/)
})

test('without a return address the person stays in Patchbay', async ({ page }) => {
  await haveSession(page.context(), workspace)
  const link = await aLink()
  await page.goto(link.path)
  await expect(page.getByText('You stay in Patchbay')).toBeVisible()
  await continueButton(page).click()
  await authoriseAtSandbox(page)
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'The authorisation is complete' })).toBeVisible()
})

test('after a denial the return address says so, or the page says why', async ({ page }) => {
  await haveSession(page.context(), workspace)
  const told = await aLink({ returnTo: app.address })
  await page.goto(told.path)
  await continueButton(page).click()
  await authoriseAtSandbox(page, { decision: 'Deny' })
  await page.waitForURL(`${app.address}&patchbay_authorisation=${told.id}&state=refused`)

  const link = await aLink()
  await page.goto(link.path)
  await continueButton(page).click()
  await authoriseAtSandbox(page, { decision: 'Deny' })
  await expect(heading(page, 'Access was not granted')).toBeVisible()
  expect(await stateOf(link.id)).toBe('refused')
})

test('an address that was removed from the setting is never opened', async ({ page }) => {
  await haveSession(page.context(), workspace)
  const link = await aLink({ returnTo: 'https://evil.example/done' })
  await page.goto(link.path)
  await expect(page.getByText('You stay in Patchbay')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expectRefused(page, /Dana cancelled the authorisation/)
  expect(new URL(page.url()).origin).toBe(workspace.url)
})

test('Cancel refuses the link without a question, and the browser returns to the app', async ({ page }) => {
  await haveSession(page.context(), workspace)
  const link = await aLink({ returnTo: app.address })
  await page.goto(link.path)
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.waitForURL(`${app.address}&patchbay_authorisation=${link.id}&state=refused`)
  expect(await stateOf(link.id)).toBe('refused')
})

test('a link that has expired, whose key was revoked, or that is unknown says so', async ({ page }) => {
  await haveSession(page.context(), workspace)
  const expired = await aLink({ expiresAt: new Date(Date.now() - 1_000) })
  await page.goto(expired.path)
  await expectRefused(page, /This link has expired\. The API key “Onboarding” can create a new one\./)
  await workspace.sql(`UPDATE "AuthorisationLink" SET "state" = 'superseded' WHERE "id" = $1`, [expired.id])
  const revoked = await aLink()
  await page.goto(revoked.path)
  await expect(continueButton(page)).toBeVisible()
  await workspace.sql(`UPDATE "ApiKey" SET "revokedAt" = now() WHERE "id" = $1`, [revoked.keyId])
  await continueButton(page).click()
  await expect(page.getByText(/“Onboarding” may no longer change this instance/)).toBeVisible()
  await page.reload()
  await expectRefused(page, /“Onboarding” may no longer change this instance/)
  for (const token of [newToken().token, 'x', '%00']) {
    await page.goto(`/authorise/${token}`)
    await expectRefused(page, /This link is unknown in your workspace/)
  }
})

test('a person who may not change anything reads why they cannot authorise', async ({ page }) => {
  await haveSession(page.context(), workspace, await workspace.addPerson('user', 'Uma'))
  const link = await aLink()
  await page.goto(link.path)
  await expect(heading(page, 'You cannot authorise this instance')).toBeVisible()
  await expect(page.getByText('Your role does not allow this')).toBeVisible()
  await expect(page.getByText(instance.name)).toHaveCount(0)
  expect(await axeViolations(page)).toEqual([])
})

test('the page has no fault that axe finds, in light and dark, and fits a phone', async ({ page }) => {
  await haveSession(page.context(), workspace)
  const link = await aLink({ returnTo: app.address })
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1440, 375]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      await page.goto(link.path)
      await expect(continueButton(page)).toBeVisible()
      expect(await axeViolations(page), `${colorScheme}, ${width} px`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    }
  }
})
