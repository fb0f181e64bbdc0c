import type { BrowserContext, Page } from '@playwright/test'
import { parseKeyring } from '@/lib/platform/crypto/keyring'
import { sealedIn, unseal } from '@/lib/platform/crypto/seal'
import { newId } from '@/lib/platform/db/new-id'
import { authoriseAtSandbox } from '@/tests/sandbox/authorise-at-sandbox'
import { known } from '@/tests/sandbox/known'
import { seedAcme, type SeededAcme } from '@/tests/support/acme-workspace'
import { anInstallation, expect, test } from '@/tests/support/installation'
import { chooseEndpoint, chooseInstance, fillInstance, replaceSecret, startFlow } from '@/tests/support/journey'
import { keepAnswers, leaks, leaksInDatabase, secretsIn, type Answer, type Secrets } from '@/tests/support/secret-sweep'
import { haveSession } from '@/tests/support/session'
import { testEncryptionKeys } from '@/tests/support/test-secrets'

/** Rule R10, over the whole product: recognisable secrets are typed and obtained, and then looked for everywhere. */

const installation = anInstallation({ environment: () => ({ PATCHBAY_LOG_LEVEL: 'debug' }) })
let acme: SeededAcme

const typed: Secrets = {
  'the basic password': 'Planted basic/pass+word=1 & "ü"',
  'a wrong password': 'Planted-wrong~password/2+2',
  'the API token': 'planted-api-token-3/with+signs==',
  'the client secret held by the method': known.clients.basic.secret,
  'the secret of a shape': 'planted-shape-secret-4/+&x',
  'the passphrase': known.pkcs12Passphrase,
  'the password of the person': 'correct-horse-battery',
}

const notSecret: Secrets = { 'the user name': known.basic.username }

test.beforeAll(async () => {
  acme = await seedAcme(installation)
  await installation.sandbox.control.setBasicPassword({ password: typed['the basic password']! })
  await installation.sandbox.control.setApiToken({ token: typed['the API token']! })
  await addSignature()
})

/** A secret variable of an endpoint, sent in a header: its value is typed into the shape. */
async function addSignature(): Promise<void> {
  const place = [installation.workspaceId, acme.connectorId, await acme.endpointId('List products')]
  await installation.sql(
    `INSERT INTO "Variable" ("id", "workspaceId", "connectorId", "endpointId", "level", "key", "displayName", "secret") VALUES ($4, $1, $2, $3, 'endpoint', 'signature', 'Signature', true)`,
    [...place, newId()],
  )
  await installation.sql(
    `INSERT INTO "Parameter" ("id", "workspaceId", "connectorId", "endpointId", "place", "key", "value") VALUES ($4, $1, $2, $3, 'header', 'X-Signature', '{{ signature | base64_encode }}')`,
    [...place, newId()],
  )
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true })
const instancePath = async (name: string) => {
  const [row] = await installation.sql<{ id: string }>(`SELECT "id" FROM "Instance" WHERE "name" = $1`, [name])
  return `/instances/${row!.id}`
}

async function createInstance(page: Page, name: string, method: string, values: Record<string, string>): Promise<void> {
  await fillInstance(page, 'Acme Commerce', { name, method, values })
  await page.getByRole('button', { name: 'Create instance' }).click()
}

async function shareClientSecret(page: Page): Promise<void> {
  await page.goto(`${acme.path}/authentication/${await acme.methodId('OAuth 2')}`)
  await tab(page, 'Auth variables').click()
  await page.getByRole('button', { name: 'Share a value' }).click()
  await page.getByRole('menuitem', { name: 'Client secret' }).click()
  await page
    .getByLabel('Client secret for all instances', { exact: true })
    .fill(typed['the client secret held by the method']!)
  await page.getByRole('button', { name: 'Set for all' }).click()
  await expect(page.getByText('Saved. Applies to all instances of this method.')).toBeVisible()
}

