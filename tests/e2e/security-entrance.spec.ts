import { readdirSync } from 'node:fs'
import type { APIResponse, Page } from '@playwright/test'
import { newId } from '@/lib/platform/db/new-id'
import { seedAcme, type SeededAcme, type SeededInstance } from '@/tests/support/acme-workspace'
import { anInstallation, expect, password, test } from '@/tests/support/installation'
import { haveSession } from '@/tests/support/session'
import { stopAction, type StoppedAction } from '@/tests/support/stopped-action'

/** Who gets in and how, and what comes back for whatever is sent to the server. */

const installation = anInstallation()
let acme: SeededAcme
let instance: SeededInstance

test.beforeAll(async () => {
  acme = await seedAcme(installation)
  instance = await acme.addInstance('Acme UK', 'basic auth')
})

async function signIn(page: Page, path: string, typed = password): Promise<void> {
  await page.goto(path)
  await page.getByLabel('Email').fill(installation.administrator.email)
  await page.getByLabel('Password', { exact: true }).fill(typed)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('the session cookie cannot be read by scripts and is not sent along from other sites', async ({
  page,
  context,
}) => {
  await signIn(page, '/login')
  await expect(page).toHaveURL(/\/connectors$/)
  const [cookie, ...others] = (await context.cookies()).filter(({ name }) => name.includes('session'))
  expect(others).toEqual([])
  expect(cookie).toMatchObject({ name: 'patchbay-session', httpOnly: true, sameSite: 'Lax', path: '/', secure: false })
  expect(await page.evaluate(() => document.cookie)).not.toContain('session')
})

const elsewhere = [
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '%2F%2Fevil.example',
  '/%09/evil.example',
  'http:evil.example',
  '///evil.example',
]

for (const returnTo of elsewhere) {
  // Shows D9.
  test(`after signing in nobody is led away: ${returnTo}`, async ({ page }) => {
    await page.route('**/*', (route) =>
      route.request().url().startsWith(installation.url) ? route.continue() : route.abort(),
    )
    await signIn(page, `/login?returnTo=${returnTo.includes('%') ? returnTo : encodeURIComponent(returnTo)}`)
    await page.waitForURL((url) => url.pathname !== '/login')
    expect(new URL(page.url()).origin).toBe(installation.url)
  })
}

test('after wrong passwords, further attempts have to wait longer each time, even with the correct one', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const victim = await installation.addPerson('user', 'Vera')
  const attempt = async (typed: string) => {
    await page.goto('/login')
    await page.getByLabel('Email').fill(victim.email)
    await page.getByLabel('Password', { exact: true }).fill(typed)
    await page.getByRole('button', { name: 'Sign in' }).click()
    // Next has an alert of its own, which says the title of a new page.
    const said = page
      .getByRole('main')
      .getByRole('alert')
      .or(page.locator('form [role=alert]'))
      .filter({ hasText: /\w/ })
      .first()
    await expect(said).toBeVisible()
    return said.innerText()
  }
  for (let count = 0; count < 6; count += 1)
    expect(await attempt(`wrong ${count}`)).toContain('Incorrect email or password')
  // As after further ones, which each wait longer.
  await installation.sql(
    `UPDATE "SignInThrottle" SET "blockedUntil" = now() + interval '1 minute' WHERE "failures" >= 6 AND "account" IS NOT NULL`,
  )
  expect(await attempt(password)).toMatch(/Too many attempts to sign in\. Try again in (1 minute|\d\d seconds)\./)
  await page.goto('/connectors')
  await expect(page).toHaveURL(/\/login/)
})

