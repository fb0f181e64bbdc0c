import { createHash, randomBytes } from 'node:crypto'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { createSigner, httpbis, type Algorithm } from 'http-message-signatures'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { known } from '@/tests/sandbox/known'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import { call, errorCode, hmacSha256, sha256, signAws, signJwt, type Signing } from './clients'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const order = JSON.stringify({ customer_id: 'cus_0001', lines: [{ sku: 'ACME-0002', quantity: 2 }] })
const json = { 'content-type': 'application/json' }

describe('a signed JWT', () => {
  const { issuer: iss, audience: aud, keyIds, secret } = known.jwt
  const send = async (signing: Signing, claims: object = {}) =>
    call(`${sandbox.url}/jwt/whoami`, {
      headers: { authorization: `Bearer ${await signJwt(signing, { iss, aud, sub: 'casey', ...claims })}` },
    })
  const right: Signing = { algorithm: 'RS256', key: known.keys.rsa, keyId: keyIds.RS256 }

  it.each<Signing>([
    right,
    { algorithm: 'ES256', key: known.keys.ec, keyId: keyIds.ES256 },
    { algorithm: 'EdDSA', key: known.keys.ed, keyId: keyIds.EdDSA },
    { algorithm: 'HS256', key: secret, keyId: keyIds.HS256 },
  ])('$algorithm', async (signing) => {
    expect((await send(signing)).json).toMatchObject({ account: 'casey', authentication: 'signed_jwt' })
  })

  it.each<[string, Signing, object, string]>([
    ['another issuer', right, { iss: 'somebody' }, 'err_jwt_claim_validation_failed'],
    ['another audience', right, { aud: 'somebody' }, 'err_jwt_claim_validation_failed'],
    ['a past expiry', right, { exp: 1_000_000_000 }, 'err_jwt_expired'],
    ['no expiry', right, { exp: undefined }, 'err_jwt_claim_validation_failed'],
    ['a lifetime that is too long', right, { exp: Math.floor(Date.now() / 1000) + 3600 }, 'lifetime_too_long'],
    ['an unknown key', { ...right, keyId: 'somebody' }, {}, 'unknown_key'],
    [
      'the key of another algorithm',
      { algorithm: 'HS256', key: secret, keyId: keyIds.RS256 },
      {},
      'err_jose_alg_not_allowed',
    ],
    [
      'another secret',
      { algorithm: 'HS256', key: `${secret}x`, keyId: keyIds.HS256 },
      {},
      'err_jws_signature_verification_failed',
    ],
  ])('not with %s', async (_name, signing, claims, code) => {
    const answer = await send(signing, claims)
    expect([answer.status, errorCode(answer)]).toEqual([401, code])
  })
})

describe('AWS Signature Version 4', () => {
  const whoami = () => `${sandbox.url}/aws/whoami`

  it('in the header', async () => {
    const address = `${sandbox.url}/aws/orders?limit=2&status=open`
    expect((await call(address, { headers: signAws('GET', address, known.aws) })).json.total).toBe(48)
    expect(errorCode(await call(`${address}&page=2`, { headers: signAws('GET', address, known.aws) }))).toBe(
      'signature_mismatch',
    )
    expect(
      errorCode(
        await call(whoami(), { headers: signAws('GET', whoami(), { ...known.aws, secretAccessKey: 'wrong' }) }),
      ),
    ).toBe('signature_mismatch')
  })

  it('over the body', async () => {
    const address = `${sandbox.url}/aws/orders`
    const headers = { ...json, ...signAws('POST', address, known.aws, { body: order }) }
    expect((await call(address, { method: 'POST', headers, body: order })).status).toBe(201)
    expect(errorCode(await call(address, { method: 'POST', headers, body: order.replace('2', '3') }))).toBe(
      'signature_mismatch',
    )
  })

  it('needs the token of temporary credentials', async () => {
    const { sessionToken, ...without } = known.aws.temporary
    expect((await call(whoami(), { headers: signAws('GET', whoami(), { ...without, sessionToken }) })).status).toBe(200)
    expect(errorCode(await call(whoami(), { headers: signAws('GET', whoami(), without) }))).toBe(
      'invalid_session_token',
    )
  })

  it('is refused when old, or for another region', async () => {
    const old = signAws('GET', whoami(), known.aws, { at: new Date(Date.now() - 600_000) })
    expect(errorCode(await call(whoami(), { headers: old }))).toBe('time_out_of_range')
    const elsewhere = signAws('GET', whoami(), known.aws)
    expect(
      errorCode(
        await call(whoami(), {
          headers: { ...elsewhere, authorization: elsewhere.authorization.replace('eu-west-1', 'us-east-1') },
        }),
      ),
    ).toBe('wrong_scope')
    expect(errorCode(await call(whoami()))).toBe('signature_missing')
  })

  it('in the URL', async () => {
    const { region, service, accessKeyId, secretAccessKey } = known.aws
    const signer = new SignatureV4({ credentials: { accessKeyId, secretAccessKey }, region, service, sha256: Sha256 })
    const { host, hostname } = new URL(sandbox.url)
    const presign = async (signingDate: Date) => {
      const { query } = await signer.presign(
        {
          method: 'GET',
          protocol: 'http:',
          hostname,
          path: '/aws/orders',
          query: { status: 'open' },
          headers: { host },
        },
        { signingDate, expiresIn: 60 },
      )
      return `${sandbox.url}/aws/orders?${new URLSearchParams(query as Record<string, string>)}`
    }
    const address = await presign(new Date())
    expect((await call(address)).status).toBe(200)
    expect(errorCode(await call(address.replace('status=open', 'status=paid')))).toBe('signature_mismatch')
    expect(errorCode(await call(await presign(new Date(Date.now() - 120_000))))).toBe('request_expired')
  })
})

