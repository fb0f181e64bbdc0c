import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { known } from '@/tests/sandbox/known'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import { obtainToken } from './minimal-client'

let sandbox: Sandbox
let accessToken: string
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  await sandbox.control.reset()
  accessToken = String((await obtainToken(sandbox, 'basic', 'orders.read products.read stock.read')).json.access_token)
})

const basicHeader = (password: string = known.basic.password) => ({
  authorization: `Basic ${Buffer.from(`${known.basic.username}:${password}`).toString('base64')}`,
})
const headersOf = {
  basic: () => basicHeader(),
  token: () => ({ authorization: `Bearer ${known.apiToken}` }),
  oauth2: () => ({ authorization: `Bearer ${accessToken}` }),
}
const call = (path: string, init: RequestInit = {}) => fetch(`${sandbox.url}${path}`, init)

describe('each endpoint accepts only some authentication types', () => {
  it.each([
    ['/orders', { basic: 200, token: 403, oauth2: 200 }],
    ['/orders/ord_0001', { basic: 200, token: 403, oauth2: 200 }],
    ['/products', { basic: 200, token: 200, oauth2: 200 }],
    ['/customers', { basic: 200, token: 200, oauth2: 403 }],
    ['/stock', { basic: 403, token: 200, oauth2: 200 }],
    ['/whoami', { basic: 200, token: 200, oauth2: 200 }],
    ['/status', { basic: 200, token: 200, oauth2: 200 }],
  ] as const)('%s', async (path, expected) => {
    for (const type of ['basic', 'token', 'oauth2'] as const) {
      expect((await call(path, { headers: headersOf[type]() })).status, type).toBe(expected[type])
    }
    expect((await call(path)).status).toBe(path === '/status' ? 200 : 401)
  })

  it('shows who calls and how they authenticated', async () => {
    expect(await (await call('/whoami', { headers: headersOf.oauth2() })).json()).toEqual({
      account: 'casey',
      authentication: 'oauth2',
      scopes: ['orders.read', 'products.read', 'stock.read'],
    })
  })

  it('accepts the API token in a header, the query or the body', async () => {
    const order = { customer_id: 'cus_0001', lines: [{ sku: 'ACME-0002', quantity: 2 }] }
    const json = { 'content-type': 'application/json' }
    expect((await call('/products', { headers: { 'x-api-key': known.apiToken } })).status).toBe(200)
    expect((await call(`/products?api_key=${known.apiToken}`)).status).toBe(200)
    const inBody = { method: 'POST', headers: json, body: JSON.stringify({ ...order, api_key: known.apiToken }) }
    expect((await call('/orders', inBody)).status).toBe(201)
    expect((await call('/products?api_key=wrong')).status).toBe(401)
  })
})

describe('errors are like a vendor’s', () => {
  it('401 names the scheme', async () => {
    const nobody = await call('/orders')
    expect(nobody.headers.get('www-authenticate')).toMatch(/^Basic realm=.*, Bearer realm=/)
    const wrong = await call('/orders', { headers: basicHeader('wrong') })
    expect(wrong.status).toBe(401)
    expect(await wrong.json()).toEqual({
      error: { code: 'invalid_credentials', message: 'The username or the password is wrong' },
    })
  })

  it('403 names the missing scope', async () => {
    const response = await call('/orders', {
      method: 'POST',
      headers: { ...headersOf.oauth2(), 'content-type': 'application/json' },
      body: '{}',
    })
    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="orders.write"')
  })

  it('404, 405, 415 and 422 say what is wrong', async () => {
    const token = headersOf.token()
    expect((await call('/orders/none', { headers: headersOf.basic() })).status).toBe(404)
    expect((await call('/nothing', { headers: token })).status).toBe(404)
    expect((await call('/orders', { method: 'DELETE', headers: token })).headers.get('allow')).toBe('GET, POST')
    expect((await call('/orders', { method: 'POST', headers: token, body: 'text' })).status).toBe(415)
    const invalid = await call('/orders', {
      method: 'POST',
      headers: { ...token, 'content-type': 'application/json' },
      body: '{"lines":[]}',
    })
    expect(invalid.status).toBe(422)
    expect((await invalid.json()).error.message).toContain('customer_id')
    expect((await call('/products?limit=none', { headers: token })).status).toBe(422)
  })

  it('429 has Retry-After when the rate limit is exceeded', async () => {
    await sandbox.control.setRateLimit({ perSecond: 3 })
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => call('/products', { headers: headersOf.token() })),
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]!.headers.get('retry-after')).toBe('1')
  })

  it('fails as often as a test asks, on the path it names', async () => {
    await sandbox.control.failApi({ status: 503, retryAfterSeconds: 7, times: 1, path: '/products' })
    expect((await call('/orders', { headers: headersOf.basic() })).status).toBe(200)
    const failed = await call('/products', { headers: headersOf.token() })
    expect([failed.status, failed.headers.get('retry-after')]).toEqual([503, '7'])
    expect((await call('/products', { headers: headersOf.token() })).status).toBe(200)
  })

  it('refuses credentials that were changed at the vendor', async () => {
    await sandbox.control.setBasicPassword({ password: 'new one' })
    await sandbox.control.setApiToken({ token: 'new-token' })
    expect((await call('/orders', { headers: headersOf.basic() })).status).toBe(401)
    expect((await call('/orders', { headers: basicHeader('new one') })).status).toBe(200)
    expect((await call('/products', { headers: headersOf.token() })).status).toBe(401)
  })
})

