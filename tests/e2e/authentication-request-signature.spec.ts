import { generateKeyPairSync } from 'node:crypto'
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
import { addParameter, addRow, addVariable, openTab, setFields } from '@/tests/support/method-setup'
import { haveSession } from '@/tests/support/session'

test.describe.configure({ timeout: 180_000 })
const workspace = aWorkspace()
test.beforeEach(({ page }) => haveSession(page.context(), workspace))

const type = 'Request signature'

// Shows C10.
test('AWS Signature Version 4', async ({ page }) => {
  const { accessKeyId, secretAccessKey, region, service } = known.aws
  const way: Way = {
    name: 'AWS',
    type,
    baseUrl: `${workspace.sandbox.url}/aws`,
    build: async () => {
      await addVariable(page, 'Access key ID')
      const token = await openTab(page, 'Token')
      await setFields(token, { Scheme: 'AWS Signature Version 4' })
      await setFields(token, {
        'Access key ID': '{{ access_key_id }}',
        'Secret access key': '{{ secret_key }}',
        Region: region,
        Service: service,
      })
    },
  }
  const credentials: Credentials = {
    values: { 'Access key ID': accessKeyId, 'Secret key': secretAccessKey },
    wrong: { label: 'Secret key', value: 'not-the-key' },
  }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  await testConnection(page, way, credentials)
  const { headers } = await runEndpoint(page, way, workspace)
  const [, signature = ''] =
    new RegExp(
      `^AWS4-HMAC-SHA256 Credential=${accessKeyId}/\\d{8}/${region}/${service}/aws4_request, ?SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, ?Signature=(\\w{64})$`,
    ).exec(headers.authorization ?? '') ?? []
  expect(signature, headers.authorization).not.toBe('')
  expect(await shownRequest(page)).not.toContain(signature)
})

test('an HMAC of method, path, sorted query, body, time and nonce in a header', async ({ page }) => {
  const { key, secret } = known.hmac
  const way: Way = {
    name: 'HMAC',
    type,
    baseUrl: `${workspace.sandbox.url}/hmac`,
    build: async () => {
      await addVariable(page, 'Key ID')
      await addParameter(page, 'Headers', { key: 'X-Acme-Key', value: '{{ key_id }}' })
      await addParameter(page, 'Headers', { key: 'X-Acme-Timestamp', value: '{{ timestamp }}' })
      await addParameter(page, 'Headers', { key: 'X-Acme-Nonce', value: '{{ nonce }}' })
      const token = await openTab(page, 'Token')
      const computed = {
        timestamp: '{{ now | date: "unix" }}',
        body_hash: '{{ request_body | sha256 }}',
        string_to_sign:
          '{{ request_method }}\n{{ request_path }}\n{{ request_query }}\n{{ body_hash }}\n{{ timestamp }}\n{{ nonce }}',
      }
      for (const [name, template] of Object.entries(computed)) {
        await addRow(token, 'Add computed value', {
          'Key of the computed value': name,
          'Template of the computed value': template,
        })
      }
      await addRow(token, 'Add signed value', {
        'Name of the signed value': 'X-Acme-Signature',
        'Signed value': '{{ string_to_sign | hmac_sha256: secret_key }}',
      })
    },
  }
  const credentials: Credentials = {
    values: { 'Key ID': key, 'Secret key': secret },
    wrong: { label: 'Secret key', value: 'not-the-key' },
  }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, credentials)
  await testConnection(page, way, credentials)
  const { headers } = await runEndpoint(page, way, workspace)
  expect(headers['x-acme-signature']).toMatch(/^[0-9a-f]{64}$/)
  expect(await shownRequest(page)).not.toContain(headers['x-acme-signature'])
})

// Shows C11.
test('a message signature (RFC 9421) by Ed25519', async ({ page }) => {
  const keyId = known.messageSignatures.keyIds.ed25519
  const way: Way = {
    name: 'Message signature',
    type,
    baseUrl: `${workspace.sandbox.url}/message-signatures`,
    build: async () => {
      const token = await openTab(page, 'Token')
      await setFields(token, { Scheme: 'HTTP message signature (RFC 9421)' })
      await setFields(token, {
        'Signed components': '@method\n@target-uri',
        'Signature algorithm': 'ed25519',
        'Signing key of the request': '{{ secret_key }}',
        'Encoding of the signing key': 'PEM',
        'Key ID (keyid)': keyId,
      })
    },
  }
  const anotherKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, {
    values: { 'Secret key': known.keys.ed },
    wrong: { label: 'Secret key', value: anotherKey },
  })
  const { headers } = await runEndpoint(page, way, workspace)
  expect(headers['signature-input']).toContain(`keyid="${keyId}"`)
})

// Shows C12.
test('WSSE UsernameToken, chosen from the well-known signatures', async ({ page }) => {
  const { username, password } = known.wsse
  const way: Way = { name: 'WSSE', type, startFrom: 'WSSE UsernameToken', baseUrl: `${workspace.sandbox.url}/wsse` }
  await buildMethod(page, way, workspace)
  await addVerifiedInstance(page, way, {
    values: { Username: username, Password: password },
    wrong: { label: 'Password', value: 'not-the-password' },
  })
  expect((await runEndpoint(page, way, workspace)).headers['x-wsse']).toContain(`Username="${username}"`)
})