async function tryWrongPassword(page: Page): Promise<void> {
  await page.goto(await instancePath('Acme basic'))
  await tab(page, 'Authentication').click()
  await replaceSecret(page, 'Password', typed['a wrong password']!)
  await page.getByRole('button', { name: 'Test instance connection' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Rejected' })).toBeVisible()
  await page.getByRole('button', { name: 'Save instance settings' }).click()
  await expect(page.getByText('nothing was saved').first()).toBeVisible()
}

async function addCertificate(page: Page): Promise<void> {
  const { clientPkcs12Base64, caPem } = await installation.sandbox.control.getCertificates()
  await page.goto(await instancePath('Acme basic'))
  await tab(page, 'Certificates').click()
  await page.getByRole('button', { name: 'Add certificate' }).click()
  await page.getByRole('radio', { name: 'PKCS#12' }).check()
  await page.locator('input[type=file][accept=".p12,.pfx"]').setInputFiles({
    name: 'acme.p12',
    mimeType: 'application/x-pkcs12',
    buffer: Buffer.from(clientPkcs12Base64, 'base64'),
  })
  await page.getByLabel('Passphrase', { exact: true }).fill(typed['the passphrase']!)
  await page.getByRole('textbox', { name: 'Private CA (PEM)' }).fill(caPem)
  await page.getByRole('button', { name: 'Save instance settings' }).click()
  await expect(page.getByText('Saved. The credentials were accepted.')).toBeVisible()
}

async function runWithSignature(page: Page): Promise<void> {
  await startFlow(page, 'Nightly products')
  await chooseInstance(page, 'Acme token')
  await chooseEndpoint(page, 'List products')
  await page.getByLabel('Signature', { exact: true }).fill(typed['the secret of a shape']!)
  await page.getByRole('button', { name: 'Save shape' }).click()
  await expect(page.getByText('Shape saved.').first()).toBeVisible()
  await page.getByRole('button', { name: 'Run this shape' }).click()
  const result = page.getByRole('region', { name: 'Run result' })
  await expect(result.getByText('200', { exact: true })).toBeVisible()
  await result.getByRole('tab', { name: 'Request' }).click()
  await expect(page.getByRole('region', { name: 'Request', exact: true })).toContainText('X-Signature: ••••••')
}

/** What the product obtained or took apart by itself, opened with the key as nobody else can. */
async function obtained(): Promise<Secrets> {
  const ring = parseKeyring(testEncryptionKeys)
  const places = [
    ['InstanceToken', 'sealedAccessToken'],
    ['InstanceToken', 'sealedRefreshToken'],
    ['Certificate', 'sealedKey'],
    ['PendingAuthorisation', 'sealedVerifier'],
  ] as const
  const secrets: Secrets = {}
  for (const [table, field] of places) {
    const rows = await installation.sql<{ id: string; workspaceId: string; sealed: string }>(
      `SELECT "id", "workspaceId", "${field}" AS sealed FROM "${table}" WHERE "${field}" IS NOT NULL`,
    )
    for (const { id, workspaceId, sealed } of rows) {
      const plain = unseal(sealedIn({ sealed }, 'sealed'), { workspaceId, table, rowId: id, field }, ring)
      // Of a key a line from its middle: that survives every way of breaking lines.
      secrets[`${table}.${field} of ${id}`] = table === 'Certificate' ? plain.split('\n')[5]! : plain
    }
  }
  return secrets
}

/** Every page that a signed-in person can reach by links, as HTML and as the data that Next loads for it. */
async function crawl(context: BrowserContext, starts: string[]): Promise<Answer[]> {
  const answers: Answer[] = []
  const queue = [...starts]
  const seen = new Set(queue)
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    // Of the headers for a page's data Next makes a part of the address, and redirects to it.
    for (const [as, headers] of [
      ['page', {}],
      ['data', { RSC: '1' }],
      ['prefetch', { RSC: '1', 'Next-Router-Prefetch': '1' }],
    ] as const) {
      const answer = await context.request.get(installation.url + path, {
        headers: { ...headers },
        maxRedirects: as === 'page' ? 0 : 10,
      })
      const text = await answer.text()
      answers.push({ what: `GET ${path} as ${as}`, text: `${JSON.stringify(answer.headersArray())}\n${text}` })
      if (as !== 'page') continue
      for (const [, href] of text.matchAll(/href="(\/[^"#]*)/g)) {
        const next = href!.replaceAll('&amp;', '&')
        if (next.startsWith('/_next/') || seen.has(next) || seen.size > 400) continue
        seen.add(next)
        queue.push(next)
      }
    }
  }
  return answers
}

async function moveSealedValue(from: string, to: string): Promise<void> {
  const sealed = `(SELECT v."sealedValue" FROM "InstanceValue" v JOIN "Instance" i ON i."id" = v."instanceId" WHERE i."name" = $1 AND v."sealedValue" IS NOT NULL)`
  await installation.sql(
    `UPDATE "InstanceValue" SET "sealedValue" = ${sealed} WHERE "sealedValue" IS NOT NULL AND "instanceId" = (SELECT "id" FROM "Instance" WHERE "name" = $2)`,
    [from, to],
  )
}

async function everywhere(): Promise<string[]> {
  const ids = async (table: string, path: (id: string) => string) =>
    (await installation.sql<{ id: string }>(`SELECT "id" FROM "${table}"`)).map(({ id }) => path(id))
  const shapes = await installation.sql<{ flowId: string; shapeId: string }>(
    `SELECT v."flowId", s."id" AS "shapeId" FROM "Shape" s JOIN "FlowVersion" v ON v."id" = s."flowVersionId"`,
  )
  const requests = await installation.sql<{ id: string; at: Date }>(`SELECT "id", "at" FROM "RequestLog"`)
  return [
    ...[
      '/',
      '/connectors',
      '/connectors/new',
      '/flows',
      '/instances',
      '/instances/new',
      `/instances/new?connector=${acme.connectorId}`,
      '/activity',
      '/activity/changes',
      '/settings',
      '/login',
      '/setup',
    ],
    ...[
      '/nowhere',
      '/connectors/nowhere',
      `/connectors/${newId()}`,
      `/instances/${newId()}`,
      '/activity/requests/x',
      '/api/auth/session',
      '/api/auth/providers',
    ],
    ...[
      '/oauth/authenticate',
      '/oauth/authenticate?error=access_denied&state=forged',
      '/oauth/authenticate?code=forged&state=forged',
    ],
    ...['', '/variables', '/authentication', '/endpoints', '/endpoints/matrix', '/endpoints/parameters', '/icon'].map(
      (part) => acme.path + part,
    ),
    ...(await ids('AuthenticationMethod', (id) => `${acme.path}/authentication/${id}`)),
    ...(await ids('Endpoint', (id) => `${acme.path}/endpoints/${id}`)),
    ...(await ids('Instance', (id) => `/instances/${id}`)),
    ...shapes.map(({ flowId, shapeId }) => `/flows/${flowId}?shape=${shapeId}`),
    ...requests.map(({ id, at }) => `/activity/requests/${id}?at=${encodeURIComponent(at.toISOString())}`),
  ]
}

test('no secret that is typed or obtained appears in a response, in the database or in the log (rule R10)', async ({
  page,
  context,
  browser,
}) => {
  test.setTimeout(300_000)
  const kept = await keepAnswers(context, installation)
  await installation.signIn(page)

  await test.step('secrets are typed, tested, refused, saved, authorised and used', async () => {
    await shareClientSecret(page)
    await createInstance(page, 'Acme basic', 'basic auth', {
      Username: known.basic.username,
      Password: typed['the basic password']!,
    })
    await expect(page.getByText('Acme basic').first()).toBeVisible()
    await page.waitForURL((url) => !url.pathname.startsWith('/instances/new'))
    await createInstance(page, 'Acme token', 'API token', { Token: typed['the API token']! })
    await page.waitForURL((url) => !url.pathname.startsWith('/instances/new'))
    await createInstance(page, 'Acme OAuth', 'OAuth 2', { 'Client ID': known.clients.basic.id })
    await authoriseAtSandbox(page, { decision: 'Allow' })
    await expect(page.getByRole('heading', { name: 'Manage connectors' })).toBeVisible()
    await tryWrongPassword(page)
    await addCertificate(page)
    await runWithSignature(page)
  })

  await test.step('an authorisation is started and denied, and its values stay pending', async () => {
    await page.goto(await instancePath('Acme OAuth'))
    await page
      .getByRole('button', { name: /^Authorise/ })
      .first()
      .click()
    await authoriseAtSandbox(page, { decision: 'Deny' })
    await expect(page.getByRole('main')).toContainText(/denied|refused/i)
  })

  const secrets = { ...typed, ...(await obtained()) }
  await test.step('the sweep has something to find', async () => {
    expect(Object.keys(secrets).length).toBeGreaterThan(Object.keys(typed).length + 2)
    // The third party got every one of them that is sent: so they are real, and in use.
    const received = JSON.stringify(await installation.sandbox.control.getRequests())
    const sent = secretsIn(received, secrets)
    expect(sent).toEqual(
      expect.arrayContaining([
        'the basic password',
        'a wrong password',
        'the API token',
        'the secret of a shape',
        'the client secret held by the method',
      ]),
    )
  })

  await test.step('every page, for an administrator and for a read-only person', async () => {
    const reader = await installation.addPerson('read_only', 'Rita')
    const other = await browser.newContext()
    await haveSession(other, installation, reader)
    const starts = await everywhere()
    const pages = [...(await crawl(context, starts)), ...(await crawl(other, starts))]
    // What is no secret is found, so what is one would be.
    expect(leaks(pages, notSecret).length).toBeGreaterThan(5)
    expect(pages.length).toBeGreaterThan(300)
    expect(pages.filter(({ text }) => text.includes('text/x-component')).length).toBeGreaterThan(100)
    expect(leaks(pages, secrets)).toEqual([])
    await other.close()
  })

  await test.step('a sealed value that somebody moved to another row does not open, and nothing is sent with it', async () => {
    await moveSealedValue('Acme basic', 'Acme token')
    await installation.sandbox.control.clearRequests()
    await page.goto(await instancePath('Acme token'))
    await page.getByRole('button', { name: 'Check now' }).click()
    await expect(page.getByRole('main')).toContainText(/cannot be (opened|read)|could not be (opened|read)|went wrong/i)
    expect(await installation.sandbox.control.getRequests()).toEqual([])
  })

  await test.step('every response to the earlier actions', async () => {
    expect(kept.filter(({ what, text }) => what.startsWith('POST') && text.length > 200).length).toBeGreaterThan(8)
    expect(leaks(kept, notSecret).length).toBeGreaterThan(2)
    expect(leaks(kept, secrets)).toEqual([])
  })

  await test.step('the database', async () => {
    expect(await leaksInDatabase(installation, notSecret)).toEqual(
      expect.arrayContaining(['InstanceValue: the user name']),
    )
    expect(await leaksInDatabase(installation, secrets)).toEqual([])
  })

  await test.step('the output of the process', async () => {
    const output = installation.processes.map((process) => process.output()).join('\n')
    expect(secretsIn(output, secrets)).toEqual([])
    expect(output).not.toMatch(/v1\.test\./)
  })
})