describe('the HMAC header', () => {
  const { key, secret } = known.hmac
  function headers(method: string, path: string, query: string, body = '', more: Record<string, string> = {}) {
    const timestamp = more['x-acme-timestamp'] ?? String(Math.floor(Date.now() / 1000))
    const nonce = randomBytes(8).toString('hex')
    const signature = hmacSha256(secret, [method, path, query, sha256(body), timestamp, nonce].join('\n')).toString(
      'hex',
    )
    return {
      'x-acme-key': key,
      'x-acme-timestamp': timestamp,
      'x-acme-nonce': nonce,
      'x-acme-signature': signature,
      ...more,
    }
  }

  it('covers method, path, sorted query and body', async () => {
    expect(
      (
        await call(`${sandbox.url}/hmac/orders?status=open&limit=2`, {
          headers: headers('GET', '/hmac/orders', 'limit=2&status=open'),
        })
      ).status,
    ).toBe(200)
    const created = { method: 'POST', headers: { ...json, ...headers('POST', '/hmac/orders', '', order) }, body: order }
    expect((await call(`${sandbox.url}/hmac/orders`, created)).status).toBe(201)
    expect(
      errorCode(
        await call(`${sandbox.url}/hmac/orders?status=paid`, {
          headers: headers('GET', '/hmac/orders', 'status=open'),
        }),
      ),
    ).toBe('signature_mismatch')
  })

  it('is accepted only once, and only if recent', async () => {
    const once = headers('GET', '/hmac/whoami', '')
    expect((await call(`${sandbox.url}/hmac/whoami`, { headers: once })).json.authentication).toBe('hmac')
    expect(errorCode(await call(`${sandbox.url}/hmac/whoami`, { headers: once }))).toBe('nonce_used')
    expect(
      errorCode(
        await call(`${sandbox.url}/hmac/whoami`, {
          headers: headers('GET', '/hmac/whoami', '', '', { 'x-acme-timestamp': '1000000000' }),
        }),
      ),
    ).toBe('time_out_of_range')
    expect(errorCode(await call(`${sandbox.url}/hmac/whoami`))).toBe('signature_missing')
  })
})

describe('WSSE', () => {
  function token(password: string, created = new Date().toISOString()) {
    const nonce = randomBytes(12)
    const digest = createHash('sha1')
      .update(Buffer.concat([nonce, Buffer.from(created + password)]))
      .digest('base64')
    return {
      'x-wsse': `UsernameToken Username="${known.wsse.username}", PasswordDigest="${digest}", Nonce="${nonce.toString('base64')}", Created="${created}"`,
    }
  }
  const get = (headers: Record<string, string>) => call(`${sandbox.url}/wsse/whoami`, { headers })

  it('accepts the digest of nonce, time and password once', async () => {
    const right = token(known.wsse.password)
    expect((await get(right)).json).toMatchObject({ account: known.wsse.username, authentication: 'wsse' })
    expect(errorCode(await get(right))).toBe('nonce_used')
    expect(errorCode(await get(token('wrong')))).toBe('digest_mismatch')
    expect(errorCode(await get(token(known.wsse.password, '2020-01-01T00:00:00Z')))).toBe('time_out_of_range')
    expect(errorCode(await get({}))).toBe('wsse_missing')
  })
})

