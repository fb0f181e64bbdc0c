import { anInstallation, expect, test } from '@/tests/support/installation'
import { sendRawRequest } from '@/tests/support/raw-request'
import { haveSession } from '@/tests/support/session'

/**
 * What the server itself responds, before or instead of the framework. The framework would respond to each of these
 * with "Internal Server Error".
 */

const installation = anInstallation({ environment: () => ({ PATCHBAY_METRICS_TOKEN: 'metrics-token-of-the-tests' }) })

/** The id of the action of the sign-in form, from its page. */
let actionId = ''
test.beforeAll(async () => {
  const { text } = await sendRawRequest(`${installation.url}/login`, { headers: { host: hostOf(installation.url) } })
  actionId = /&quot;id&quot;:&quot;([0-9a-f]+)&quot;/.exec(text)![1]!
})

const hostOf = (url: string) => new URL(url).host

type Given = {
  path?: string
  target?: string
  method?: string
  headers?: Record<string, string>
  body?: string
  chunked?: true
}

function send({ path = '/login', headers = {}, ...rest }: Given) {
  return sendRawRequest(installation.url + path, { ...rest, headers: { host: hostOf(installation.url), ...headers } })
}

const fromHere = () => ({ origin: installation.url })
const called = () => ({ ...fromHere(), 'next-action': actionId, 'content-type': 'text/plain;charset=UTF-8' })
const multipart = { 'content-type': 'multipart/form-data; boundary=x' }
const part = (name: string, value: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const large = 'a'.repeat(2 * 1024 * 1024 + 1)
const state = (text: string) => ({ rsc: '1', 'next-router-state-tree': text })

const refused: [name: string, given: () => Given, status: number][] = [
  [
    'a foreign origin',
    () => ({ method: 'POST', headers: { ...called(), origin: 'http://evil.example' }, body: '[]' }),
    403,
  ],
  ['no origin', () => ({ method: 'POST', headers: { 'next-action': actionId }, body: '[]' }), 403],
  [
    'a form of a foreign origin',
    () => ({
      method: 'POST',
      headers: { ...multipart, origin: 'http://evil.example' },
      body: part('$ACTION_REF_1', '') + '--x--',
    }),
    403,
  ],
  ['too large a body', () => ({ method: 'POST', headers: called(), body: large }), 413],
  [
    'too large a body of unknown length',
    () => ({ method: 'POST', headers: called(), body: large, chunked: true }),
    413,
  ],
  [
    'too large a form',
    () => ({ method: 'POST', headers: { ...fromHere(), ...multipart }, body: part('a', large) + '--x--' }),
    413,
  ],
  ['no JSON', () => ({ method: 'POST', headers: called(), body: 'garbage' }), 400],
  ['an empty body', () => ({ method: 'POST', headers: called(), body: '' }), 400],
  ['a part that is missing', () => ({ method: 'POST', headers: called(), body: '["$F1"]' }), 400],
  ['no list', () => ({ method: 'POST', headers: called(), body: '5' }), 400],
  [
    'brackets in brackets',
    () => ({ method: 'POST', headers: called(), body: '['.repeat(50_000) + ']'.repeat(50_000) }),
    400,
  ],
  [
    'an unfinished form',
    () => ({ method: 'POST', headers: { ...called(), ...multipart }, body: part('0', '[]') }),
    400,
  ],
  [
    'a form without boundary',
    () => ({ method: 'POST', headers: { ...fromHere(), 'content-type': 'multipart/form-data' }, body: 'x' }),
    400,
  ],
  ['no form', () => ({ method: 'POST', headers: { ...fromHere(), ...multipart }, body: 'garbage' }), 400],
  ['a router state that is no JSON', () => ({ headers: state('[1') }), 400],
  ['a router state with bad percent-encoding', () => ({ headers: state('%zz') }), 400],
  ['a router state of another shape', () => ({ headers: state('%5B%22%22%2C5%5D') }), 400],
  ['bad percent-encoding', () => ({ target: '/connectors/%zz' }), 400],
  ['an address of another server', () => ({ target: 'http://evil.example/login' }), 400],
  ['a password by GET', () => ({ path: '/api/auth/callback/credentials' }), 405],
  ['TRACE', () => ({ method: 'TRACE' }), 405],
  ['PUT', () => ({ method: 'PUT', headers: fromHere(), body: 'x' }), 405],
  ['another host', () => ({ headers: { host: 'evil.example' } }), 403],
  ['this machine, where APP_URL is another name for it', () => ({ headers: { host: '127.0.0.1' } }), 403],
]

for (const [name, given, status] of refused)
  test(`refused in words with status ${status}: ${name}`, async () => {
    const forScripts = await followed(given())
    expect(forScripts).toMatchObject({ status, headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } })
    expect(forScripts.text).toMatch(/^Refused: \w.{40,}/)

    const { headers = {}, ...rest } = given()
    if (headers.rsc || headers['next-action']) return
    const page = await send({ ...rest, headers: { ...headers, accept: 'text/html,*/*' } })
    expect(page).toMatchObject({ status, headers: { 'content-type': 'text/html; charset=utf-8' } })
    expect(page.text).toMatch(/<h1>\w[^<]+<\/h1><p>\w[^<]+<\/p>/)
  })

