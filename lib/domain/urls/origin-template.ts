import { refuse, succeed, type Result } from '../result'
import { splitParts } from '../templates/split-parts'
import {
  namesOfPart,
  type FilterArgument,
  type TemplatePart,
  type TextPart,
  type VariablePart,
} from '../templates/template'
import { isFixedDomain } from './allowed-hosts'

/** The origin of a URL (scheme, host and port) before values are inserted (DATA §6). */

export type Scheme = 'http' | 'https'

export type OriginTemplate =
  | { kind: 'literal'; origin: string }
  /**
   * Variables, each within one DNS label, before a literal suffix: `{{account}}.myapp.com`, `api-{{region}}.myapp.com`.
   */
  | { kind: 'labels'; scheme: Scheme; labels: HostLabel[]; port: string }
  /** A URL variable at the start, whose origin must be among the connector's allowed hosts. */
  | { kind: 'variable'; part: VariablePart }

export type HostPart = TextPart | VariablePart
/** One label of a host; a string if it has no variable. */
export type HostLabel = string | HostPart[]

export const hostLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

export function parseOrigin(scheme: Scheme, authority: readonly TemplatePart[]): Result<OriginTemplate> {
  if (authority.length === 0) return refuse('invalid_url', `The URL has no host after ${scheme}://.`)
  const parts = authority.filter((part) => part.kind !== 'flow')
  if (parts.length < authority.length) {
    return refuse(
      'invalid_url',
      'A flow value cannot be part of the host: credentials are sent only to hosts that the connector defines.',
    )
  }
  const text = parts.map((part) => (part.kind === 'text' ? part.text : 'x')).join('')
  if (text.includes('@'))
    return refuse('invalid_url', 'The URL must not contain a user name or password. Use an authentication method.')
  return parts.every((part) => part.kind === 'text') ? literalOrigin(scheme, text) : labelOrigin(scheme, parts)
}

function literalOrigin(scheme: Scheme, authority: string): Result<OriginTemplate> {
  const valid = /^(?:\[[0-9A-Fa-f:.]+\]|[^\s:[\]/?#@%]+)(?::\d{1,5})?$/.test(authority)
  if (!valid || !isHost(`${scheme}://${authority}`)) return refuse('invalid_url', `“${authority}” is not a valid host.`)
  return succeed({ kind: 'literal', origin: new URL(`${scheme}://${authority}`).origin })
}

/** Stricter than WHATWG URL, which accepts impossible host names such as `a,b.test`. */
export function isHost(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { hostname } = new URL(text)
  return hostname.startsWith('[') || hostname.split('.').every((piece) => hostLabel.test(piece))
}

function labelOrigin(scheme: Scheme, parts: readonly HostPart[]): Result<OriginTemplate> {
  const [host = [], port, ...more] = splitParts(parts, ':')
  if (more.length > 0) return refuse('invalid_url', 'The host of the URL cannot be read.')
  const portText = port === undefined ? '' : readPort(port)
  if (portText === null) return refuse('invalid_url', 'The port of the URL must be a literal number.')
  const labels = splitParts(host, '.').map((piece) => labelOf(piece as HostPart[]))
  const literal = labels.map((piece) =>
    typeof piece === 'string'
      ? piece
      : piece.map((part) => (part.kind === 'text' ? part.text.toLowerCase() : 'x')).join(''),
  )
  if (!literal.every((piece) => hostLabel.test(piece)))
    return refuse('invalid_url', 'The host of the URL is not a valid host name.')
  return isFixedSuffix(labels) ? succeed({ kind: 'labels', scheme, labels, port: portText }) : notOneLabel()
}

function notOneLabel(): Result<never> {
  return refuse(
    'invalid_url',
    'A variable in a host must be within one part before a fixed domain, such as {{ account }}.myapp.com. For a whole host, use a URL variable at the start of the URL and add its hosts to the allowed hosts.',
  )
}

function labelOf(piece: HostPart[]): HostLabel {
  return piece.every((part) => part.kind === 'text') ? piece.map(({ text }) => text.toLowerCase()).join('') : piece
}

/** The port; null if it is not a literal number. */
function readPort(parts: readonly TemplatePart[]): string | null {
  const [part] = parts
  if (parts.length !== 1 || part?.kind !== 'text' || !/^\d{1,5}$/.test(part.text) || Number(part.text) > 65_535)
    return null
  return part.text
}

/** Whether the labels after the last variable are a domain with one owner. */
function isFixedSuffix(labels: readonly HostLabel[]): boolean {
  return isFixedDomain(labels.slice(labels.findLastIndex((piece) => typeof piece !== 'string') + 1) as string[])
}

/**
 * The origin in a definition as a pattern: `https://api.acme.test`, `https://{account}.acme.test`, or `{base_url}` for a
 * URL variable. It contains the names and filters of the variables, because a URL with another variable in its host
 * leads elsewhere and is another origin to confirm (DATA §6).
 */
export function originPattern(origin: OriginTemplate): string {
  if (origin.kind === 'literal') return origin.origin
  if (origin.kind === 'variable') return variablePattern(origin.part)
  const host = origin.labels
    .map((piece) => (typeof piece === 'string' ? piece : piece.map(partPattern).join('')))
    .join('.')
  return `${origin.scheme}://${host}${portSuffix(origin.scheme, origin.port)}`
}

function partPattern(part: HostPart): string {
  return part.kind === 'text' ? part.text.toLowerCase() : variablePattern(part).replaceAll('.', '%2E')
}

function variablePattern({ name, filters }: VariablePart): string {
  const calls = filters.map(
    ({ name: filter, given }) => `|${filter}${given.length === 0 ? '' : `=${given.map(argumentText).join(',')}`}`,
  )
  return `{${name}${calls.join('')}}`
}

/** Names and text stay distinct: encoded text contains neither `$` nor a comma. */
function argumentText(argument: FilterArgument): string {
  return argument.kind === 'name' ? `$${argument.name}` : encodeURIComponent(argument.text).replaceAll('.', '%2E')
}

export function portSuffix(scheme: Scheme, port: string): string {
  const own = scheme === 'https' ? 443 : 80
  return port === '' || Number(port) === own ? '' : `:${Number(port)}`
}

/** The variables that decide where the URL leads, including arguments of filters. */
export function hostVariables(origin: OriginTemplate): string[] {
  if (origin.kind === 'literal') return []
  if (origin.kind === 'variable') return namesOfPart(origin.part)
  return origin.labels.flatMap(variablesIn).flatMap(namesOfPart)
}

/** The variables of a label. */
export function variablesIn(piece: string | readonly HostPart[]): VariablePart[] {
  return typeof piece === 'string' ? [] : piece.filter((part) => part.kind === 'variable')
}

/** Segments that would leave the path (RFC 3986 §5.2.4); WHATWG URL accepts them also percent-encoded. */
export function isDotSegment(segment: string): boolean {
  return /^(?:\.|%2e){1,2}$/i.test(segment)
}
