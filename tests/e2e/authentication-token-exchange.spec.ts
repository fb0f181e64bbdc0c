import { known } from '@/tests/sandbox/known'
import {
  addVerifiedInstance,
  buildMethod,
  runEndpoint,
  shownRequest,
  testConnection,
  type Credentials,
  type Way,
} from '@/tests/support/authentication-journey'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { expectRunStatus, runShape } from '@/tests/support/journey'
import { addParameter, addRow, addVariable, openTab, setFields, unfold } from '@/tests/support/method-setup'
import { haveSession } from '@/tests/support/session'

test.describe.configure({ timeout: 180_000 })
const workspace = aWorkspace()
test.beforeEach(async ({ page }) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
})

const { account, username, password } = known.session
const type = 'Token exchange'
const counts = async () => (await workspace.sandbox.control.getTokenCalls()).counts

test('a ticket as JSON, then a session as XML that contains it; both are requested again when the session has expired', async ({
  page,
}) => {
  const { sandbox } = workspace
  const way: Way = {
    name: 'Two steps',
    type,
    baseUrl: `${sandbox.url}/session`,
    build: async () => {
      await addVariable(page, 'Username')
      await addVariable(page, 'Password', { secret: true })
      const urls = await openTab(page, 'URLs')
      const gettingToken = urls.getByRole('region', { name: 'Get token' })
      await gettingToken.getByRole('button', { name: 'Add request' }).click()
      const first = urls.getByRole('group', { name: 'Get token, request 1' })
      await setFields(first, { 'URL / Token URL': `${sandbox.url}/session/ticket` })
      await unfold(first, 'More settings')
      await setFields(first, { 'Body format': 'JSON' })
      await addRow(first, 'Store a value from this response', {
        Variable: 'ticket',
        'Source in the response': '$.result.ticket',
      })
      const second = urls.getByRole('group', { name: 'Get token, request 2' })
      await setFields(second, { 'URL of request 2': `${sandbox.url}/session/open` })
      await unfold(second, 'More settings')
      await setFields(second, {
        'Body format': 'XML',
        'Whole body': '<login><ticket>{{ step1.ticket }}</ticket></login>',
      })
      for (const [key, value] of Object.entries({ account, username: '{{ username }}', password: '{{ password }}' })) {
        await addParameter(page, 'Body', { key, value, sentWith: 'Get token, request 1' })
      }
      const token = await openTab(page, 'Token')
      await setFields(token, {
        'Header name': 'X-Session',
        Value: '{{ access_token }}',
        'Client authentication': 'Nothing',
        'Access token': '$.response.session.token',
      })
      await setFields(token, {
        Expiry: '$.response.session.expires',
        'Format of the expiry': 'Date and time (ISO 8601)',
      })
      const picture = page.getByRole('complementary', { name: 'What will be sent' }).locator('pre')
      await expect(picture.nth(0)).toContainText(`POST ${sandbox.url}/session/ticket`)
      await expect(picture.nth(1)).toContainText(`POST ${sandbox.url}/session/open`)
    },
  }
  const credentials: Credentials = {
    values: { Username: username, Password: password },
    wrong: { label: 'Password', value: 'not-the-password' },
  }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  await testConnection(page, way, credentials)

  const before = await counts()
  const { headers } = await runEndpoint(page, way, workspace)
  expect(headers['x-session']).toMatch(/^[0-9a-f]{40}$/)
  expect(await shownRequest(page)).not.toContain(headers['x-session'])

  await sandbox.control.expireAccessTokens()
  await runShape(page)
  await expect(page.getByRole('region', { name: 'Run result' })).toContainText('2 attempts')
  await expectRunStatus(page, 200)
  const after = await counts()
  expect(after['session_open.succeeded']).toBeGreaterThan(before['session_open.succeeded'] ?? 0)
  expect(after['session_open.succeeded']).toBe(after['session_ticket.succeeded'])
})

test('a cookie that a form login returns', async ({ page }) => {
  const { sandbox } = workspace
  const way: Way = {
    name: 'Session cookie',
    type,
    baseUrl: `${sandbox.url}/session`,
    build: async () => {
      await addVariable(page, 'Username')
      await addVariable(page, 'Password', { secret: true })
      await setFields(await openTab(page, 'URLs'), { 'URL / Token URL': `${sandbox.url}/session/login` })
      await addParameter(page, 'Body', { key: 'username', value: '{{ username }}' })
      await addParameter(page, 'Body', { key: 'password', value: '{{ password }}' })
      const token = await openTab(page, 'Token')
      await setFields(token, { 'Sent in': 'Cookie' })
      await setFields(token, {
        'Cookie name': 'ACME_SESSION',
        Value: '{{ access_token }}',
        'Client authentication': 'Nothing',
        'Access token': 'cookie:ACME_SESSION',
      })
    },
  }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, {
    values: { Username: username, Password: password },
    wrong: { label: 'Password', value: 'not-the-password' },
  })
  expect((await runEndpoint(page, way, workspace)).headers.cookie).toMatch(/^ACME_SESSION=[0-9a-f]{40}$/)
  expect((await counts())['session_login.succeeded']).toBeGreaterThan(0)
})