/** Next adds a hash of the headers to the address of a page's data, and redirects to it. */
async function followed(given: Given) {
  const response = await send(given)
  const { location } = response.headers
  return response.status === 307 && typeof location === 'string' ? send({ ...given, path: location }) : response
}

test('an action without a form says what is missing', async () => {
  const response = await send({ method: 'POST', headers: called(), body: '[]' })
  expect(response.status).toBe(200)
  expect(response.text).toContain('"fieldErrors"')
})

test('what the server refuses is shown next to the form, which keeps what was typed', async ({ page, context }) => {
  await haveSession(context, installation)
  await page.goto('/connectors/new')
  await page.getByLabel('Name', { exact: true }).fill('Acme')
  await page.getByLabel('Description').fill('x'.repeat(100))
  // As when the page was opened under an address that does not belong to this installation.
  await page.route('**/*', async (route) => {
    const request = route.request()
    if (request.method() !== 'POST') return route.continue()
    const headers = { ...(await request.allHeaders()), origin: 'http://elsewhere.example' }
    await route.fulfill({ response: await route.fetch({ headers }) })
  })
  await page.getByRole('button', { name: 'Next step' }).click()
  await expect(
    page.getByRole('alert').filter({ hasText: 'accepted only from pages of this installation' }),
  ).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Acme')
})

test('health responds under any host name, with nothing but the status', async () => {
  const headers = { host: 'balancer.internal' }
  expect(await send({ path: '/health/live', headers })).toMatchObject({ status: 200, text: '{"status":"live"}\n' })
  const ready = await send({ path: '/health/ready', headers })
  expect({ status: ready.status, ...JSON.parse(ready.text) }).toEqual({
    ...{ status: 'ready', database: 'responds', process: 'running' },
  })
  expect((await send({ path: '/health/live', headers, method: 'HEAD' })).text).toBe('')
  expect((await send({ path: '/health/other', headers })).status).toBe(404)
})

test('metrics are returned only with the token, under any host name', async ({ page, context }) => {
  await haveSession(context, installation)
  await page.goto('/connectors')
  await send({ method: 'POST', headers: called(), body: 'garbage' })
  const headers = { host: 'patchbay:3000' }
  expect((await send({ path: '/metrics', headers })).status).toBe(401)
  expect(
    (await send({ path: '/metrics', headers: { ...headers, authorization: 'Bearer metrics-token-of-the-test' } }))
      .status,
  ).toBe(401)
  const { status, text } = await send({
    path: '/metrics',
    headers: { ...headers, authorization: 'Bearer metrics-token-of-the-tests' },
  })
  expect(status).toBe(200)
  expect(text).toMatch(/^patchbay_http_requests_total\{kind="page",status="2xx"\} [1-9]/m)
  expect(text).toMatch(/^patchbay_http_requests_total\{kind="action",status="4xx"\} [1-9]/m)
  expect(text).not.toContain('status="5xx"')
  for (const name of [
    'nodejs_eventloop_lag_p99_seconds',
    'process_resident_memory_bytes',
    'patchbay_jobs',
    'patchbay_workers',
  ])
    expect(text).toMatch(new RegExp(`^${name}`, 'm'))
  expect(text).not.toContain(installation.workspaceId)
})
