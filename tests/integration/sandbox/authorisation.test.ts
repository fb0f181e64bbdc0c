import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { browseAuthorisation } from '@/tests/sandbox/browse-authorisation'
import { known } from '@/tests/sandbox/known'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import {
  authoriseUrl,
  callToken,
  getOrders,
  obtainToken,
  pkcePair,
  redirectUri,
  refresh,
  type ClientName,
} from './minimal-client'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

describe('the authorisation code', () => {
  it.each<ClientName>(['basic', 'post', 'public', 'steady', 'once'])(
    'is exchanged for a token by the client "%s"',
    async (client) => {
      const { status, json } = await obtainToken(sandbox, client)
      expect(status).toBe(200)
      expect(json).toMatchObject({ token_type: 'Bearer', scope: 'orders.read', expires_in: 3600 })
      expect('refresh_token' in json).toBe(client !== 'once')
      expect((await getOrders(sandbox, json.access_token)).status).toBe(200)
    },
  )

  it('is returned with the state and the issuer', async () => {
    const callback = new URL(
      await browseAuthorisation(authoriseUrl(sandbox, 'basic', { state: 'state with spaces & more' })),
    )
    expect(`${callback.origin}${callback.pathname}`).toBe(redirectUri)
    expect(callback.searchParams.get('state')).toBe('state with spaces & more')
    expect(callback.searchParams.get('iss')).toBe(`${sandbox.url}/oauth`)
  })

  it('is for every scope if the application requests none (RFC 6749 §3.3)', async () => {
    const page = new URL(authoriseUrl(sandbox, 'basic'))
    page.searchParams.delete('scope')
    const code = new URL(await browseAuthorisation(page.href)).searchParams.get('code')!
    const { json } = await callToken(sandbox, 'basic', {
      ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri },
    })
    expect(json.scope).toBe(known.scopes.join(' '))
  })

  it('works only once', async () => {
    const callback = new URL(await browseAuthorisation(authoriseUrl(sandbox, 'basic')))
    const parameters = {
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code')!,
      redirect_uri: redirectUri,
    }
    expect((await callToken(sandbox, 'basic', parameters)).status).toBe(200)
    expect((await callToken(sandbox, 'basic', parameters)).json.error).toBe('invalid_grant')
  })

  it('is refused without its PKCE verifier, or with another one', async () => {
    const { challenge } = pkcePair()
    const callback = async () =>
      new URL(
        await browseAuthorisation(
          authoriseUrl(sandbox, 'basic', { code_challenge: challenge, code_challenge_method: 'S256' }),
        ),
      )
    const exchange = async (more: object) =>
      callToken(sandbox, 'basic', {
        grant_type: 'authorization_code',
        code: (await callback()).searchParams.get('code')!,
        redirect_uri: redirectUri,
        ...more,
      })
    expect((await exchange({})).json.error).toBe('invalid_grant')
    expect((await exchange({ code_verifier: pkcePair().verifier })).json.error).toBe('invalid_grant')
  })

  it('is refused to a client with a wrong secret', async () => {
    const response = await fetch(`${sandbox.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${known.clients.basic.id}:wrong`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x', redirect_uri: redirectUri }),
    })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: 'invalid_client' })
  })

  it('can also be exchanged with a JSON request', async () => {
    const callback = new URL(await browseAuthorisation(authoriseUrl(sandbox, 'post')))
    const { id, secret } = known.clients.post
    const response = await fetch(`${sandbox.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'authorization_code',
        code: callback.searchParams.get('code'),
        redirect_uri: redirectUri,
        client_id: id,
        client_secret: secret,
      }),
    })
    expect(await response.json()).toMatchObject({ token_type: 'Bearer' })
  })
})

describe('the authorise page', () => {
  it('returns a denial with the state', async () => {
    const callback = new URL(await browseAuthorisation(authoriseUrl(sandbox, 'basic'), { decision: 'Deny' }))
    expect(Object.fromEntries(callback.searchParams)).toMatchObject({ error: 'access_denied', state: 'state-1' })
    expect(callback.searchParams.has('code')).toBe(false)
  })

  it('refuses a wrong password', async () => {
    const person = { ...known.people[0], password: 'wrong' } as unknown as (typeof known.people)[0]
    await expect(browseAuthorisation(authoriseUrl(sandbox, 'basic'), { person })).rejects.toThrow(
      'The username or the password is wrong',
    )
  })

  it('refuses the public client without PKCE', async () => {
    const callback = new URL(await browseAuthorisation(authoriseUrl(sandbox, 'public')))
    expect(callback.searchParams.get('error')).toBe('invalid_request')
  })

  it('refuses an unregistered redirect URI, and accepts it after registration', async () => {
    const parameters = { redirect_uri: 'https://dashboard.example/oauth/authenticate' }
    await expect(browseAuthorisation(authoriseUrl(sandbox, 'basic', parameters))).rejects.toThrow(
      'invalid_redirect_uri',
    )
    await sandbox.control.addRedirectUri({ uri: parameters.redirect_uri })
    expect(await browseAuthorisation(authoriseUrl(sandbox, 'basic', parameters))).toContain(
      'https://dashboard.example/oauth/authenticate?code=',
    )
  })

  it('returns a wrong issuer or none if a test asks for it', async () => {
    await sandbox.control.setIssuerParameter({ mode: 'wrong' })
    expect(new URL(await browseAuthorisation(authoriseUrl(sandbox, 'basic'))).searchParams.get('iss')).toBe(
      'https://another-issuer.example',
    )
    await sandbox.control.setIssuerParameter({ mode: 'absent' })
    expect(new URL(await browseAuthorisation(authoriseUrl(sandbox, 'basic'))).searchParams.has('iss')).toBe(false)
  })
})

describe('refreshing', () => {
  it('rotates the refresh token, and revokes the whole grant if the old one is used', async () => {
    const first = (await obtainToken(sandbox)).json
    const second = (await refresh(sandbox, 'basic', first.refresh_token)).json
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect((await getOrders(sandbox, second.access_token)).status).toBe(200)
    expect(await refresh(sandbox, 'basic', first.refresh_token)).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant' },
    })
    expect((await refresh(sandbox, 'basic', second.refresh_token)).json.error).toBe('invalid_grant')
    expect((await getOrders(sandbox, second.access_token)).status).toBe(401)
  })

  it('succeeds for only one of many simultaneous calls with the same token', async () => {
    const { json } = await obtainToken(sandbox)
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(sandbox, 'basic', json.refresh_token)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('does not rotate the refresh token of the steady client', async () => {
    const first = (await obtainToken(sandbox, 'steady')).json
    const second = (await refresh(sandbox, 'steady', first.refresh_token)).json
    expect(second.refresh_token).toBe(first.refresh_token)
    expect(second.access_token).not.toBe(first.access_token)
  })

  it('refuses another client', async () => {
    const { json } = await obtainToken(sandbox)
    expect((await refresh(sandbox, 'steady', json.refresh_token)).json.error).toBe('invalid_grant')
  })

  it('fails after the refresh tokens were revoked by a test or by the client', async () => {
    const one = (await obtainToken(sandbox)).json
    await sandbox.control.revokeRefreshTokens()
    expect((await refresh(sandbox, 'basic', one.refresh_token)).json.error).toBe('invalid_grant')
    expect((await getOrders(sandbox, one.access_token)).status).toBe(200)
    await sandbox.control.revokeGrants()
    expect((await getOrders(sandbox, one.access_token)).status).toBe(401)

    const two = (await obtainToken(sandbox)).json
    const { id, secret } = known.clients.basic
    const revoked = await fetch(`${sandbox.url}/oauth/token/revocation`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ token: String(two.refresh_token) }),
    })
    expect(revoked.status).toBe(200)
    expect((await refresh(sandbox, 'basic', two.refresh_token)).json.error).toBe('invalid_grant')
  })
})

describe('access tokens', () => {
  it('have the lifetime that the test sets', async () => {
    await sandbox.control.setTokenLifetime({ seconds: 1 })
    const { json } = await obtainToken(sandbox)
    expect(json.expires_in).toBe(1)
    const statusNow = async () => (await getOrders(sandbox, json.access_token)).status
    await expect.poll(statusNow, { interval: 100, timeout: 10_000 }).toBe(401)
    const response = await getOrders(sandbox, json.access_token)
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  it('can be expired immediately, and a refresh returns a new one', async () => {
    const { json } = await obtainToken(sandbox)
    await sandbox.control.expireAccessTokens()
    expect((await getOrders(sandbox, json.access_token)).status).toBe(401)
    const renewed = (await refresh(sandbox, 'basic', json.refresh_token)).json
    expect((await getOrders(sandbox, renewed.access_token)).status).toBe(200)
  })
})
