import { createHash, createPublicKey } from 'node:crypto'
import { createVerifier, httpbis, type VerifyingKey } from 'http-message-signatures'
import { same, type Caller } from '../../api/caller'
import { known } from '../../known'
import { header, refuse, type ArrivedRequest, type CreatePart } from '../protocol'

const { keyIds, secret } = known.messageSignatures
const publicPem = (privatePem: string) => createPublicKey(privatePem).export({ type: 'spki', format: 'pem' }).toString()
const toleranceSeconds = 300

type Algorithm = keyof typeof keyIds
const material: Record<Algorithm, string> = {
  'hmac-sha256': secret,
  'rsa-pss-sha512': publicPem(known.keys.rsa),
  'rsa-v1_5-sha256': publicPem(known.keys.rsa),
  'ecdsa-p256-sha256': publicPem(known.keys.ec),
  ed25519: publicPem(known.keys.ed),
}

/** RFC 9421 §3.2: the key determines its algorithms; `alg` may only be one of them. */
function findKey(keyId: string | undefined, named: string | undefined): VerifyingKey | null {
  const algorithms = (Object.keys(keyIds) as Algorithm[]).filter((algorithm) => keyIds[algorithm] === keyId)
  const first = algorithms.find((algorithm) => algorithm === named) ?? algorithms[0]
  if (!first) return null
  return {
    id: keyId,
    algs: algorithms,
    verify: async (data, signature) => (await createVerifier(material[first], first)(data, signature)) ?? null,
  }
}

/** RFC 9530: checks the digest of the body with the supported algorithms. */
function checkDigest(request: ArrivedRequest): void {
  const digests = [...header(request, 'content-digest').matchAll(/(sha-256|sha-512)=:([^:]+):/g)]
  if (digests.length === 0)
    refuse('digest_missing', 'A request with a body needs Content-Digest with sha-256 or sha-512')
  for (const [, name, digest] of digests) {
    const expected = createHash(name!.replace('-', '')).update(request.body).digest('base64')
    if (!same(digest!, expected)) refuse('digest_mismatch', 'Content-Digest does not match the body')
  }
}

function checkCovered(request: ArrivedRequest): void {
  const [, list = ''] = /=\(([^)]*)\)/.exec(header(request, 'signature-input')) ?? []
  const covered = new Set([...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name))
  const need = (...names: string[]) =>
    names.some((name) => covered.has(name)) || refuse('not_covered', `The signature must cover ${names.join(' or ')}`)
  need('@method')
  need('@path', '@target-uri')
  if (request.url.search !== '') need('@query', '@target-uri')
  if (request.body === '') return
  need('content-digest')
  checkDigest(request)
}

async function verify(request: ArrivedRequest): Promise<Caller> {
  let keyId = ''
  const message = {
    method: request.method,
    url: request.url.href,
    headers: request.headers as Record<string, string | string[]>,
  }
  const config = {
    keyLookup: async ({ keyid, alg }: { keyid?: string; alg?: string }) => findKey((keyId = keyid ?? ''), alg),
    requiredParams: ['created', 'keyid'],
    maxAge: toleranceSeconds,
    notAfter: Math.floor(Date.now() / 1000) + toleranceSeconds,
  }
  const accepted = await httpbis
    .verifyMessage(config, message)
    .catch((error: Error) => refuse('signature_refused', error.message))
  if (accepted === null) refuse('signature_missing', 'Send Signature and Signature-Input with a known keyid (RFC 9421)')
  if (!accepted) refuse('signature_mismatch', 'The signature does not match')
  checkCovered(request)
  return { type: 'message_signature', name: keyId, scopes: [] }
}

/** HTTP message signatures (RFC 9421), verified with the package http-message-signatures. */
export const createMessageSignatures: CreatePart = () => ({
  doors: [],
  protocols: [{ prefix: '/message-signatures', authenticate: verify }],
})
