import { createHash, randomBytes } from 'node:crypto'
import { same, type Caller } from '../api/caller'
import { known } from '../known'
import type { SandboxState } from '../state'
import { header, refuse, type ArrivedRequest, type CreatePart, type Protocol } from './protocol'

type Algorithm = { name: 'MD5' | 'SHA-256'; hash: 'md5' | 'sha256' }

const realm = 'Acme Commerce'
const opaque = 'acme-opaque'
const nonceLifetimeMs = 300_000

/** RFC 7616 §3.3 */
function challenge(state: SandboxState, { name }: Algorithm, stale: boolean): Record<string, string> {
  const nonce = randomBytes(16).toString('hex')
  state.protocols.digestNonces.set(nonce, { givenAt: Date.now(), count: 0 })
  const parts = [
    `realm="${realm}"`,
    'qop="auth"',
    `algorithm=${name}`,
    `nonce="${nonce}"`,
    `opaque="${opaque}"`,
    ...(stale ? ['stale=true'] : []),
  ]
  return { 'www-authenticate': `Digest ${parts.join(', ')}` }
}

/** `name="quoted, with commas"` and `name=token` */
function readFields(value: string): Record<string, string> {
  const fields = value.matchAll(/([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi)
  return Object.fromEntries(
    [...fields].map(([, name, quoted, token]) => [name!.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? token ?? '']),
  )
}

/** RFC 7616 §3.4.1 */
function expectedResponse(method: string, { hash }: Algorithm, fields: Record<string, string>): string {
  const digest = (text: string) => createHash(hash).update(text).digest('hex')
  const secret = digest(`${known.digest.username}:${realm}:${known.digest.password}`)
  return digest([secret, fields.nonce, fields.nc, fields.cnonce, 'auth', digest(`${method}:${fields.uri}`)].join(':'))
}

function createProtocol(state: SandboxState, prefix: string, algorithm: Algorithm): Protocol {
  const refuseWith = (code: string, message: string, stale = false) =>
    refuse(code, message, challenge(state, algorithm, stale))

  function checkNonce(nonce: string, nc: string): void {
    const given = state.protocols.digestNonces.get(nonce)
    if (!given || Date.now() - given.givenAt > nonceLifetimeMs)
      return refuseWith('nonce_stale', 'The nonce is invalid or has expired', true)
    const count = /^[0-9a-f]{8}$/.test(nc) ? Number.parseInt(nc, 16) : 0
    if (count <= given.count)
      return refuseWith('nonce_used', 'nc must be eight hexadecimal digits and increase with each request')
    given.count = count
  }

  return {
    prefix,
    authenticate: (request: ArrivedRequest): Caller => {
      const value = header(request, 'authorization')
      if (!/^Digest /i.test(value)) return refuseWith('authentication_required', 'This API needs Digest authentication')
      const fields = readFields(value)
      if (fields.username !== known.digest.username || fields.realm !== realm)
        return refuseWith('invalid_credentials', 'The username or the realm is wrong')
      if ((fields.algorithm ?? 'MD5') !== algorithm.name || fields.qop !== 'auth')
        return refuseWith('wrong_algorithm', `Use ${algorithm.name} and qop=auth`)
      if (fields.uri !== request.target || fields.opaque !== opaque)
        return refuseWith('wrong_uri', 'uri and opaque must be those of the request and of the challenge')
      if (!same(fields.response ?? '', expectedResponse(request.method, algorithm, fields)))
        return refuseWith('invalid_credentials', 'The response does not match')
      checkNonce(fields.nonce ?? '', fields.nc ?? '')
      return { type: 'digest', name: fields.username, scopes: [] }
    },
  }
}

/** HTTP Digest (RFC 7616) with qop auth. */
export const createDigest: CreatePart = (state) => ({
  doors: [],
  protocols: [
    createProtocol(state, '/digest-md5', { name: 'MD5', hash: 'md5' }),
    createProtocol(state, '/digest-sha256', { name: 'SHA-256', hash: 'sha256' }),
  ],
})
