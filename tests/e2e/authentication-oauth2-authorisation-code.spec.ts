import { authoriseAtSandbox, decideAtSandbox } from '@/tests/sandbox/authorise-at-sandbox'
import { known } from '@/tests/sandbox/known'
import {
  buildMethod,
  fillCredentials,
  instanceOf,
  openCredentials,
  runEndpoint,
  shownRequest,
  type Way,
} from '@/tests/support/authentication-journey'
import { aWorkspace, expect, test } from '@/tests/support/workspace'
import { expectRunStatus, runShape } from '@/tests/support/journey'
import { addParameter, addRow, addVariable, openTab, setDefault, setFields, unfold } from '@/tests/support/method-setup'
import { haveSession } from '@/tests/support/session'

test.describe.configure({ timeout: 180_000 })
const workspace = aWorkspace()
test.beforeEach(async ({ page }) => {
  await workspace.sandbox.control.reset()
  await haveSession(page.context(), workspace)
})

const type = 'OAuth 2 (authorisation code)'
const calls = async (grantType: string) =>
  (await workspace.sandbox.control.getTokenCalls()).calls.filter(
    (call) => call.grantType === grantType && call.outcome === 'succeeded',
  )

// Shows C24, C36.
test('discovered addresses, a client that must use PKCE, and tokens that are revoked when the instance is deleted', async ({
  page,
}) => {
  const { sandbox } = workspace
  const { id, secret } = known.serviceClients.pkce
  const way: Way = {
    name: 'PKCE',
    type,
    baseUrl: sandbox.url,
    build: async () => {
      const urls = await openTab(page, 'URLs')
      await urls.getByRole('button', { name: 'Fill from discovery' }).click()
      const dialog = page.getByRole('dialog', { name: 'Fill from discovery' })
      await dialog.getByLabel('Issuer or well-known URL').fill(`${sandbox.url}/oauth`)
      await dialog.getByRole('button', { name: 'Look up' }).click()
      await dialog.getByRole('button', { name: 'Fill in' }).click()
      await expect(urls.getByLabel('URL / Token URL', { exact: true })).toHaveValue(`${sandbox.url}/oauth/token`)
      await expect(urls.getByLabel('Authorise URL', { exact: true })).toHaveValue(`${sandbox.url}/oauth/auth`)
      await expect(urls.getByLabel('(Optional) Revoke URL', { exact: true })).toHaveValue(
        `${sandbox.url}/oauth/token/revocation`,
      )
      await setFields(await openTab(page, 'Token'), { 'Client authentication': 'Header: client_secret_basic' })
    },
  }
  await buildMethod(page, way, workspace)
  await fillCredentials(page, way, { 'Client ID': id, 'Client secret': secret, Scope: 'orders.read' })
  await page.getByRole('button', { name: 'Create instance' }).click()
  await authoriseAtSandbox(page)
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  const { headers } = await runEndpoint(page, way, workspace)
  expect(headers.authorization).toMatch(/^Bearer [\w-]+$/)
  expect(await shownRequest(page)).toContain('Authorization: Bearer ••••••')
  const [exchange] = await calls('authorization_code')
  expect(exchange?.parameters.code_verifier).toMatch(/^[\w.~-]{43,128}$/)

  await workspace.sql(`DELETE FROM "Shape" WHERE "workspaceId" = $1`, [workspace.workspaceId])
  await openCredentials(page, way)
  await page.getByRole('button', { name: 'Delete instance' }).click()
  const dialog = page.getByRole('dialog', { name: `Delete ${instanceOf(way)}?` })
  await dialog.getByRole('textbox').fill(instanceOf(way))
  await dialog.getByRole('button', { name: 'Delete instance' }).click()
  await expect(page.getByText(`“${instanceOf(way)}” deleted, and its tokens revoked at ${way.name}`)).toBeVisible()
  const revoked = await sandbox.control.getRevocations()
  expect(revoked.map(({ clientId, status }) => [clientId, status])).toEqual(revoked.map(() => [id, 200]))
  expect(revoked.map(({ token }) => token)).toContain(headers.authorization!.slice('Bearer '.length))
})

