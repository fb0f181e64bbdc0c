import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { known } from '@/tests/sandbox/known'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import { basicAuth, call, errorCode, type Answer } from './clients'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const post = (path: string, body: string | URLSearchParams, type?: string) =>
  call(path.startsWith('http') ? path : `${sandbox.url}${path}`, {
    method: 'POST',
    body,
    headers: type ? { 'content-type': type } : {},
  })
const postJson = (path: string, value: object) => post(path, JSON.stringify(value), 'application/json')

describe('the login in two steps', () => {
  const { account, username, password } = known.session
  const ticket = async () =>
    (await postJson('/session/ticket', { account, username, password })).json.result as {
      ticket: string
      open_url: string
    }
  const open = (address: string, ticket: string) =>
    post(address, `<login><ticket>${ticket}</ticket></login>`, 'application/xml')

  it('returns a session in XML, in a header and as a cookie', async () => {
    const { ticket: first, open_url } = await ticket()
    const answer = await open(open_url, first)
    const token = /<token>(\w+)<\/token>/.exec(answer.text)![1]!
    expect(answer.headers.get('x-session-token')).toBe(token)
    expect(answer.headers.getSetCookie()[0]).toContain(`ACME_SESSION=${token};`)
    expect(answer.text).toContain('<lifetime unit="seconds">3600</lifetime>')
    const whoami = `${sandbox.url}/session/whoami`
    expect((await call(whoami, { headers: { 'x-session': token } })).json).toMatchObject({
      account: username,
      authentication: 'session',
    })
    expect((await call(whoami, { headers: { cookie: `theme=dark; ACME_SESSION=${token}` } })).status).toBe(200)
    expect((await sandbox.control.getTokenCalls()).counts).toMatchObject({
      'session_ticket.succeeded': 1,
      'session_open.succeeded': 1,
    })
  })

  it('refuses a wrong password and a used ticket', async () => {
    expect(errorCode(await postJson('/session/ticket', { account, username, password: 'wrong' }))).toBe('invalid_login')
    const { ticket: first, open_url } = await ticket()
    await open(open_url, first)
    expect(errorCode(await open(open_url, first))).toBe('invalid_ticket')
    expect((await sandbox.control.getTokenCalls()).counts['session_open.refused']).toBe(1)
  })

  it('can also have one step, and its sessions can be expired by a test', async () => {
    const answer = await post('/session/login', new URLSearchParams({ username, password }))
    const cookie = answer.headers
      .getSetCookie()
      .find((line) => line.startsWith('ACME_SESSION='))!
      .split(';')[0]!
    const get = () => call(`${sandbox.url}/session/orders`, { headers: { cookie } })
    expect((await get()).status).toBe(200)
    await sandbox.control.expireAccessTokens()
    expect(errorCode(await get())).toBe('session_expired')
    expect(errorCode(await call(`${sandbox.url}/session/orders`))).toBe('session_missing')
  })
})