/** Every page of the app, from its files: what is added tomorrow is closed tomorrow. */
function everyPage(): string[] {
  return readdirSync('app', { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === 'page.tsx' || name === 'route.ts')
    .map(({ parentPath }) =>
      parentPath
        .slice('app'.length)
        .replaceAll('\\', '/')
        .replace(/\/\([^/]+\)/g, ''),
    )
    .map((path) => path.replace(/\[\.\.\.[^/]+\]/g, 'session').replace(/\[[^/]+\]/g, newId()) || '/')
}

/** The OpenAPI document contains nothing of a workspace. */
const open = ['/login', '/setup', '/oauth/authenticate', '/api/auth/session', '/api/v1/openapi.json']
/** The addresses of programs and agents are one route (`/api/[...path]`). */
const programs = [
  '/api/v1/flows',
  '/api/v1/nothing',
  '/api/v1/imports/file',
  '/api/v1/instances/a/endpoints/b/call',
  '/api/mcp',
]
/** Open to a person with a link. Without one they say that the link does not work. */
const byLink = ['/invitations/', '/reset-password/']

// Shows D10.
test('a person who is signed out gets nothing but the log-in, whatever the page', async ({ page }) => {
  const pages = [...everyPage(), ...programs]
  expect(pages.length).toBeGreaterThan(20)
  for (const path of pages.filter((path) => !open.includes(path))) {
    for (const headers of [{}, { RSC: '1' }, { 'Next-Action': '0'.repeat(42), Origin: installation.url }]) {
      const method = 'Next-Action' in headers ? 'POST' : 'GET'
      const answer = await page.request.fetch('RSC' in headers ? `${path}?_rsc` : path, {
        method,
        headers: headers as Record<string, string>,
        maxRedirects: 0,
      })
      const text = await answer.text()
      expect(text, path).not.toContain('Acme')
      if (path === '/api/session' || programs.includes(path)) expect(answer.status(), path).toBe(401)
      else if (/\/(?:icon|document|events|failing)$/.test(path))
        expect(answer.status(), path).toBe(method === 'GET' ? 401 : 405)
      else if (method === 'GET') expect([307, 200], path).toContain(answer.status())
      const location = answer.headers().location?.replace(installation.url, '')
      if (answer.status() === 307) expect(location, path).toMatch(/^\/(login|connectors|setup)/)
      else if (byLink.some((start) => path.startsWith(start))) expect(text, path).not.toContain('example.com')
      else if (answer.status() === 200) expect(text, path).toMatch(/NEXT_REDIRECT;\w+;\/login/)
    }
  }
  const session = await page.request.get('/api/auth/session')
  expect(await session.json()).toEqual({})
})

test('invalid and unknown ids lead to a page that says so', async ({ page, context }) => {
  await haveSession(context, installation)
  const ids = ['x', newId(), '..%2f..%2fetc%2fpasswd', '%00', "'%20OR%201=1--"]
  const paths = ids.flatMap((id) => [
    `/connectors/${id}`,
    `${acme.path}/authentication/${id}`,
    `${acme.path}/endpoints/${id}`,
    `/instances/${id}`,
    `/flows/${id}`,
    `/activity/requests/${id}?at=x`,
  ])
  for (const path of paths) {
    const answer = await page.goto(path)
    expect([400, 404], path).toContain(answer?.status())
  }
  const lists = [
    '/connectors?q=%00&sort=-evil&after=WyJcdTAwMDAi&status=x&connector=x',
    '/flows?q=%00&after=x',
    `${acme.path}/endpoints?q=%25&type=%00&after=e30`,
    '/activity?person=x&instance=x&period=x&q=%00',
    '/activity/changes?object=x&after=x',
    '/instances/new?connector=x',
  ]
  for (const path of lists) expect((await page.goto(path))?.status(), path).toBeLessThan(500)
})

/** A real save of the instance's settings, stopped before it leaves. */
async function aSave(page: Page): Promise<StoppedAction> {
  await page.goto(instance.path)
  await page.getByLabel('Instance name').fill('Renamed')
  return stopAction(page, () => page.getByRole('button', { name: 'Save instance settings' }).click())
}

const boundary = '----patchbay'
const multipart = (name: string, value: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--${boundary}--\r\n`

const malformed: [what: string, body: string | Buffer, type?: string][] = [
  ['nothing', ''],
  ['no JSON', 'garbage'],
  ['half of JSON', '[{"instanceId":'],
  ['a reference to a part that is not there', '["$1"]'],
  ['a reference to itself', '["$0"]'],
  ['a function', '["$F1"]'],
  ['a server reference of a module', '["$h1"]'],
  ['prototypes', '[{"__proto__":{"role":"administrator"},"constructor":{"prototype":{"x":1}}}]'],
  ['nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ['no UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ['a body of 20 MB', `["${'x'.repeat(20_000_000)}"]`],
  ['another type', '<x/>', 'application/xml'],
  ['a multipart body that is none', 'x', `multipart/form-data; boundary=${boundary}`],
  [
    'a multipart body with a wrong part',
    multipart('1_$ACTION_REF_1', '["$1:constructor:constructor"]'),
    `multipart/form-data; boundary=${boundary}`,
  ],
  [
    'a multipart body with a model that is none',
    multipart('0', '["$K1"]'),
    `multipart/form-data; boundary=${boundary}`,
  ],
]

// Shows D8.
test('whatever is sent to a server action, the server stays up and nothing is changed', async ({ page, context }) => {
  test.setTimeout(180_000)
  await haveSession(context, installation)
  const { url, headers } = await aSave(page)
  const rows = () => installation.sql(`SELECT to_jsonb(i) AS row FROM "Instance" i`)
  const before = await rows()
  for (const [what, data, type] of malformed) {
    const answer: APIResponse | null = await page.request
      .post(url, { headers: { ...headers, ...(type && { 'content-type': type }) }, data, timeout: 20_000 })
      .catch(() => null)
    const text = (await answer?.text().catch(() => '')) ?? ''
    expect(text, what).not.toMatch(/node_modules|at .*\.(ts|js):\d+|prisma/i)
    expect((await page.request.get('/login')).status(), what).toBe(200)
  }
  const unknown = await page.request.post(url, { headers: { ...headers, 'next-action': '0'.repeat(42) }, data: '[]' })
  expect([404, 409]).toContain(unknown.status())
  expect(await rows()).toEqual(before)
  await page.goto(instance.path)
  await expect(page.getByLabel('Instance name')).toHaveValue('Acme UK')
})

test('a server action that another site sends is refused', async ({ page, context }) => {
  await haveSession(context, installation)
  const { url, headers } = await aSave(page)
  const answer = await page.request.post(url, { headers: { ...headers, origin: 'https://evil.example' }, data: '[]' })
  expect(answer.status()).toBeGreaterThanOrEqual(400)
  expect(await answer.text()).not.toContain('Acme UK')
})

test('pages forbid foreign scripts, frames and forms', async ({ page }) => {
  const answer = await page.goto('/login')
  const {
    'content-security-policy': policy,
    'x-content-type-options': sniffing,
    'referrer-policy': referrer,
  } = answer!.headers()
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("form-action 'self'")
  expect(policy).not.toMatch(/script-src[^;]*'unsafe/)
  expect(sniffing).toBe('nosniff')
  expect(referrer).toMatch(/same-origin|no-referrer/)
})