test('a client that authenticates with a signed JWT at every token request (private_key_jwt)', async ({ page }) => {
  const { sandbox } = workspace
  const { id, keyId, privateKey } = known.serviceClients.key
  const way: Way = {
    name: 'Signed client',
    type,
    baseUrl: sandbox.url,
    build: async () => {
      await addVariable(page, 'Private key', { secret: true, input: 'Text, several lines' })
      await setFields(await openTab(page, 'URLs'), {
        'URL / Token URL': `${sandbox.url}/oauth/token`,
        'Authorise URL': `${sandbox.url}/oauth/auth`,
      })
      const token = await openTab(page, 'Token')
      await setFields(token, { 'Client authentication': 'Signed JWT: private_key_jwt' })
      await unfold(token, 'A JWT signed by this method')
      await addRow(token, 'Add header field', { 'Header field': 'kid', 'Value of the header field': keyId })
    },
  }
  await buildMethod(page, way, workspace)
  await fillCredentials(page, way, { 'Client ID': id, Scope: 'orders.read', 'Private key': privateKey })
  await page.getByRole('button', { name: 'Create instance' }).click()
  await authoriseAtSandbox(page)
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  await runEndpoint(page, way, workspace)

  await sandbox.control.expireAccessTokens()
  await runShape(page)
  await expect(page.getByRole('region', { name: 'Run result' })).toContainText('2 attempts')
  await expectRunStatus(page, 200)
  const [exchange] = await calls('authorization_code')
  const [refresh] = await calls('refresh_token')
  for (const call of [exchange, refresh])
    expect(call).toMatchObject({
      authorization: '',
      parameters: { client_assertion: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) },
    })
  expect(exchange?.parameters.client_assertion).not.toBe(refresh?.parameters.client_assertion)
})

// Shows C25.
test('an unusual vendor: other names, a nested response, errors with status 200, and a base URL and a number that it returns', async ({
  page,
}) => {
  const { sandbox } = workspace
  const { clientKey, clientSecret, realmId } = known.vendor
  const way: Way = {
    name: 'Vendor',
    type,
    baseUrl: `${sandbox.url}/vendor`,
    build: async () => {
      await setDefault(page, 'Refresh Grant type', 'renew')
      await addVariable(page, 'Instance URL', { asked: false })
      await addVariable(page, 'Realm ID', { asked: false })
      const urls = await openTab(page, 'URLs')
      await setFields(urls, {
        'URL / Token URL': `${sandbox.url}/vendor/token`,
        'Authorise URL': `${sandbox.url}/vendor/authorize`,
        '(Optional) Re-authenticate URL': `${sandbox.url}/vendor/renew`,
        '(Optional) Revoke URL': `${sandbox.url}/vendor/deauthorize`,
        'Base URL of this method': '{{ instance_url }}',
      })
      const token = await openTab(page, 'Token')
      await setFields(token, {
        Value: 'Vendor {{ access_token }}',
        'Client authentication': 'Body: client_secret_post',
        'Request encoding': 'JSON',
        PKCE: 'Off',
        'Scope separator': ',',
        'Access token': '$.data.token.access',
        'Refresh token': '$.data.token.refresh',
        Expiry: '$.data.token.expires_in_ms',
        'Format of the expiry': 'Milliseconds from now',
      })
      await unfold(token, 'Parameter names and more')
      for (const [standard, sent] of Object.entries({
        client_id: 'client_key',
        code: 'auth_code',
        refresh_token: 'renew_token',
      })) {
        await addRow(token, 'Rename a parameter', { 'Parameter of the protocol': standard, 'Sent as': sent })
      }
      await addRow(token, 'Store a value', { Variable: 'instance_url', 'Path in the response': '$.data.instance_url' })
      await addRow(token, 'Store a callback value', { Variable: 'realm_id', 'Callback parameter': 'realmId' })
      await unfold(token, 'A header or a body that means “token expired”')
      await setFields(token, { 'Body path that means “token expired”': '$.code', '… where it has this value': '40100' })
      await addParameter(page, 'Headers', { key: 'X-Realm', value: '{{ realm_id }}', sentWith: 'Endpoint requests' })
    },
  }
  await page.goto(await buildMethod(page, way, workspace))
  await page.getByLabel('Allowed hosts').fill(sandbox.url)
  await page.getByRole('button', { name: 'Save basic details' }).click()
  await expect(page.getByText(/^Saved\./)).toBeVisible()
  await fillCredentials(page, way, { 'Client ID': clientKey, 'Client secret': clientSecret, Scope: 'orders products' })
  await page.getByRole('button', { name: 'Create instance' }).click()
  await decideAtSandbox(page)
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  const { url, headers } = await runEndpoint(page, way, workspace)
  expect(url).toMatch(/^\/vendor\/shops\/casey\/orders\?/)
  expect(headers).toMatchObject({ authorization: expect.stringMatching(/^Vendor [0-9a-f]{32}$/), 'x-realm': realmId })

  await test.step('a token that a response body reports as expired is renewed at another URL', async () => {
    await sandbox.control.expireAccessTokens()
    await runShape(page)
    await expect(page.getByRole('region', { name: 'Run result' })).toContainText('2 attempts')
    await expect(page.getByRole('region', { name: 'Response body' })).toContainText('"orders"')
    expect(await calls('vendor_renew')).toHaveLength(1)
  })
})

