import type { Page } from '@playwright/test'
import { addApiKey } from '@/tests/support/add-api-key'
import { anInstallation, expect, test } from '@/tests/support/installation'
import { sendRawRequest } from '@/tests/support/raw-request'
import { haveSession } from '@/tests/support/session'

/** A page of another site that uses the API, in a browser that asks before (CORS). */

const installation = anInstallation({
  environment: (_url, sandboxUrl) => ({
    PATCHBAY_API_CORS_ORIGINS: `https://orders.example.com ${sandboxUrl}`,
  }),
})
let authorization: string
test.beforeAll(async () => {
  authorization = `Bearer ${await addApiKey(installation)}`
})

type Answer = { status: number; headers: Record<string, string>; body: { code?: string; name?: string } }

/** Sends it from the page. Null if the browser keeps the response from it. */
function fetchFrom(page: Page, path: string, init: object): Promise<Answer | null> {
  return page.evaluate(
    async ({ url, options }) => {
      try {
        const response = await fetch(url, options)
        const headers = Object.fromEntries(response.headers)
        return { status: response.status, headers, body: await response.json() }
      } catch {
        return null
      }
    },
    { url: `${installation.url}/api/v1${path}`, options: init },
  )
}

/** The same site as the app, so that the browser sends the app's cookies there if it is asked to. */
const configured = () => installation.sandbox.url
const other = () => installation.sandbox.url.replace('localhost', '127.0.0.1')

test('of a configured origin, with a key, creates and reads, and sees headers and refusals', async ({ page }) => {
  await page.goto(configured())
  const created = await fetchFrom(page, '/flows', {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': 'one' },
    body: '{"name":"From a page"}',
  })
  expect(created).toMatchObject({ status: 201, body: { name: 'From a page' }, headers: { etag: '"1"' } })
  expect(created?.headers.location).toMatch(/^\/api\/v1\/flows\//)
  expect(created?.headers.ratelimit).toContain('r=')
  const changed = await fetchFrom(page, created!.headers.location!.slice('/api/v1'.length), {
    method: 'PATCH',
    headers: { authorization, 'content-type': 'application/merge-patch+json', 'if-match': '"1"' },
    body: '{"description":"Every night"}',
  })
  expect(changed).toMatchObject({ status: 200 })
  expect(await fetchFrom(page, '/flows', {})).toMatchObject({ status: 401, body: { code: 'not_signed_in' } })
  expect(await fetchFrom(page, '/nothing', { headers: { authorization } })).toMatchObject({ status: 404 })
  const large = { method: 'POST', headers: { authorization }, body: 'x'.repeat(3_000_000) }
  expect(await fetchFrom(page, '/flows', large)).toMatchObject({ status: 413 })
})

test('of a configured origin cannot use the session of the person', async ({ page }) => {
  await haveSession(page.context(), installation)
  await page.goto(configured())
  const cookies = await page.context().cookies(installation.url)
  expect(cookies.map(({ name }) => name)).toContain('patchbay-session')
  // The browser keeps a response to a request with cookies from the page in any case.
  expect(await fetchFrom(page, '/flows', { credentials: 'include' })).toBeNull()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  for (const method of ['GET', 'POST'])
    expect(
      await sendRawRequest(`${installation.url}/api/v1/flows`, {
        method,
        headers: {
          host: new URL(installation.url).host,
          origin: configured(),
          cookie,
          'content-type': 'application/json',
        },
        ...(method === 'POST' && { body: '{"name":"By a session"}' }),
      }),
    ).toMatchObject({ status: 403, headers: { 'content-type': 'application/problem+json' } })
  expect(await installation.sql(`SELECT 1 FROM "Flow" WHERE "name" = 'By a session'`)).toEqual([])
})

test('of another origin is kept out', async ({ page }) => {
  await page.goto(other())
  expect(await fetchFrom(page, '/flows', { headers: { authorization } })).toBeNull()
  expect(await fetchFrom(page, '/openapi.json', {})).toBeNull()
  const json = { authorization, 'content-type': 'application/json' }
  expect(await fetchFrom(page, '/flows', { method: 'POST', headers: json, body: '{"name":"Foreign"}' })).toBeNull()
  expect(await installation.sql(`SELECT 1 FROM "Flow" WHERE "name" = 'Foreign'`)).toEqual([])
})

test('every response of the API tells caches that it depends on the origin, and no other page is opened', async () => {
  const headers = { host: new URL(installation.url).host, authorization, origin: 'https://orders.example.com' }
  const answer = await sendRawRequest(`${installation.url}/api/v1/flows`, { headers })
  expect(answer.headers['access-control-allow-origin']).toBe('https://orders.example.com')
  expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
  expect(String(answer.headers.vary)).toMatch(/\bOrigin\b/)
  const without = await sendRawRequest(`${installation.url}/api/v1/flows`, { headers: { ...headers, origin: 'null' } })
  expect(without.headers['access-control-allow-origin']).toBeUndefined()
  expect(String(without.headers.vary)).toMatch(/\bOrigin\b/)
  const page = await sendRawRequest(`${installation.url}/login`, { headers })
  expect(page.headers['access-control-allow-origin']).toBeUndefined()
})
