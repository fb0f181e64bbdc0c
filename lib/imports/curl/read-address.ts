import { curlLimits } from './limits'
import { refuse, succeed, type Result } from '@/lib/domain/result'

export type QueryPair = { key: string; value: string }

/** The address of a command, in its parts. Path and host as they are written, the query decoded. */
export type Address = {
  scheme: 'http' | 'https'
  /** With the port. */
  host: string
  /** Empty, or from the first slash. */
  path: string
  pairs: QueryPair[]
  /** Parts of the query without `=`. */
  flags: string[]
  user: { name: string; password: string | null } | null
  /** The URL had no scheme: curl then uses http. */
  hadNoScheme: boolean
}

const form = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?:([^/?#]*)@)?([^/?#@]*)([^?#]*)(?:\?([^#]*))?/

export function readAddress(written: string): Result<Address> {
  const url = written.trim()
  if (url.length > curlLimits.address)
    return refuse('invalid_url', 'The address of the command is too long to be imported.', 'command')
  const [, scheme = '', userInfo, host = '', path = '', query = ''] = form.exec(url) ?? []
  const used = scheme === '' ? 'http' : scheme.toLowerCase()
  if (used !== 'http' && used !== 'https')
    return refuse('invalid_url', 'Only http and https addresses can be imported.', 'command')
  if (host === '' || /[\s\\"'`]/.test(host))
    return refuse(
      'invalid_url',
      'The command has no address that can be read. It must have one such as https://api.example.com/orders.',
      'command',
    )
  const parts = query.split('&').filter((part) => part !== '')
  return succeed({
    ...{ scheme: used, host, path: withoutDots(path), hadNoScheme: scheme === '' },
    pairs: parts.filter((part) => part.includes('=')).map(pairOf),
    flags: parts.filter((part) => !part.includes('=')),
    user: userInfo === undefined ? null : userOf(userInfo),
  })
}

/** curl removes dot segments before it sends the path (RFC 3986 §5.2.4). */
function withoutDots(path: string): string {
  const kept: string[] = []
  const segments = path.split('/').slice(1)
  for (const [index, segment] of segments.entries()) {
    const isDot = /^(?:\.|%2e){1,2}$/i.test(segment)
    if (isDot && segment.replace(/%2e/gi, '.') === '..') kept.pop()
    if (!isDot) kept.push(segment)
    else if (index === segments.length - 1) kept.push('')
  }
  return path === '' ? '' : `/${kept.join('/')}`
}

/** `name=value` of a query or a form (URL Standard §5.1). */
export function pairOf(part: string): QueryPair {
  const equals = part.indexOf('=')
  return equals < 0
    ? { key: decoded(part), value: '' }
    : { key: decoded(part.slice(0, equals)), value: decoded(part.slice(equals + 1)) }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

function userOf(userInfo: string): { name: string; password: string | null } {
  const colon = userInfo.indexOf(':')
  if (colon < 0) return { name: decodedPlus(userInfo), password: null }
  return { name: decodedPlus(userInfo.slice(0, colon)), password: decodedPlus(userInfo.slice(colon + 1)) }
}

/** In front of the host a plus is a plus. */
function decodedPlus(text: string): string {
  return decoded(text.replaceAll('+', '%2B'))
}
