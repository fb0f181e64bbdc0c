import { generateKeyPairSync } from 'node:crypto'
import { known } from '@/tests/sandbox/known'
import {
  addVerifiedInstance,
  buildMethod,
  fillCredentials,
  runEndpoint,
  shownRequest,
  testConnection,
  type Credentials,
  type Way,
} from '@/tests/support/authentication-journey'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { expectRunStatus, runShape } from '@/tests/support/journey'
import { addVariable, openTab, setFields, unfold } from '@/tests/support/method-setup'
import { haveSession } from '@/tests/support/session'

test.describe.configure({ timeout: 180_000 })
const workspace = aWorkspace()
test.beforeEach(async ({ page }) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
})

const type = 'OAuth 2 (client credentials)'
const tokenCalls = async () =>
  (await workspace.sandbox.control.getTokenCalls()).calls.filter(({ outcome }) => outcome === 'succeeded')

test('a client with a secret: the token is requested once, stored, and requested again when it has expired', async ({
  page,
}) => {
  const { sandbox } = workspace
  const { id, secret } = known.serviceClients.basic
  const way: Way = {
    name: 'Client secret',
    type,
    baseUrl: sandbox.url,
    build: async () => setFields(await openTab(page, 'URLs'), { 'URL / Token URL': `${sandbox.url}/oauth/token` }),
  }
  const credentials: Credentials = {
    values: { 'Client ID': id, 'Client secret': secret, Scope: 'orders.read' },
    wrong: { label: 'Client secret', value: 'not-the-secret' },
  }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  await testConnection(page, way, credentials)

  const { headers } = await runEndpoint(page, way, workspace)
  expect(headers.authorization).toMatch(/^Bearer [\w-]+$/)
  expect(await shownRequest(page)).toContain('Authorization: Bearer ••••••')
  const before = await tokenCalls()
  expect(before[0]).toMatchObject({
    grantType: 'client_credentials',
    authorization: `Basic ${btoa(`${id}:${secret}`)}`,
    parameters: { scope: 'orders.read' },
  })
  await runShape(page)
  await expectRunStatus(page, 200)
  expect(await tokenCalls()).toHaveLength(before.length)

  await sandbox.control.expireAccessTokens()
  await runShape(page)
  await expect(page.getByRole('region', { name: 'Run result' })).toContainText('2 attempts')
  await expectRunStatus(page, 200)
  expect(await tokenCalls()).toHaveLength(before.length + 1)
})

test('a client that authenticates with a signed JWT instead of a secret (private_key_jwt)', async ({ page }) => {
  const { sandbox } = workspace
  const { id, keyId, privateKey } = known.serviceClients.es256
  const way: Way = {
    name: 'Client key',
    type,
    baseUrl: sandbox.url,
    build: async () => {
      await addVariable(page, 'Private key', { secret: true, input: 'Text, several lines' })
      await setFields(await openTab(page, 'URLs'), { 'URL / Token URL': `${sandbox.url}/oauth/token` })
      const token = await openTab(page, 'Token')
      await setFields(token, { 'Client authentication': 'Signed JWT: private_key_jwt' })
      await unfold(token, 'A JWT signed by this method')
      await setFields(token, { Algorithm: 'ES256' })
      await token.getByRole('button', { name: 'Add header field' }).click()
      await setFields(token, { 'Header field': 'kid', 'Value of the header field': keyId })
    },
  }
  const anotherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, {
    values: { 'Client ID': id, Scope: 'orders.read', 'Private key': privateKey },
    wrong: { label: 'Private key', value: anotherKey },
  })
  expect((await runEndpoint(page, way, workspace)).headers.authorization).toMatch(/^Bearer [\w-]+$/)
  const [call] = await tokenCalls()
  expect(call?.authorization).toBe('')
  expect(call?.parameters).toMatchObject({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  })
  expect(call?.parameters.client_secret).toBeUndefined()
})

test('a client that authenticates with its certificate, whose token is valid only with that certificate', async ({
  page,
}) => {
  const { sandbox } = workspace
  const { caPem, clientPem, clientKeyPem } = await sandbox.control.getCertificates()
  const way: Way = {
    name: 'Client certificate',
    type,
    baseUrl: sandbox.tlsUrl,
    build: async () => {
      await setFields(await openTab(page, 'URLs'), { 'URL / Token URL': `${sandbox.tlsUrl}/oauth/token` })
      await setFields(await openTab(page, 'Token'), { 'Client authentication': 'Client ID only: a public client' })
    },
  }
  await buildMethod(page, way, workspace)
  await fillCredentials(page, way, { 'Client ID': known.serviceClients.mutualTls.id, Scope: 'orders.read' })
  const form = page.getByRole('form', { name: 'Add new instance' })
  await unfold(form, 'Client certificate')
  await setFields(form, {
    'Certificate (PEM)': clientPem,
    'Private key (PEM)': clientKeyPem,
    'Private CA (PEM)': caPem,
  })
  await page.getByRole('button', { name: 'Create instance' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/instances/new'))
  const request = await runEndpoint(page, way, workspace)
  expect(request).toMatchObject({ server: 'tls', headers: { authorization: expect.stringMatching(/^Bearer /) } })
})
