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

/** Where a URL goes: its scheme, host and port, before values go in (DATA §6). */

export type Scheme = 'http' | 'https'

export type OriginTemplate =
  | { kind: 'literal'; origin: string }
  /**
   * Variables that each stay within one DNS label, in front of a literal suffix: `{{account}}.myapp.com`,
   * `api-{{region}}.myapp.com`.
   */
  | { kind: 'labels'; scheme: Scheme; labels: HostLabel[]; port: string }
  /** A URL variable alone at the start, whose origin must match the connector's allowed hosts. */
  | { kind: 'variable'; part: VariablePart }

export type HostPart = TextPart | VariablePart
/** One label of a host; text where there is no variable in it. */
export type HostLabel = string | HostPart[]

export const hostLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

export function parseOrigin(scheme: Scheme, authority: readonly TemplatePart[]): Result<OriginTemplate> {
  if (authority.length === 0) return refuse('invalid_url', `The URL has no host after ${scheme}://.`)
  const parts = authority.filter((part) => part.kind !== 'flow')
  if (parts.length < authority.length) {
    return refuse(
      'invalid_url',
      'A value of the flow cannot be part of the host: credentials only go to hosts that the connector names.',
    )
  }
  const text = parts.map((part) => (part.kind === 'text' ? part.text : 'x')).join('')
  if (text.includes('@'))
    return refuse('invalid_url', 'The URL must not have a user name or password in it. Use an authentication method.')
  return parts.every((part) => part.kind === 'text') ? literalOrigin(scheme, text) : labelOrigin(scheme, parts)
}

function literalOrigin(scheme: Scheme, authority: string): Result<OriginTemplate> {
  const valid = /^(?:\[[0-9A-Fa-f:.]+\]|[^\s:[\]/?#@%]+)(?::\d{1,5})?$/.test(authority)
  if (!valid || !isHost(`${scheme}://${authority}`))
    return refuse('invalid_url', `"${authority}" is not a host that can be called.`)
  return succeed({ kind: 'literal', origin: new URL(`${scheme}://${authority}`).origin })
}

/** WHATWG URL accepts hosts that no name server knows, such as `a,b.test`. */
export function isHost(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { hostname } = new URL(text)
  return hostname.startsWith('[') || hostname.split('.').every((piece) => hostLabel.test(piece))
}

function labelOrigin(scheme: Scheme, parts: readonly HostPart[]): Result<OriginTemplate> {
  const [host = [], port, ...more] = splitParts(parts, ':')
  if (more.length > 0) return refuse('invalid_url', 'The host of the URL cannot be read.')
  const portText = port === undefined ? '' : readPort(port)
  if (portText === null) return refuse('invalid_url', 'The port of the URL must be a number that the connector names.')
  const labels = splitParts(host, '.').map((piece) => labelOf(piece as HostPart[]))
  const literal = labels.map((piece) =>
    typeof piece === 'string'
      ? piece
      : piece.map((part) => (part.kind === 'text' ? part.text.toLowerCase() : 'x')).join(''),
  )
  if (!literal.every((piece) => hostLabel.test(piece)))
    return refuse('invalid_url', 'The host of the URL has a part that is not a host name.')
  return isFixedSuffix(labels) ? succeed({ kind: 'labels', scheme, labels, port: portText }) : notOneLabel()
}

function notOneLabel(): Result<never> {
  return refuse(
    'invalid_url',
    'A variable in a host stays within one part in front of a fixed domain, such as {{ account }}.myapp.com. For a whole host use a URL variable alone at the start, and the allowed hosts.',
  )
}

function labelOf(piece: HostPart[]): HostLabel {
  return piece.every((part) => part.kind === 'text') ? piece.map(({ text }) => text.toLowerCase()).join('') : piece
}

/** The port as it stands in an origin: empty for the scheme's own; null where it is not a literal number. */
function readPort(parts: readonly TemplatePart[]): string | null {
  const [part] = parts
  if (parts.length !== 1 || part?.kind !== 'text' || !/^\d{1,5}$/.test(part.text) || Number(part.text) > 65_535)
    return null
  return part.text
}

/** Behind the last variable stands a domain that somebody owns. */
function isFixedSuffix(labels: readonly HostLabel[]): boolean {
  return isFixedDomain(labels.slice(labels.findLastIndex((piece) => typeof piece !== 'string') + 1) as string[])
}

/**
 * The origin as a definition names it: `https://api.acme.test`, `https://{account}.acme.test`, or `{base_url}` for a
 * URL variable. Variables stand there by name, with their filters: a URL that takes another variable into its host
 * leads instances elsewhere, and is another origin to confirm (DATA §6).
 */
export function originPattern(origin: OriginTemplate): string {
  if (origin.kind === 'literal') return origin.origin
  if (origin.kind === 'variable') return placeholder(origin.part)
  const host = origin.labels
    .map((piece) => (typeof piece === 'string' ? piece : piece.map(partPattern).join('')))
    .join('.')
  return `${origin.scheme}://${host}${portSuffix(origin.scheme, origin.port)}`
}

function partPattern(part: HostPart): string {
  return part.kind === 'text' ? part.text.toLowerCase() : placeholder(part).replaceAll('.', '%2E')
}

function placeholder({ name, filters }: VariablePart): string {
  const calls = filters.map(
    ({ name: filter, given }) => `|${filter}${given.length === 0 ? '' : `=${given.map(argumentText).join(',')}`}`,
  )
  return `{${name}${calls.join('')}}`
}

/** A name cannot be taken for text: the encoding leaves no `$` in text, and no comma. */
function argumentText(argument: FilterArgument): string {
  return argument.kind === 'name' ? `$${argument.name}` : encodeURIComponent(argument.text).replaceAll('.', '%2E')
}

export function portSuffix(scheme: Scheme, port: string): string {
  const own = scheme === 'https' ? 443 : 80
  return port === '' || Number(port) === own ? '' : `:${Number(port)}`
}

/** The variables that decide where the URL goes, those given to filters included. */
export function hostVariables(origin: OriginTemplate): string[] {
  if (origin.kind === 'literal') return []
  if (origin.kind === 'variable') return namesOfPart(origin.part)
  return origin.labels.flatMap(variablesIn).flatMap(namesOfPart)
}

/** The variables of a label. */
export function variablesIn(piece: string | readonly HostPart[]): VariablePart[] {
  return typeof piece === 'string' ? [] : piece.filter((part) => part.kind === 'variable')
}

/** RFC 3986 §5.2.4, and as WHATWG URL reads them also percent-encoded: these would climb out of the path. */
export function isDotSegment(segment: string): boolean {
  return /^(?:\.|%2e){1,2}$/i.test(segment)
}
