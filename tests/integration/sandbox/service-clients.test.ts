import { request as httpsRequest } from 'node:https'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { browseAuthorisation } from '@/tests/sandbox/browse-authorisation'
import { known } from '@/tests/sandbox/known'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import { basicAuth, call, clientAssertion, signJwt, type Signing } from './clients'
import { getOrders, obtainToken, pkcePair, redirectUri } from './minimal-client'

const clients = known.serviceClients
let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const askToken = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  call(`${sandbox.url}/oauth/token`, { method: 'POST', headers, body: new URLSearchParams(parameters) })
const grant = { grant_type: 'client_credentials', scope: 'orders.read' }
const serviceHeader = () => basicAuth(clients.basic.id, clients.basic.secret)

describe('client credentials', () => {
  // Shows C20.
  it('are accepted by Basic, in the body, as JSON and in the query', async () => {
    const { id, secret } = clients.post
    const json = JSON.stringify({ ...grant, client_id: id, client_secret: secret })
    const answers = [
      await askToken(grant, serviceHeader()),
      await askToken({ ...grant, client_id: id, client_secret: secret }),
      await call(`${sandbox.url}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: json,
      }),
      await call(`${sandbox.url}/oauth/token?${new URLSearchParams(grant)}`, { headers: serviceHeader() }),
      await call(
        `${sandbox.url}/oauth/token?${new URLSearchParams({ ...grant, client_id: id, client_secret: secret })}`,
        { method: 'POST' },
      ),
    ]
    for (const { status, json: token } of answers) {
      expect(status).toBe(200)
      expect((await getOrders(sandbox, token.access_token)).status).toBe(200)
    }
    expect((await sandbox.control.getTokenCalls()).counts['client_credentials.succeeded']).toBe(5)
  })

  it('are refused with another authentication than the registered one, or with a wrong secret', async () => {
    const { id, secret } = clients.basic
    expect((await askToken({ ...grant, client_id: clients.rs256.id })).json.error).toBe('invalid_client')
    expect((await askToken(grant, basicAuth(id, `${secret}x`))).json.error).toBe('invalid_client')
  })

  it('expire together with the other access tokens', async () => {
    const { json } = await askToken(grant, serviceHeader())
    await sandbox.control.expireAccessTokens()
    expect((await getOrders(sandbox, json.access_token)).status).toBe(401)
  })
})

describe('client assertions (RFC 7523 §2.2)', () => {
  const signings: [string, string, Signing][] = [
    ['RS256', clients.rs256.id, { algorithm: 'RS256', key: clients.rs256.privateKey, keyId: clients.rs256.keyId }],
    ['ES256', clients.es256.id, { algorithm: 'ES256', key: clients.es256.privateKey, keyId: clients.es256.keyId }],
    ['the secret', clients.secretJwt.id, { algorithm: 'HS256', key: clients.secretJwt.secret }],
  ]
  it.each(signings)('by %s', async (_name, id, signing) => {
    const assertion = await clientAssertion(sandbox, id, signing)
    expect((await askToken({ ...grant, ...assertion })).status).toBe(200)
    expect((await askToken({ ...grant, ...assertion })).json.error).toBe('invalid_client')
  })

  it.each<[string, Signing, object]>([
    ['another audience', signings[0]![2], { aud: 'https://somebody.example' }],
    ['no expiry', signings[0]![2], { exp: undefined }],
    ['a past expiry', signings[0]![2], { exp: 1_000_000_000 }],
    ['another key', { algorithm: 'ES256', key: known.keys.ec, keyId: 'acme-es-1' }, {}],
  ])('not with %s', async (_name, signing, claims) => {
    expect(
      (await askToken({ ...grant, ...(await clientAssertion(sandbox, clients.rs256.id, signing, { ...claims })) })).json
        .error,
    ).toBe('invalid_client')
  })

  it('work for an authorisation too, and for its refresh', async () => {
    const signing: Signing = { algorithm: 'RS256', key: clients.key.privateKey, keyId: clients.key.keyId }
    const address = `${sandbox.url}/oauth/auth?${new URLSearchParams({ client_id: clients.key.id, response_type: 'code', redirect_uri: redirectUri, scope: 'orders.read' })}`
    const code = new URL(await browseAuthorisation(address)).searchParams.get('code')!
    const first = await askToken({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      ...(await clientAssertion(sandbox, clients.key.id, signing)),
    })
    const second = await askToken({
      grant_type: 'refresh_token',
      refresh_token: String(first.json.refresh_token),
      ...(await clientAssertion(sandbox, clients.key.id, signing)),
    })
    expect((await getOrders(sandbox, second.json.access_token)).status).toBe(200)
    expect(second.json.refresh_token).not.toBe(first.json.refresh_token)
  })
})

describe('the client that must use PKCE', () => {
  const parameters = {
    client_id: clients.pkce.id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'orders.read',
  }

  it('is refused without it', async () => {
    const callback = new URL(await browseAuthorisation(`${sandbox.url}/oauth/auth?${new URLSearchParams(parameters)}`))
    expect(callback.searchParams.get('error')).toBe('invalid_request')
  })

  it('gets a token with it', async () => {
    const { verifier, challenge } = pkcePair()
    const address = `${sandbox.url}/oauth/auth?${new URLSearchParams({ ...parameters, code_challenge: challenge, code_challenge_method: 'S256' })}`
    const code = new URL(await browseAuthorisation(address)).searchParams.get('code')!
    const exchange = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }
    expect((await askToken(exchange, basicAuth(clients.pkce.id, clients.pkce.secret))).status).toBe(200)
  })
})

describe('grants without a browser', () => {
  it('the password grant issues a token that can be refreshed', async () => {
    const { username, password } = known.people[0]
    const header = basicAuth(clients.password.id, clients.password.secret)
    expect((await askToken({ grant_type: 'password', username, password: 'wrong' }, header)).json.error).toBe(
      'invalid_grant',
    )
    const { json } = await askToken({ grant_type: 'password', username, password, scope: 'orders.read' }, header)
    const { json: refreshed } = await askToken(
      { grant_type: 'refresh_token', refresh_token: String(json.refresh_token) },
      header,
    )
    expect((await getOrders(sandbox, refreshed.access_token)).status).toBe(200)
  })

  it('the JWT bearer grant only accepts an assertion of a known key', async () => {
    const { id, privateKey, keyId, subject } = clients.assertion
    const ask = async (signing: Signing, claims: object) =>
      askToken({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: await signJwt(signing, { iss: id, sub: subject, aud: `${sandbox.url}/oauth/token`, ...claims }),
      })
    const right: Signing = { algorithm: 'RS256', key: privateKey, keyId }
    const { json } = await ask(right, {})
    const whoami = await call(`${sandbox.url}/whoami`, {
      headers: { authorization: `Bearer ${String(json.access_token)}` },
    })
    expect(whoami.json).toMatchObject({ account: 'casey', authentication: 'oauth2' })
    expect((await ask(right, { aud: 'https://somebody.example' })).json.error).toBe('invalid_grant')
    expect((await ask(right, { sub: 'nobody' })).json.error).toBe('invalid_grant')
    expect((await ask(right, { exp: 1_000_000_000 })).json.error).toBe('invalid_grant')
    expect((await ask({ algorithm: 'ES256', key: known.keys.ec }, {})).json.error).toBe('invalid_grant')
    expect((await ask(right, { iss: 'acme-somebody' })).json.error).toBe('invalid_client')
  })
})

describe('discovery', () => {
  it.each(['/oauth/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/oauth'])(
    'at %s',
    async (path) => {
      expect((await call(`${sandbox.url}${path}`)).json).toMatchObject({
        issuer: `${sandbox.url}/oauth`,
        authorization_endpoint: `${sandbox.url}/oauth/auth`,
        token_endpoint: `${sandbox.url}/oauth/token`,
        revocation_endpoint: `${sandbox.url}/oauth/token/revocation`,
        code_challenge_methods_supported: ['S256'],
      })
    },
  )
})

describe('revocation (RFC 7009)', () => {
  it('ends the token and is recorded', async () => {
    const { json } = await obtainToken(sandbox, 'basic')
    const token = String(json.access_token)
    const { id, secret } = known.clients.basic
    const body = new URLSearchParams({ token, token_type_hint: 'access_token' })
    expect(
      (await call(`${sandbox.url}/oauth/token/revocation`, { method: 'POST', headers: basicAuth(id, secret), body }))
        .status,
    ).toBe(200)
    expect((await getOrders(sandbox, token)).status).toBe(401)
    expect(await sandbox.control.getRevocations()).toMatchObject([
      { clientId: id, token, tokenTypeHint: 'access_token', status: 200 },
    ])
  })
})

describe('the token endpoint behind client certificates (RFC 8705)', () => {
  async function overTls(
    path: string,
    options: { cert: string; key: string; method?: string; headers?: Record<string, string>; body?: string },
  ) {
    const { caPem } = await sandbox.control.getCertificates()
    const { body, ...rest } = options
    return new Promise<{ status: number; json: Record<string, unknown> }>((resolve, reject) => {
      const request = httpsRequest(`${sandbox.tlsUrl}${path}`, { ca: caPem, agent: false, ...rest }, (response) => {
        let text = ''
        response
          .on('data', (chunk) => (text += chunk))
          .on('end', () => resolve({ status: response.statusCode!, json: JSON.parse(text) }))
      })
      request.on('error', reject).end(body)
    })
  }
  const form = {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `grant_type=client_credentials&scope=orders.read&client_id=${clients.mutualTls.id}`,
  }

  it('issues a token that is valid only with that certificate', async () => {
    const { clientPem: cert, clientKeyPem: key, soonPem, soonKeyPem } = await sandbox.control.getCertificates()
    const { json } = await overTls('/oauth/token', { cert, key, ...form })
    const headers = { authorization: `Bearer ${String(json.access_token)}` }
    expect((await overTls('/orders', { cert, key, headers })).status).toBe(200)
    expect((await overTls('/orders', { cert: soonPem, key: soonKeyPem, headers })).status).toBe(401)
    expect((await call(`${sandbox.url}/orders`, { headers })).status).toBe(401)
  })

  it('refuses another certificate, and no certificate', async () => {
    const { soonPem: cert, soonKeyPem: key } = await sandbox.control.getCertificates()
    expect((await overTls('/oauth/token', { cert, key, ...form })).json.error).toBe('invalid_client')
    expect((await askToken({ ...grant, client_id: clients.mutualTls.id })).json.error).toBe('invalid_client')
  })
})
