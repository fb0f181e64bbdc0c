import type { Page } from '@playwright/test'
import { authoriseAtSandbox, type SandboxDecision } from '@/tests/sandbox/authorise-at-sandbox'
import { browseAuthorisation } from '@/tests/sandbox/browse-authorisation'
import { known } from '@/tests/sandbox/known'
import { axeViolations } from '@/tests/support/axe'
import { anInstallation, expect, test } from '@/tests/support/installation'

// Single sign-on with the sandbox's OpenID Connect provider, which is a real one.

const installation = anInstallation({
  environment: (_url, sandboxUrl) => ({
    PATCHBAY_OIDC_ISSUER: `${sandboxUrl}/oauth`,
    PATCHBAY_OIDC_CLIENT_ID: known.signIn.id,
    PATCHBAY_OIDC_CLIENT_SECRET: known.signIn.secret,
    PATCHBAY_OIDC_NAME: 'Acme',
    PATCHBAY_OIDC_EMAIL_DOMAINS: 'acme.test',
    PATCHBAY_OIDC_ROLE: 'user',
  }),
})

const [casey, robin] = known.people as [(typeof known.people)[0], (typeof known.people)[1]]

async function signIn(
  page: Page,
  person: SandboxDecision['person'],
  decision: SandboxDecision['decision'] = 'Allow',
  path = '/login',
) {
  await page.goto(path)
  await page.getByRole('link', { name: 'Sign in with Acme' }).click()
  await authoriseAtSandbox(page, { decision, person })
}

test('a person of an allowed domain joins the only workspace, and comes back to the page they wanted', async ({
  page,
}) => {
  await test.step('the log-in page offers it', async () => {
    await page.goto('/activity')
    await expect(page.getByRole('link', { name: 'Sign in with Acme' })).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
  })
  await signIn(page, casey, 'Allow', '/activity')
  await expect(page).toHaveURL(/\/activity$/)
  await expect(page.getByRole('button', { name: new RegExp(casey.name) })).toBeVisible()
  const people = await installation.sql(
    `SELECT m."role"::text, u."passwordHash", i."subject" FROM "User" u JOIN "Membership" m ON m."userId" = u."id" JOIN "Identity" i ON i."userId" = u."id" WHERE u."email" = $1`,
    [casey.email],
  )
  expect(people).toEqual([{ role: 'user', passwordHash: null, subject: casey.id }])

  await test.step('their profile has no password to change', async () => {
    await page.goto('/profile')
    await expect(page.getByText('You sign in through single sign-on')).toBeVisible()
  })

  await test.step('a second time they are the same person', async () => {
    await page.context().clearCookies({ name: 'patchbay-session' })
    await signIn(page, casey)
    await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
    expect(await installation.sql(`SELECT 1 FROM "Identity"`)).toHaveLength(1)
  })
})

test('an email that the provider has not verified is refused, and nobody is created', async ({ page }) => {
  await signIn(page, robin)
  await expect(page.getByText('The identity provider gave no verified email for you.')).toBeVisible()
  expect(await installation.sql(`SELECT 1 FROM "User" WHERE "email" = $1`, [robin.email])).toEqual([])
})

test('a person who denies consent is back at the log-in with the reason', async ({ page }) => {
  await signIn(page, casey, 'Deny')
  await expect(page.getByText('The identity provider did not sign you in.')).toBeVisible()
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible()
})

test('a callback that this browser did not begin opens nothing', async ({ page, browser }) => {
  const begun = await page.request.get('/login/oidc', { maxRedirects: 0 })
  const callback = await browseAuthorisation(begun.headers().location!, { person: casey })
  expect(callback).toContain(`${installation.url}/login/oidc/callback?code=`)

  const victim = await (await browser.newContext({ baseURL: installation.url })).newPage()
  await victim.goto(callback)
  await expect(victim).toHaveURL(/\/login\?refused=expired/)
  await expect(victim.getByText('was begun in another browser')).toBeVisible()
  expect(await victim.context().cookies()).toEqual([])
  await victim.context().close()

  await test.step('nor does one with another state', async () => {
    await page.goto(callback.replace(/state=[^&]+/, 'state=forged'))
    await expect(page).toHaveURL(/\/login\?refused=/)
    await page.goto('/connectors')
    await expect(page).toHaveURL(/\/login/)
  })
})

test('the address of the log-in page shows no text of its own', async ({ page }) => {
  await page.goto('/login?refused=<b>pay here</b>')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect(page.getByText('pay here')).toHaveCount(0)
})
