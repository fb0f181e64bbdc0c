import { checkHeader } from '@/lib/domain/content/headers'
import { isSecretName, findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import type { CurlCredential } from './credentials'
import { curlLimits } from './limits'
import { isPageToken } from './placeholders'
import { knownSchemes, ofAuthorization, ofAwsHost, sessionTokenOf, withPrefix } from './read-authorization'
import type { CurlNotes } from './notes'
import type { CurlHeader, CurlRequest } from './read-request'

/** The credentials of a request, and what remains of its headers and its query. */
export type Separated = {
  credentials: CurlCredential[]
  headers: CurlHeader[]
  pairs: { key: string; value: string }[]
}

/** Headers that Patchbay sets itself, or that only made sense in the connection of the copied request. */
const ownHeaders = [
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'accept-encoding',
  'te',
  'trailer',
  'expect',
  'upgrade',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
]

/** Headers that a signature of AWS adds (Signature Version 4). */
const ofAwsSignatures = ['x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token']

/** Headers that a browser adds to every request of a page. */
const ofBrowsers =
  /^(?::\w+|sec-.*|user-agent|referer|origin|dnt|priority|upgrade-insecure-requests|accept-language|cache-control|pragma|x-requested-with|x-client-data|if-none-match|if-modified-since)$/

export const isCredentialName = (name: string) =>
  !isPageToken(name) &&
  (isSecretName(name) ||
    /^(?:key|apikey|api_?id|app_?(?:key|id|token)|appid|auth|auth[-_]?key|sig|signature|sid|session(?:id)?|subscription-key|jwt)$/i.test(
      name,
    ) ||
    /(?:^|[-_])(?:auth(?:orization)?|token|secret|subscription-key|app-?key|api-?key|session-?id|csrf|xsrf)(?:[-_](?:token|key))?$/i.test(
      name,
    ))

/** Takes the credentials out of a request, the one that becomes the method first. */
export function separateCredentials(request: CurlRequest, notes: CurlNotes): Separated {
  const { headers, credentials: inHeaders } = separateHeaders(request, notes)
  const fromOptions = ofOptions(request)
  const inQuery: CurlCredential[] = []
  const pairs = request.address.pairs.filter(({ key, value }) => {
    const isCredential =
      value !== '' && (isCredentialName(key) || (findLiteralSecret(value, key) !== null && !isPageToken(key)))
    if (isCredential) inQuery.push({ kind: 'token', place: 'url', key, prefix: '', value, name: 'API key' })
    return !isCredential
  })
  const credentials = [...inHeaders.strong, ...fromOptions, ...inHeaders.keys, ...inQuery, ...inHeaders.cookies]
  // A header that is written out replaces the one that -u would make.
  const replaced = inHeaders.strong.length > 0 && fromOptions.some(({ kind }) => kind === 'basic' || kind === 'token')
  if (replaced)
    notes.add('note', 'Authorization', 'curl sends the header of -H in place of the credentials in its other options.')
  return {
    credentials: replaced ? credentials.filter((found) => !fromOptions.includes(found)) : credentials,
    headers,
    pairs,
  }
}

function ofOptions({ user, address, isDigest, bearer, awsSignature, headers }: CurlRequest): CurlCredential[] {
  const pair = user ?? address.user
  if (awsSignature !== null) {
    const [, , region = '', service = ''] = awsSignature.split(':')
    return [
      {
        kind: 'aws',
        accessKeyId: pair?.name ?? '',
        secretKey: pair?.password ?? '',
        sessionToken: sessionTokenOf(headers),
        ...ofAwsHost(address.host, region, service),
      },
    ]
  }
  if (bearer !== null)
    return [
      { kind: 'token', place: 'header', key: 'Authorization', prefix: 'Bearer ', value: bearer, name: 'API token' },
    ]
  if (pair === null) return []
  return [{ kind: isDigest ? 'digest' : 'basic', username: pair.name, password: pair.password }]
}

type InHeaders = { strong: CurlCredential[]; keys: CurlCredential[]; cookies: CurlCredential[] }

function separateHeaders(
  { headers: all, address, awsSignature }: CurlRequest,
  notes: CurlNotes,
): { headers: CurlHeader[]; credentials: InHeaders } {
  const isBrowser = all.some(({ name }) => /^sec-(?:fetch|ch)-/i.test(name))
  const credentials: InHeaders = { strong: [], keys: [], cookies: [] }
  const rest: CurlHeader[] = []
  const dropped: string[] = []
  const signed: string[] = []
  const isSigned =
    awsSignature !== null ||
    all.some(({ name, value }) => name.toLowerCase() === 'authorization' && /^AWS4-HMAC-SHA256\s/i.test(value))
  for (const header of merged(all)) {
    const name = header.name.toLowerCase()
    if (header.value.length > curlLimits.address)
      notes.add('limit', header.written, 'A header is too long to be imported, so it was left out.')
    else if (ownHeaders.includes(name) || (isBrowser && ofBrowsers.test(name))) dropped.push(header.name)
    else if (name === 'cookie') credentials.cookies.push(...ofCookies(header.value))
    else if (name === 'authorization')
      credentials.strong.push(...ofAuthorization(header.value, address.host, all, notes))
    else if (isSigned && ofAwsSignatures.includes(name)) signed.push(header.name)
    else if (header.value !== '' && (isCredentialName(name) || findLiteralSecret(header.value, name) !== null))
      credentials.keys.push({
        kind: 'token',
        place: 'header',
        key: header.name,
        ...withPrefix(header.value, knownSchemes),
        name: 'API key',
      })
    else {
      const checked = checkHeader(header.name, header.value)
      if (checked.ok) rest.push(header)
      else
        notes.add('invalid', header.written, 'A header has a name or a value that cannot be sent, so it was left out.')
    }
  }
  notes.addAll(
    'note',
    dropped,
    isBrowser
      ? 'Headers that the browser or the connection adds. They were left out.'
      : 'Headers that Patchbay sets itself. They were left out.',
  )
  notes.addAll('note', signed, 'Part of the signature, which Patchbay makes for every request. They were left out.')
  return { headers: rest, credentials }
}

/** The same header several times is one list (RFC 9110 §5.3). */
function merged(headers: readonly CurlHeader[]): CurlHeader[] {
  const byName = new Map<string, CurlHeader>()
  for (const header of headers) {
    const name = header.name.toLowerCase()
    const before = byName.get(name)
    const separator = name === 'cookie' ? '; ' : ', '
    byName.set(name, before ? { ...before, value: `${before.value}${separator}${header.value}` } : header)
  }
  return [...byName.values()]
}

/** All cookies are values of the instance: with them, anyone can act as the person who copied the command. */
function ofCookies(value: string): CurlCredential[] {
  const pairs = value
    .split(';')
    .map((pair) => pair.trim())
    .filter(Boolean)
  const [, key = '', only = ''] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)=([\u0021-\u007e]*)$/.exec(pairs[0] ?? '') ?? []
  const isPlain = pairs.length === 1 && key !== '' && !/[",\\]/.test(only)
  if (isPlain) return [{ kind: 'token', place: 'cookie', key, prefix: '', value: only, name: 'Session cookie' }]
  return pairs.length === 0
    ? []
    : [{ kind: 'token', place: 'header', key: 'Cookie', prefix: '', value: pairs.join('; '), name: 'Cookies' }]
}
