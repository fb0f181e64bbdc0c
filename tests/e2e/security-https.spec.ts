import { anInstallation, expect, test } from '@/tests/support/installation'

/** Behind a reverse proxy that speaks https: told by APP_URL alone. */

// The test's browser comes without the proxy, under an address that is accepted as well.
const installation = anInstallation({
  environment: (url) => ({ APP_URL: 'https://patchbay.example', PATCHBAY_PUBLIC_URLS: url }),
})

test('on https the session cookie is for this host and secure connections only', async ({ page, context }) => {
  await installation.signIn(page)
  const cookies = await context.cookies()
  expect(cookies.find(({ name }) => name === '__Host-patchbay-session')).toMatchObject({
    httpOnly: true,
    secure: true,
    sameSite: 'Lax',
    path: '/',
    domain: 'localhost',
  })
  expect(cookies.find(({ name }) => name === 'patchbay-session')).toBeUndefined()
  await page.goto('/connectors')
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
})

test('a session cookie without the prefix, which another host of the domain could set, is ignored', async ({
  page,
  context,
}) => {
  await installation.signIn(page)
  const session = (await context.cookies()).find(({ name }) => name === '__Host-patchbay-session')!
  await context.clearCookies()
  await context.addCookies([{ name: 'patchbay-session', value: session.value, url: installation.url }])
  await page.goto('/connectors')
  await expect(page).toHaveURL(/\/login/)
})

test('browsers are required to stay with https', async ({ page }) => {
  expect((await page.goto('/login'))?.headers()['strict-transport-security']).toMatch(/max-age=\d{7,}/)
})