describe('the vendor with unusual conventions', () => {
  const { clientKey: client_key, clientSecret: client_secret, realmId } = known.vendor
  const redirect_uri = 'http://localhost:38123/oauth/authenticate'
  const client = { client_key, client_secret }

  async function authorise(decision: string): Promise<URL> {
    const address = `${sandbox.url}/vendor/authorize?${new URLSearchParams({ client_key, response_type: 'code', redirect_uri, scope: 'orders,products', state: 'abc' })}`
    expect((await call(address)).text).toContain('Allow the dashboard?')
    const answer = await post('/vendor/decide', new URLSearchParams({ redirect_uri, state: 'abc', decision }))
    return new URL(answer.headers.get('location')!)
  }
  const exchange = async (path: string) =>
    postJson(path, {
      ...client,
      grant_type: 'authorization_code',
      auth_code: (await authorise('allow')).searchParams.get('auth_code'),
      redirect_uri,
    })
  const tokenOf = ({ json }: Answer) =>
    (json.data as { token: { access: string; refresh: string; expires_in_ms: number } }).token
  const whoami = (authorization: string) =>
    call(`${sandbox.url}/vendor/shops/casey/whoami`, { headers: { authorization } })

  it('has its own names for the code and the client, and nests its response', async () => {
    expect((await authorise('allow')).searchParams.get('realmId')).toBe(realmId)
    expect((await authorise('deny')).searchParams.get('error')).toBe('access_denied')
    const answer = await exchange('/vendor/token')
    expect(answer.json).toMatchObject({
      code: 0,
      data: { instance_url: `${sandbox.url}/vendor/shops/casey`, token: { expires_in_ms: 3_600_000 } },
    })
    expect((await whoami(`Vendor ${tokenOf(answer).access}`)).json).toMatchObject({
      account: 'casey',
      authentication: 'vendor',
    })
  })

  it('sends a form-encoded response at another URL', async () => {
    const form = new URLSearchParams((await exchange('/vendor/token-form')).text)
    expect((await whoami(`Vendor ${form.get('access')}`)).status).toBe(200)
    expect(form.get('instance_url')).toBe(`${sandbox.url}/vendor/shops/casey`)
  })

  it('renews tokens at another URL, each only once', async () => {
    const renew_token = tokenOf(await exchange('/vendor/token')).refresh
    const renew = () => postJson('/vendor/renew', { ...client, grant_type: 'renew', renew_token })
    expect((await whoami(`Vendor ${tokenOf(await renew()).access}`)).json.account).toBe('casey')
    expect((await renew()).json).toMatchObject({ code: 40004 })
  })

  it('rejects with the status 200', async () => {
    const token = tokenOf(await exchange('/vendor/token')).access
    await sandbox.control.expireAccessTokens()
    expect(await whoami(`Vendor ${token}`)).toMatchObject({
      status: 200,
      json: { code: 40100, message: 'access token expired' },
    })
    expect(await postJson('/vendor/token', { ...client, client_secret: 'wrong' })).toMatchObject({
      status: 200,
      json: { code: 40001 },
    })
  })

  it('records revoked tokens', async () => {
    const token = tokenOf(await exchange('/vendor/token')).access
    await postJson('/vendor/deauthorize', { access_token: token })
    expect(await sandbox.control.getRevocations()).toMatchObject([{ clientId: client_key, token }])
    expect((await whoami(`Vendor ${token}`)).json.code).toBe(40100)
  })
})

describe('keys in other locations', () => {
  const key = known.apiToken
  const get = (path: string, headers: Record<string, string> = {}) => call(`${sandbox.url}/keys/${path}`, { headers })

  it('in the query, a cookie or the body', async () => {
    expect((await get(`query/orders?key=${key}`)).status).toBe(200)
    expect((await get('cookie/orders', { cookie: `acme_key=${key}` })).status).toBe(200)
    expect((await postJson('/keys/body/orders', { api_key: key })).json.total).toBe(240)
    expect(errorCode(await get('query/orders'))).toBe('api_key_missing')
    expect(errorCode(await get('cookie/orders', { cookie: 'acme_key=wrong' }))).toBe('invalid_api_key')
    expect(errorCode(await postJson('/keys/body/orders', {}))).toBe('api_key_missing')
  })

  it('together with a password', async () => {
    const { username, password } = known.basic
    expect((await get('two/whoami', { 'x-api-key': key, ...basicAuth(username, password) })).status).toBe(200)
    expect(errorCode(await get('two/whoami', { 'x-api-key': key }))).toBe('basic_missing')
    expect(errorCode(await get('two/whoami', basicAuth(username, password)))).toBe('api_key_missing')
    expect(errorCode(await get('two/whoami', { 'x-api-key': key, ...basicAuth(username, 'wrong') }))).toBe(
      'invalid_credentials',
    )
  })
})

it('requests are recorded with the status of their response', async () => {
  await call(`${sandbox.url}/keys/query/orders`)
  expect(await sandbox.control.getRequests({ path: '/keys/query/orders' })).toMatchObject([
    { method: 'GET', status: 401 },
  ])
})
