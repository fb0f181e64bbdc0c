import { createHash } from 'node:crypto'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { same, type Caller } from '../../api/caller'
import { known } from '../../known'
import { header, refuse, refuseOldTime, type ArrivedRequest, type CreatePart } from '../protocol'

type Claim = {
  accessKeyId: string
  scope: string
  signedHeaders: string[]
  signature: string
  date: string
  token: string
  expires: number | null
}

const { region, service } = known.aws
const accounts = [{ ...known.aws, sessionToken: '' }, known.aws.temporary]

/** `20261121T050000Z` */
function readDate(date: string): Date {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

function claimOf(credential: string, rest: Omit<Claim, 'accessKeyId' | 'scope'>): Claim {
  const [accessKeyId = '', ...scope] = credential.split('/')
  return { accessKeyId, scope: scope.join('/'), ...rest }
}

function readHeaderClaim(request: ArrivedRequest): Claim {
  const [, credential = '', signedHeaders = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/.exec(
      header(request, 'authorization'),
    ) ?? refuse('signature_missing', 'Send Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…')
  const date = header(request, 'x-amz-date')
  return claimOf(credential, {
    signedHeaders: signedHeaders.split(';'),
    signature,
    date,
    token: header(request, 'x-amz-security-token'),
    expires: null,
  })
}

function readQueryClaim({ url: { searchParams: query } }: ArrivedRequest): Claim {
  const get = (name: string) => query.get(`X-Amz-${name}`) ?? ''
  if (get('Algorithm') !== 'AWS4-HMAC-SHA256') refuse('unknown_algorithm', 'X-Amz-Algorithm must be AWS4-HMAC-SHA256')
  return claimOf(get('Credential'), {
    signedHeaders: get('SignedHeaders').split(';'),
    signature: get('Signature'),
    date: get('Date'),
    token: get('Security-Token'),
    expires: Number(get('Expires')),
  })
}

function readQuery(url: URL, without: RegExp | null): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {}
  for (const key of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(key)
    if (!without?.test(key)) query[key] = values.length === 1 ? values[0]! : values
  }
  return query
}

/** The signature that AWS's own code creates for the request. */
async function recompute(
  request: ArrivedRequest,
  claim: Claim,
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string },
): Promise<string> {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    region,
    service,
    sha256: Sha256,
    applyChecksum: false,
  })
  const presigned = claim.expires !== null
  const wanted = claim.signedHeaders.filter((name) => name !== 'x-amz-date' && name !== 'x-amz-security-token')
  const message = {
    method: request.method,
    protocol: 'http:',
    hostname: request.url.hostname,
    path: request.url.pathname,
    query: readQuery(
      request.url,
      presigned ? /^X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token)$/ : null,
    ),
    headers: Object.fromEntries(wanted.map((name) => [name, header(request, name)])),
    body: request.body,
  }
  const signingDate = readDate(claim.date)
  const signableHeaders = new Set(claim.signedHeaders)
  if (!presigned)
    return (
      /Signature=(\w+)/.exec(
        (await signer.sign(message, { signingDate, signableHeaders })).headers.authorization ?? '',
      )?.[1] ?? ''
    )
  const signed = await signer.presign(message, {
    signingDate,
    expiresIn: claim.expires!,
    signableHeaders,
    unhoistableHeaders: new Set(wanted),
  })
  return String(signed.query?.['X-Amz-Signature'])
}

function checkTime(claim: Claim): void {
  const seconds = readDate(claim.date).getTime() / 1000
  if (claim.expires === null) return refuseOldTime(seconds)
  if (!(Date.now() / 1000 < seconds + claim.expires)) refuse('request_expired', 'The presigned URL has expired')
}

function checkContentHash(request: ArrivedRequest): void {
  const sent = header(request, 'x-amz-content-sha256')
  if (sent === '' || sent === 'UNSIGNED-PAYLOAD') return
  if (!same(sent, createHash('sha256').update(request.body).digest('hex')))
    refuse('content_hash_mismatch', 'x-amz-content-sha256 does not match the body')
}

async function verify(request: ArrivedRequest): Promise<Caller> {
  const claim = request.url.searchParams.has('X-Amz-Signature') ? readQueryClaim(request) : readHeaderClaim(request)
  checkTime(claim)
  const account =
    accounts.find(({ accessKeyId }) => accessKeyId === claim.accessKeyId) ??
    refuse('unknown_key', 'The access key ID is unknown')
  if (claim.token !== account.sessionToken)
    refuse('invalid_session_token', 'The session token is missing, wrong or not needed')
  const scope = `${claim.date.slice(0, 8)}/${region}/${service}/aws4_request`
  if (claim.scope !== scope) refuse('wrong_scope', `The credential scope must be ${scope}`)
  if (!claim.signedHeaders.includes('host')) refuse('not_covered', 'The header host must be signed')
  checkContentHash(request)
  const expected = await recompute(request, claim, account)
  if (!same(claim.signature, expected)) refuse('signature_mismatch', 'The signature does not match')
  return { type: 'aws_sigv4', name: claim.accessKeyId, scopes: [] }
}

/** AWS Signature Version 4, recomputed with @smithy/signature-v4. */
export const createAws: CreatePart = () => ({ doors: [], protocols: [{ prefix: '/aws', authenticate: verify }] })
