import { createHash, createHmac, createPrivateKey, createSecretKey, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { known } from '@/tests/sandbox/known'
import type { Sandbox } from '@/tests/sandbox/sandbox'

/** Clients of the sandbox, written only for its tests. They share no code with the product or the servers. */

export const basicAuth = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
})

export type Answer = { status: number; headers: Headers; text: string; json: Record<string, unknown> }

export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : {},
  }
}

export const errorCode = ({ json }: Answer) => (json.error as { code?: string } | undefined)?.code

export type Signing = { algorithm: 'RS256' | 'ES256' | 'EdDSA' | 'HS256'; key: string; keyId?: string }

export function signJwt({ algorithm, key, keyId }: Signing, claims: Record<string, unknown>): Promise<string> {
  const material = algorithm === 'HS256' ? createSecretKey(Buffer.from(key)) : createPrivateKey(key)
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ iat: now, exp: now + 60, ...claims })
    .setProtectedHeader({ alg: algorithm, ...(keyId && { kid: keyId }) })
    .sign(material)
}

export async function clientAssertion(
  sandbox: Sandbox,
  clientId: string,
  signing: Signing,
  claims: Record<string, unknown> = {},
) {
  const assertion = await signJwt(signing, {
    iss: clientId,
    sub: clientId,
    aud: `${sandbox.url}/oauth/token`,
    jti: randomUUID(),
    ...claims,
  })
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  }
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
export const hmacSha256 = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** SigV4 by hand, for URLs whose path and query need no escaping. */
export function signAws(
  method: string,
  address: string,
  account: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
  more: { body?: string; at?: Date } = {},
) {
  const url = new URL(address)
  const date = (more.at ?? new Date()).toISOString().replace(/[-:]|\.\d+/g, '')
  const signed: Record<string, string> = { host: url.host, 'x-amz-date': date }
  if (account.sessionToken) signed['x-amz-security-token'] = account.sessionToken
  const names = Object.keys(signed).sort()
  const query = url.search.slice(1).split('&').sort().join('&')
  const canonical = [
    method,
    url.pathname,
    query,
    ...names.map((name) => `${name}:${signed[name]}`),
    '',
    names.join(';'),
    sha256(more.body ?? ''),
  ].join('\n')
  const scope = `${date.slice(0, 8)}/${known.aws.region}/${known.aws.service}/aws4_request`
  const key = scope
    .split('/')
    .reduce<string | Buffer>((secret, part) => hmacSha256(secret, part), `AWS4${account.secretAccessKey}`)
  const signature = hmacSha256(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex')
  const { host: _host, ...headers } = signed
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${account.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  }
}
