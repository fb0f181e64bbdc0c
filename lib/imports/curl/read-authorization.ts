import type { CurlCredential } from './credentials'
import type { CurlNotes } from './notes'
import type { CurlHeader } from './read-request'

/** The Authorization header (RFC 9110 §11.6.2): the scheme says what it is. */
export function ofAuthorization(
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
export const knownSchemes = /^((?:Bearer|Basic|Token|ApiKey)\s+)(\S[\s\S]*)$/i

/** A scheme, or a name such as `token=`. Equals signs behind the name are the end of base64. */
const anyScheme = /^([A-Za-z][A-Za-z-]{0,30}\s+|[A-Za-z_]{1,20} ?= ?(?=["']?[^\s"'=][^\s"']*["']?$))([^\s=][\s\S]*)$/

/** `Bearer abc` → the scheme stays in the definition. */
export function withPrefix(value: string, scheme: RegExp): { prefix: string; value: string } {
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

/** The token of temporary AWS credentials. */
export function sessionTokenOf(headers: readonly CurlHeader[]): string {
  return headers.find(({ name }) => name.toLowerCase() === 'x-amz-security-token')?.value ?? ''
}

/** `service.region.amazonaws.com`, which curl reads too. */
export function ofAwsHost(host: string, region: string, service: string): { region: string; service: string } {
  const [, ofService = '', ofRegion = ''] =
    /(?:^|\.)([a-z0-9-]+)\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com/i.exec(host) ?? []
  return { region: region || ofRegion, service: service || ofService }
}
