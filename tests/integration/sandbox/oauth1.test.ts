import { createHash, createHmac, createSign, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { known } from '@/tests/sandbox/known'
import { baseString, readParameters } from '@/tests/sandbox/protocols/oauth1/signature'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import { call, errorCode } from './clients'

const { oauth1 } = known
let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

type Wish = {
  method?: string
  consumer?: { key: string; secret: string }
  token?: { token: string; secret: string } | null
  signatureMethod?: string
  realm?: string
  form?: Record<string, string>
  more?: Record<string, string>
}

function sign(signatureMethod: string, base: string, key: string): string {
  const hash = signatureMethod.split('-')[1]?.toLowerCase() ?? ''
  if (signatureMethod.startsWith('HMAC')) return createHmac(hash, key).update(base).digest('base64')
  if (signatureMethod.startsWith('RSA')) return createSign(hash).update(base).sign(known.keys.rsa, 'base64')
  return key
}

/** The header of a signed request. */
function oauthHeader(address: string, wish: Wish = {}): string {
  const { method = 'GET', signatureMethod = 'HMAC-SHA256', realm, form = {}, more = {} } = wish
  const consumer = wish.consumer ?? { key: oauth1.consumerKey, secret: oauth1.consumerSecret }
  const token = wish.token === undefined ? { token: oauth1.token, secret: oauth1.tokenSecret } : wish.token
  const url = new URL(address)
  const own: Record<string, string> = {
    oauth_consumer_key: consumer.key,
    ...(token && { oauth_token: token.token }),
    oauth_signature_method: signatureMethod,
    oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_nonce: randomBytes(8).toString('hex'),
    oauth_version: '1.0',
    ...more,
  }
  const pairs = [...Object.entries(own), ...url.searchParams, ...Object.entries(form)].map(
    ([name, value]) => `${encode(name)}=${encode(value)}`,
  )
  const base = [method, `${url.origin}${url.pathname}`, pairs.sort().join('&')].map(encode).join('&')
  own.oauth_signature = sign(signatureMethod, base, `${encode(consumer.secret)}&${encode(token?.secret ?? '')}`)
  const fields = Object.entries(own).map(([name, value]) => `${name}="${encode(value)}"`)
  return `OAuth ${[...(realm === undefined ? [] : [`realm="${realm}"`]), ...fields].join(', ')}`
}

const get = (path: string, wish: Wish = {}) =>
  call(`${sandbox.url}${path}`, { headers: { authorization: oauthHeader(`${sandbox.url}${path}`, wish) } })

it('the base string is equal to that of RFC 5849 §3.4.1.1', () => {
  const request = {
    method: 'POST',
    url: new URL('http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b'),
    target: '/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization:
        'OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", oauth_signature="bYT5CMsGcbgUdFHObYMEfcx6bsw%3D"',
    },
    body: 'c2&a3=2+q',
  }
  expect(baseString(request, readParameters(request).pairs)).toBe(
    'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
  )
})

