import { checkHeader } from '@/lib/domain/content/headers'
import { isSecretName, findLiteralSecret } from '@/lib/domain/variables/literal-secrets'
import type { CurlCredential } from './credentials'
import { curlLimits } from './limits'
import { isPageToken } from './placeholders'
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

const isCredentialName = (name: string) =>
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

function sessionTokenOf(headers: readonly CurlHeader[]): string {
  return headers.find(({ name }) => name.toLowerCase() === 'x-amz-security-token')?.value ?? ''
}

/** `service.region.amazonaws.com`, which curl reads too. */
function ofAwsHost(host: string, region: string, service: string): { region: string; service: string } {
  const [, ofService = '', ofRegion = ''] =
    /(?:^|\.)([a-z0-9-]+)\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com/i.exec(host) ?? []
  return { region: region || ofRegion, service: service || ofService }
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

/** The Authorization header (RFC 9110 §11.6.2): the scheme says what it is. */
function ofAuthorization(
  value: string,
  host: string,
  headers: readonly CurlHeader[],
  notes: CurlNotes,
): CurlCredential[] {
  const [, scheme = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(value) ?? []
  switch (scheme.toLowerCase()) {
    case 'basic': {
      const pair = decodeBasic(rest)
      if (pair !== null) return [{ kind: 'basic', ...pair }]
      notes.add(
        'note',
        'Authorization',
        'User name and password could not be read from the header. Enter them in the instance.',
      )
      return [{ kind: 'basic', username: '', password: null }]
    }
    case 'digest':
      notes.add(
        'note',
        'Authorization',
        'The header is the response to one challenge. Enter the password in the instance.',
      )
      return [{ kind: 'digest', username: /username="([^"]*)"/i.exec(rest)?.[1] ?? '', password: null }]
    case 'aws4-hmac-sha256': {
      notes.add(
        'note',
        'Authorization',
        'The signature is valid for one request. Enter the secret access key in the instance.',
      )
      const [accessKeyId = '', , region = '', service = ''] = (/Credential=([^,\s]*)/i.exec(rest)?.[1] ?? '').split('/')
      const sessionToken = sessionTokenOf(headers)
      return [{ kind: 'aws', accessKeyId, secretKey: '', sessionToken, ...ofAwsHost(host, region, service) }]
    }
    case 'oauth':
    case 'negotiate':
    case 'ntlm':
      notes.add(
        'not_imported',
        'Authorization',
        `The header of the scheme ${scheme.slice(0, 20)} is valid for one request. Add an authentication method of that type.`,
      )
      return []
    default:
      return [
        { kind: 'token', place: 'header', key: 'Authorization', ...withPrefix(value, anyScheme), name: 'API token' },
      ]
  }
}

/** Words that only say how the rest is to be read, also in a header that is not Authorization. */
const knownSchemes = /^((?:Bearer|Basic|Token|ApiKey)\s+)(\S[\s\S]*)$/i

/** A scheme, or a name such as `token=`. Equals signs behind the name are the end of base64. */
const anyScheme = /^([A-Za-z][A-Za-z-]{0,30}\s+|[A-Za-z_]{1,20} ?= ?(?=["']?[^\s"'=][^\s"']*["']?$))([^\s=][\s\S]*)$/

/** `Bearer abc` → the scheme stays in the definition. */
function withPrefix(value: string, scheme: RegExp): { prefix: string; value: string } {
  const [, prefix = '', rest = ''] = scheme.exec(value) ?? []
  const isWords = /^(?:your|my|insert|replace|enter|put)\s/i.test(prefix)
  return rest === '' || isWords ? { prefix: '', value } : { prefix, value: rest }
}

function decodeBasic(encoded: string): { username: string; password: string } | null {
  const text = encoded.trim()
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return null
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    )
    const [, username = '', password = ''] =
      /^([^:]*):([\s\S]*)$/.exec(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) ?? []
    return username === '' && password === '' ? null : { username, password }
  } catch {
    return null
  }
}
