import { decodeJwt, decodeProtectedHeader } from 'jose'
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
import { addParameter, addRow, openTab, setFields } from '@/tests/support/method-setup'
import { haveSession } from '@/tests/support/session'

test.describe.configure({ timeout: 180_000 })
const workspace = aWorkspace()
test.beforeEach(async ({ page }) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
})

const type = 'Signed JWT'

// Shows C8.
test('a JWT signed for each request is the token', async ({ page }) => {
  const { issuer, audience, keyIds } = known.jwt
  const way: Way = {
    name: 'JWT',
    type,
    baseUrl: `${workspace.sandbox.url}/jwt`,
    build: async () => {
      const token = await openTab(page, 'Token')
      await addRow(token, 'Add claim', { Claim: 'sub', 'Value of the claim': 'casey' })
    },
  }
  const credentials: Credentials = {
    values: { 'Private key': known.keys.rsa, 'Key ID': keyIds.RS256, Issuer: issuer, Audience: audience },
    wrong: { label: 'Issuer', value: 'somebody' },
  }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  await testConnection(page, way, {
    ...credentials,
    wrong: { label: 'Private key', value: (await workspace.sandbox.control.getCertificates()).otherKeyPem },
  })
  const { headers } = await runEndpoint(page, way, workspace)
  const jwt = headers.authorization!.slice('Bearer '.length)
  expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'RS256', kid: keyIds.RS256 })
  expect(decodeJwt(jwt)).toMatchObject({ iss: issuer, aud: audience, sub: 'casey' })
  const shown = await shownRequest(page)
  expect(shown).toContain('Authorization: Bearer ••••••')
  expect(shown).not.toContain(jwt)
})

// Shows C9.
test('a JWT is exchanged for a token (RFC 7523)', async ({ page }) => {
  const { sandbox } = workspace
  const { id, keyId, privateKey, subject } = known.serviceClients.assertion
  const way: Way = {
    name: 'JWT bearer',
    type,
    baseUrl: sandbox.url,
    build: async () => {
      await setFields(await openTab(page, 'URLs'), { 'URL / Token URL': `${sandbox.url}/oauth/token` })
      const token = await openTab(page, 'Token')
      await setFields(token, { Value: 'Bearer {{ access_token }}', 'Client authentication': 'Nothing' })
      await addRow(token, 'Add claim', { Claim: 'sub', 'Value of the claim': subject })
      await addParameter(page, 'Body', {
        key: 'grant_type',
        value: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        sentWith: 'Authentication request',
      })
      await addParameter(page, 'Body', {
        key: 'assertion',
        value: '{{ signed_jwt }}',
        sentWith: 'Authentication request',
      })
      await addParameter(page, 'Body', { key: 'scope', value: 'orders.read', sentWith: 'Authentication request' })
    },
  }
  const credentials: Credentials = {
    values: { 'Private key': privateKey, 'Key ID': keyId, Issuer: id, Audience: `${sandbox.url}/oauth/token` },
    wrong: { label: 'Audience', value: 'https://somebody.example' },
  }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  expect((await runEndpoint(page, way, workspace)).headers.authorization).toMatch(/^Bearer [\w-]{43}$/)

  await sandbox.control.expireAccessTokens()
  await runShape(page)
  await expectRunStatus(page, 200)
})