describe('signed requests', () => {
  it.each(['HMAC-SHA1', 'HMAC-SHA256', 'HMAC-SHA512', 'PLAINTEXT'])('%s', async (signatureMethod) => {
    expect((await get('/oauth1/orders?limit=2&status=open', { signatureMethod })).status).toBe(200)
    const wrong = { token: oauth1.token, secret: 'wrong' }
    expect(errorCode(await get('/oauth1/orders', { signatureMethod, token: wrong }))).toBe('signature_invalid')
  })

  it.each(['RSA-SHA1', 'RSA-SHA256', 'RSA-SHA512'])('%s', async (signatureMethod) => {
    expect(
      (await get('/oauth1/whoami', { signatureMethod, consumer: { key: oauth1.rsaConsumerKey, secret: '' } })).json,
    ).toMatchObject({ account: 'casey', authentication: 'oauth1' })
    expect(errorCode(await get('/oauth1/whoami', { signatureMethod }))).toBe('signature_method_rejected')
  })

  it('cover the parameters of a form', async () => {
    const address = `${sandbox.url}/oauth1/orders/ord_0001`
    const change = (sent: Record<string, string>, signed: Record<string, string>) =>
      call(address, {
        method: 'PATCH',
        headers: { authorization: oauthHeader(address, { method: 'PATCH', form: signed }) },
        body: new URLSearchParams(sent),
      })
    expect((await change({ status: 'paid' }, { status: 'paid' })).status).toBe(200)
    expect(errorCode(await change({ status: 'cancelled' }, { status: 'paid' }))).toBe('signature_invalid')
  })

  it('cover the hash of any other body, if it is sent', async () => {
    const address = `${sandbox.url}/oauth1/orders/ord_0001`
    const body = JSON.stringify({ status: 'paid' })
    const change = (hashed: string) => {
      const authorization = oauthHeader(address, {
        method: 'PATCH',
        more: { oauth_body_hash: createHash('sha256').update(hashed).digest('base64') },
      })
      return call(address, { method: 'PATCH', headers: { authorization, 'content-type': 'application/json' }, body })
    }
    expect((await change(body)).status).toBe(200)
    expect(errorCode(await change('{}'))).toBe('body_hash_mismatch')
  })

  it('are accepted only once, and only if recent', async () => {
    const address = `${sandbox.url}/oauth1/whoami`
    const headers = { authorization: oauthHeader(address) }
    expect((await call(address, { headers })).status).toBe(200)
    expect(errorCode(await call(address, { headers }))).toBe('nonce_used')
    expect(errorCode(await get('/oauth1/whoami', { more: { oauth_timestamp: '1000000000' } }))).toBe(
      'time_out_of_range',
    )
  })

  it('need the right realm, if one is required or sent', async () => {
    expect((await get('/oauth1/realm/whoami', { realm: oauth1.realm })).status).toBe(200)
    expect(errorCode(await get('/oauth1/realm/whoami'))).toBe('realm_missing')
    expect(errorCode(await get('/oauth1/whoami', { realm: 'ELSEWHERE' }))).toBe('realm_rejected')
  })

  it('need no token only for the consumer that is allowed to omit it', async () => {
    expect(
      (
        await get('/oauth1/whoami', {
          token: null,
          consumer: { key: oauth1.aloneConsumerKey, secret: oauth1.aloneConsumerSecret },
        })
      ).status,
    ).toBe(200)
    expect(errorCode(await get('/oauth1/whoami', { token: null }))).toBe('token_missing')
    expect(errorCode(await call(`${sandbox.url}/oauth1/whoami`))).toBe('parameter_absent')
  })
})

describe('the authorisation', () => {
  const callback = 'http://localhost:38123/oauth/authenticate?state=abc'
  const post = (path: string, wish: Wish) =>
    call(`${sandbox.url}${path}`, {
      method: 'POST',
      headers: { authorization: oauthHeader(`${sandbox.url}${path}`, { method: 'POST', ...wish }) },
    })
  const decide = (oauth_token: string, decision: string) =>
    call(`${sandbox.url}/oauth1/decide`, { method: 'POST', body: new URLSearchParams({ oauth_token, decision }) })

  async function requestToken(): Promise<{ token: string; secret: string }> {
    const form = new URLSearchParams(
      (await post('/oauth1/request_token', { token: null, more: { oauth_callback: callback } })).text,
    )
    expect(form.get('oauth_callback_confirmed')).toBe('true')
    return { token: form.get('oauth_token')!, secret: form.get('oauth_token_secret')! }
  }

  it('turns a request token into an access token that can sign', async () => {
    const token = await requestToken()
    expect((await call(`${sandbox.url}/oauth1/authorize?oauth_token=${token.token}`)).text).toContain(
      'Allow the dashboard?',
    )
    const target = new URL((await decide(token.token, 'allow')).headers.get('location')!)
    expect(target.searchParams.get('state')).toBe('abc')
    const verifier = target.searchParams.get('oauth_verifier')!
    expect(errorCode(await post('/oauth1/access_token', { token, more: { oauth_verifier: 'guessed' } }))).toBe(
      'verifier_invalid',
    )
    const form = new URLSearchParams(
      (await post('/oauth1/access_token', { token, more: { oauth_verifier: verifier } })).text,
    )
    expect(form.get('realm_id')).toBe(oauth1.realm)
    const access = { token: form.get('oauth_token')!, secret: form.get('oauth_token_secret')! }
    expect((await get('/oauth1/orders', { token: access })).status).toBe(200)
    expect(errorCode(await post('/oauth1/access_token', { token, more: { oauth_verifier: verifier } }))).toBe(
      'token_rejected',
    )
  })

  it('ends if the person denies it, and is refused without a known callback', async () => {
    const { token } = await requestToken()
    expect((await decide(token, 'deny')).headers.get('location')).toBe(`${callback}&denied=${token}`)
    expect(errorCode(await post('/oauth1/request_token', { token: null }))).toBe('parameter_absent')
    expect(
      errorCode(
        await post('/oauth1/request_token', { token: null, more: { oauth_callback: 'https://evil.example/' } }),
      ),
    ).toBe('callback_rejected')
  })
})
