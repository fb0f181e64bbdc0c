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
import { haveSession } from '@/tests/support/session'

test.describe.configure({ timeout: 180_000 })
const workspace = aWorkspace()
test.beforeEach(({ page }) => haveSession(page.context(), workspace))

const { username, password } = known.digest
const credentials: Credentials = {
  values: { Username: username, Password: password },
  wrong: { label: 'Password', value: 'not-the-password' },
}

test('the answer to a challenge with SHA-256 (RFC 7616)', async ({ page }) => {
  const way: Way = { name: 'Digest', type: 'Digest', baseUrl: `${workspace.sandbox.url}/digest-sha256` }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  await testConnection(page, way, credentials)
  await workspace.sandbox.control.expireNonces()
  const { headers, url } = await runEndpoint(page, way, workspace)
  expect(headers.authorization).toMatch(/^Digest /)
  expect(headers.authorization).toContain(`uri="${url}"`)
  expect(headers.authorization).toContain('algorithm=SHA-256')
  const arrived = await workspace.sandbox.control.getRequests()
  expect(arrived.some(({ headers, url, body }) => `${JSON.stringify(headers)}${url}${body}`.includes(password))).toBe(
    false,
  )
  expect(await shownRequest(page)).not.toContain(/response="(\w+)"/.exec(headers.authorization!)![1]!)
})

test('a challenge with MD5', async ({ page }) => {
  const way: Way = { name: 'Digest MD5', type: 'Digest', baseUrl: `${workspace.sandbox.url}/digest-md5` }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  expect((await runEndpoint(page, way, workspace)).headers.authorization).toContain('algorithm=MD5')
})