describe('message signatures (RFC 9421)', () => {
  const { keyIds, secret } = known.messageSignatures
  const keys: Partial<Record<Algorithm, string>> = {
    'hmac-sha256': secret,
    'rsa-pss-sha512': known.keys.rsa,
    'rsa-v1_5-sha256': known.keys.rsa,
    'ecdsa-p256-sha256': known.keys.ec,
    ed25519: known.keys.ed,
  }

  async function signed(
    algorithm: Algorithm,
    path: string,
    fields: string[],
    more: { method?: string; headers?: Record<string, string>; created?: Date; key?: string } = {},
  ) {
    const signer = createSigner(more.key ?? keys[algorithm]!, algorithm, keyIds[algorithm as keyof typeof keyIds])
    const request = { method: more.method ?? 'GET', url: `${sandbox.url}${path}`, headers: more.headers ?? {} }
    const params = ['created', 'keyid', 'alg']
    return (
      await httpbis.signMessage(
        { key: signer, fields, params, paramValues: more.created ? { created: more.created } : {} },
        request,
      )
    ).headers as Record<string, string>
  }
  const get = async (path: string, headers: Record<string, string>) => call(`${sandbox.url}${path}`, { headers })

  it.each(Object.keys(keyIds) as Algorithm[])('%s', async (algorithm) => {
    const answer = await get(
      '/message-signatures/whoami',
      await signed(algorithm, '/message-signatures/whoami', ['@method', '@path', '@authority']),
    )
    expect(answer.json).toMatchObject({ authentication: 'message_signature' })
    const path = '/message-signatures/orders?limit=2'
    expect((await get(path, await signed(algorithm, path, ['@method', '@path', '@query']))).status).toBe(200)
  })

  it('must cover the sent request', async () => {
    const path = '/message-signatures/orders?limit=2'
    expect(errorCode(await get(path, await signed('ed25519', path, ['@method', '@path'])))).toBe('not_covered')
    expect(
      errorCode(
        await get(path, await signed('ed25519', '/message-signatures/orders?limit=3', ['@method', '@target-uri'])),
      ),
    ).toBe('signature_mismatch')
    expect(
      errorCode(await get(path, await signed('hmac-sha256', path, ['@method', '@target-uri'], { key: 'wrong' }))),
    ).toBe('signature_mismatch')
    expect(
      errorCode(
        await get(
          path,
          await signed('ed25519', path, ['@method', '@target-uri'], { created: new Date(Date.now() - 600_000) }),
        ),
      ),
    ).toBe('signature_refused')
    expect(errorCode(await get(path, {}))).toBe('signature_missing')
  })

  it('with the digest of the body (RFC 9530)', async () => {
    const path = '/message-signatures/orders'
    const post = async (digested: string) => {
      const digest = {
        ...json,
        'content-digest': `sha-256=:${createHash('sha256').update(digested).digest('base64')}:`,
      }
      const headers = await signed('ecdsa-p256-sha256', path, ['@method', '@path', 'content-digest'], {
        method: 'POST',
        headers: digest,
      })
      return call(`${sandbox.url}${path}`, { method: 'POST', headers, body: order })
    }
    expect((await post(order)).status).toBe(201)
    expect(errorCode(await post('{}'))).toBe('digest_mismatch')
  })
})

describe('Digest (RFC 7616)', () => {
  const { username, password } = known.digest
  const challengeOf = (header: string | null) =>
    Object.fromEntries([...(header ?? '').matchAll(/(\w+)="?([^",]+)"?/g)].map(([, name, value]) => [name, value]))

  function authorise(
    hash: 'md5' | 'sha256',
    path: string,
    header: string | null,
    nc = '00000001',
    secret: string = password,
  ) {
    const digest = (text: string) => createHash(hash).update(text).digest('hex')
    const { nonce, opaque, algorithm, realm } = challengeOf(header)
    const response = digest(
      `${digest(`${username}:${realm}:${secret}`)}:${nonce}:${nc}:abc:auth:${digest(`GET:${path}`)}`,
    )
    return {
      authorization: `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${path}", algorithm=${algorithm}, response="${response}", qop=auth, nc=${nc}, cnonce="abc", opaque="${opaque}"`,
    }
  }

  it.each(['md5', 'sha256'] as const)('%s', async (hash) => {
    const path = `/digest-${hash}/orders?limit=2`
    const get = (headers: Record<string, string> = {}) => call(`${sandbox.url}${path}`, { headers })
    const challenge = (await get()).headers.get('www-authenticate')
    const first = authorise(hash, path, challenge)
    expect(errorCode(await get(authorise(hash, path, challenge, '00000001', 'wrong')))).toBe('invalid_credentials')
    expect((await get(first)).status).toBe(200)
    expect(errorCode(await get(first))).toBe('nonce_used')
    expect((await get(authorise(hash, path, challenge, '00000002'))).status).toBe(200)
    expect(
      errorCode(
        await call(`${sandbox.url}/digest-${hash}/whoami`, { headers: authorise(hash, path, challenge, '00000003') }),
      ),
    ).toBe('wrong_uri')
  })

  it('reports a stale nonce', async () => {
    const path = '/digest-sha256/whoami'
    const get = (headers: Record<string, string> = {}) => call(`${sandbox.url}${path}`, { headers })
    const challenge = (await get()).headers.get('www-authenticate')
    await sandbox.control.expireNonces()
    const answer = await get(authorise('sha256', path, challenge))
    expect(errorCode(answer)).toBe('nonce_stale')
    expect(challengeOf(answer.headers.get('www-authenticate')).stale).toBe('true')
    expect((await get(authorise('sha256', path, answer.headers.get('www-authenticate')))).json).toMatchObject({
      account: username,
      authentication: 'digest',
    })
  })
})
