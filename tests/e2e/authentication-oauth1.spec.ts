import { decideAtSandbox } from '@/tests/sandbox/authorise-at-sandbox'
import { known } from '@/tests/sandbox/known'
import {
  addVerifiedInstance,
  buildMethod,
  fillCredentials,
  instanceOf,
  runEndpoint,
  shownRequest,
  testConnection,
  type Credentials,
  type Way,
} from '@/tests/support/authentication-journey'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { openTab, setFields } from '@/tests/support/method-setup'
import { haveSession } from '@/tests/support/session'

test.describe.configure({ timeout: 180_000 })
const workspace = aWorkspace()
test.beforeEach(({ page }) => haveSession(page.context(), workspace))

const { consumerKey, consumerSecret, rsaConsumerKey, token, tokenSecret, realm } = known.oauth1
const type = 'OAuth 1'

// Shows C5.
test('a pasted token, every request signed with HMAC-SHA256 for a realm', async ({ page }) => {
  const way: Way = { name: 'Pasted', type, baseUrl: `${workspace.sandbox.url}/oauth1/realm` }
  const credentials: Credentials = {
    values: {
      'Consumer key': consumerKey,
      'Consumer secret': consumerSecret,
      Token: token,
      'Token secret': tokenSecret,
      Realm: realm,
    },
    wrong: { label: 'Token secret', value: 'not-the-secret' },
  }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  await testConnection(page, way, { ...credentials, wrong: { label: 'Consumer secret', value: 'not-the-secret' } })
  const { headers } = await runEndpoint(page, way, workspace)
  expect(headers.authorization).toMatch(new RegExp(`^OAuth realm="${realm}"`))
  expect(headers.authorization).toContain('oauth_signature_method="HMAC-SHA256"')
  const signature = /oauth_signature="([^"]+)"/.exec(headers.authorization!)![1]!
  expect(await shownRequest(page)).not.toContain(signature)
})

test('a private key signs instead of a secret (RSA-SHA1)', async ({ page }) => {
  const way: Way = { name: 'RSA', type, baseUrl: `${workspace.sandbox.url}/oauth1` }
  const credentials: Credentials = {
    values: {
      'Consumer key': rsaConsumerKey,
      'Consumer secret': known.keys.rsa,
      Token: token,
      'Token secret': tokenSecret,
      'Signature method': 'RSA-SHA1',
    },
    wrong: { label: 'Token', value: 'not-the-token' },
  }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  expect((await runEndpoint(page, way, workspace)).headers.authorization).toContain('oauth_signature_method="RSA-SHA1"')
})

// Shows C6.
test('a person authorises the application (three-legged)', async ({ page }) => {
  const { sandbox } = workspace
  const way: Way = {
    name: 'Three legs',
    type,
    baseUrl: `${sandbox.url}/oauth1`,
    build: async () =>
      setFields(await openTab(page, 'URLs'), {
        'Request token URL': `${sandbox.url}/oauth1/request_token`,
        'Authorise URL': `${sandbox.url}/oauth1/authorize`,
        'Access token URL': `${sandbox.url}/oauth1/access_token`,
      }),
  }
  await buildMethod(page, way, workspace)

  await test.step('a denial results in an instance that does not work', async () => {
    await fillCredentials(page, way, { 'Consumer key': consumerKey, 'Consumer secret': consumerSecret })
    await page.getByRole('button', { name: 'Create instance' }).click()
    await decideAtSandbox(page, 'Deny')
    await expect(page.getByText('denied').first()).toBeVisible()
  })

  await test.step('a consent results in an instance that signs with the token of that person', async () => {
    await page.goto(`/connectors?q=${way.name}`)
    await page
      .getByRole('link', { name: `Settings for ${instanceOf(way)}`, exact: true })
      .first()
      .click()
    await page
      .getByRole('button', { name: /^Authorise/ })
      .first()
      .click()
    await decideAtSandbox(page)
    await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
    await expect(
      page
        .getByRole('listitem')
        .filter({ hasText: instanceOf(way) })
        .last(),
    ).toContainText('Connected')
    const { headers } = await runEndpoint(page, way, workspace)
    expect(headers.authorization).toMatch(/oauth_token="[0-9a-f]{24}"/)
    expect((await sandbox.control.getTokenCalls()).counts).toMatchObject({
      'oauth1_request.succeeded': 2,
      'oauth1_access.succeeded': 1,
    })
  })
})
