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
import { openTab, setFields } from '@/tests/support/method-setup'
import { haveSession } from '@/tests/support/session'

test.describe.configure({ timeout: 180_000 })
const workspace = aWorkspace()
test.beforeEach(({ page }) => haveSession(page.context(), workspace))

const credentials: Credentials = {
  values: { Token: known.apiToken },
  wrong: { label: 'Token', value: 'not-the-token' },
}

test('a token in a cookie', async ({ page }) => {
  const way: Way = {
    name: 'Cookie',
    type: 'Token-based authentication',
    baseUrl: `${workspace.sandbox.url}/keys/cookie`,
    build: async () => {
      const token = await openTab(page, 'Token')
      await setFields(token, { 'Sent in': 'Cookie' })
      await setFields(token, { 'Cookie name': 'acme_key', Value: '{{ token }}' })
    },
  }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  await testConnection(page, way, credentials)
  const { headers } = await runEndpoint(page, way, workspace)
  expect(headers.cookie).toBe(`acme_key=${known.apiToken}`)
  expect(headers.authorization).toBeUndefined()
  expect(await shownRequest(page)).not.toContain(known.apiToken)
})

test('a token in the URL', async ({ page }) => {
  const way: Way = {
    name: 'Query',
    type: 'Token-based authentication',
    baseUrl: `${workspace.sandbox.url}/keys/query`,
    build: async () => {
      const token = await openTab(page, 'Token')
      await setFields(token, { 'Sent in': 'URL' })
      await setFields(token, { 'Parameter name': 'key', Value: '{{ token }}' })
    },
  }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  const { url } = await runEndpoint(page, way, workspace)
  expect(new URL(url, workspace.sandbox.url).searchParams.get('key')).toBe(known.apiToken)
  expect(await shownRequest(page)).not.toContain(known.apiToken)
})