test('a public client of a vendor without scopes and without refresh: the variables for them are removed (rule R13)', async ({
  page,
}) => {
  const { sandbox } = workspace
  const way: Way = {
    name: 'Public',
    type,
    baseUrl: sandbox.url,
    build: async () => {
      await setFields(await openTab(page, 'URLs'), {
        'URL / Token URL': `${sandbox.url}/oauth/token`,
        'Authorise URL': `${sandbox.url}/oauth/auth`,
      })
      await page.getByRole('button', { name: 'Save authentication method' }).click()
      await expect(page.getByText('Saved.').first()).toBeVisible()
      const panel = await openTab(page, 'Auth variables')
      await expect(panel.getByRole('button', { name: 'Edit Client ID' })).toBeVisible()
      await expect(panel.getByRole('button', { name: 'Remove Client ID' })).toHaveCount(0)
      for (const variable of ['Client secret', 'Scope', 'Refresh Grant type', 'Response Refresh Token Key']) {
        await panel.getByRole('button', { name: `Remove ${variable}` }).click()
        const dialog = page.getByRole('dialog', { name: `Remove ${variable}?` })
        if (variable === 'Client secret')
          await expect(dialog).toContainText('“Client authentication” becomes “Client ID only: a public client”')
        await dialog.getByRole('button', { name: 'Remove variable' }).click()
        await expect(dialog).toBeHidden()
        await expect(panel.getByRole('button', { name: `Edit ${variable}` })).toHaveCount(0)
      }
      const token = await openTab(page, 'Token')
      await expect(token.getByLabel('Client authentication', { exact: true })).toHaveValue('none')
      await expect(token.getByLabel('Refresh token', { exact: true })).toHaveValue('refresh_token')
    },
  }
  await buildMethod(page, way, workspace)
  await fillCredentials(page, way, { 'Client ID': known.clients.public.id })
  await expect(page.getByLabel('Client secret', { exact: true })).toHaveCount(0)
  await expect(page.getByLabel('Scope', { exact: true })).toHaveCount(0)
  await page.getByRole('button', { name: 'Create instance' }).click()
  await authoriseAtSandbox(page)
  await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
  const { headers } = await runEndpoint(page, way, workspace)
  expect(headers.authorization).toMatch(/^Bearer [\w-]+$/)
  const [exchange] = await calls('authorization_code')
  expect(exchange).toMatchObject({ authorization: '', parameters: { client_id: known.clients.public.id } })
  expect(exchange?.parameters).not.toHaveProperty('client_secret')
  expect(exchange?.parameters).not.toHaveProperty('scope')
})