describe('data', () => {
  it('is the same at every start', async () => {
    const other = await startSandbox()
    const read = async (base: string) =>
      (await fetch(`${base}/orders?limit=100`, { headers: headersOf.basic() })).json()
    expect(await read(other.url)).toEqual(await read(sandbox.url))
    await other.close()
  })

  it('has pages, by Link header and by cursor, without gaps or duplicates', async () => {
    const byLink: string[] = []
    for (let url: string | undefined = `${sandbox.url}/orders?limit=70`; url;) {
      const response: Response = await fetch(url, { headers: headersOf.basic() })
      byLink.push(...((await response.json()) as { orders: { id: string }[] }).orders.map(({ id }) => id))
      url = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
    }
    const byCursor: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const body = await (
        await call(`/orders?limit=70${cursor && `&cursor=${cursor}`}`, { headers: headersOf.basic() })
      ).json()
      byCursor.push(...body.orders.map(({ id }: { id: string }) => id))
      cursor = body.next_cursor
    }
    expect(new Set(byLink).size).toBe(240)
    expect(byCursor).toEqual(byLink)
  })

  it('is filtered', async () => {
    const body = await (await call('/orders?status=cancelled&limit=100', { headers: headersOf.basic() })).json()
    expect(body.total).toBe(48)
    expect(body.orders.every(({ status }: { status: string }) => status === 'cancelled')).toBe(true)
  })

  it('can be created and changed, and is restored by a reset', async () => {
    const json = { 'content-type': 'application/json' }
    const order = { customer_id: 'cus_0001', lines: [{ sku: 'ACME-0001', quantity: 3 }] }
    const created = await call('/orders', {
      method: 'POST',
      headers: { ...headersOf.token(), ...json },
      body: JSON.stringify(order),
    })
    expect(created.status).toBe(201)
    expect(await created.json()).toMatchObject({ id: 'ord_0241', total: '14.97', status: 'open' })
    const change = (path: string, headers: HeadersInit, body: object) =>
      call(path, { method: 'PATCH', headers: { ...headers, ...json }, body: JSON.stringify(body) })
    expect(await (await change('/orders/ord_0241', headersOf.basic(), { status: 'paid' })).json()).toMatchObject({
      status: 'paid',
    })
    expect(await (await change('/products/prd_0001', headersOf.token(), { price: 12.5 })).json()).toMatchObject({
      price: '12.50',
    })
    expect(
      await (await change('/stock/ACME-0001', headersOf.token(), { warehouse: 'north', available: 9 })).json(),
    ).toMatchObject({ available: 9 })
    await sandbox.control.reset()
    expect((await call('/orders/ord_0241', { headers: headersOf.basic() })).status).toBe(404)
  })

  it('records requests, so that a test can check them', async () => {
    await sandbox.control.clearRequests()
    await call('/orders?status=open', { headers: headersOf.basic() })
    await call('/orders', { method: 'POST', headers: headersOf.token(), body: 'planted' })
    const requests = await sandbox.control.getRequests({ path: '/orders' })
    expect(requests).toMatchObject([
      { server: 'main', method: 'GET', url: '/orders?status=open', headers: basicHeader() },
      { server: 'main', method: 'POST', body: 'planted' },
    ])
  })
})
