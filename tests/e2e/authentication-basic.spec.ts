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
import { addParameter, addVariable } from '@/tests/support/method-setup'
import { haveSession } from '@/tests/support/session'

test.describe.configure({ timeout: 180_000 })
const workspace = aWorkspace()
test.beforeEach(({ page }) => haveSession(page.context(), workspace))

// Shows C47.
test('a password and an API key that the third party requires together', async ({ page }) => {
  const way: Way = {
    name: 'Two credentials',
    type: 'Basic authentication',
    baseUrl: `${workspace.sandbox.url}/keys/two`,
    build: async () => {
      await addVariable(page, 'API key', { secret: true })
      await addParameter(page, 'Headers', { key: 'X-Api-Key', value: '{{ api_key }}' })
    },
  }
  const { username, password } = known.basic
  const credentials: Credentials = {
    values: { Username: username, Password: password, 'API key': known.apiToken },
    wrong: { label: 'API key', value: 'not-the-key' },
  }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  await testConnection(page, way, { ...credentials, wrong: { label: 'Password', value: 'not-the-password' } })
  const { headers } = await runEndpoint(page, way, workspace)
  expect(headers).toMatchObject({
    authorization: `Basic ${btoa(`${username}:${password}`)}`,
    'x-api-key': known.apiToken,
  })
  expect(await shownRequest(page)).not.toContain(known.apiToken)
})
