import { hasControlCharacter } from '../encoding'
import { splitParts } from '../templates/split-parts'
import { isFixedDomain, matchesAllowedHosts } from './allowed-hosts'
import { refuse, succeed, type Result } from '../result'
import { isLearned, valueOfPart } from '../templates/render-template'
import { namesOfPart } from '../templates/template'
import type {
  FilterArgument,
  TemplateContext,
  TemplatePart,
  TemplateScope,
  TextPart,
  VariablePart,
} from '../templates/template'

/** Where a URL goes: its scheme, host and port, before values go in (DATA §6). */

export type Scheme = 'http' | 'https'

export type OriginTemplate =
  | { kind: 'literal'; origin: string }
  /** Variables that each stay within one DNS label, in front of a literal suffix: `{{account}}.myapp.com`, `api-{{region}}.myapp.com`. */
  | { kind: 'labels'; scheme: Scheme; labels: HostLabel[]; port: string }
  /** A URL variable alone at the start, whose origin must match the connector's allowed hosts. */
  | { kind: 'variable'; part: VariablePart }

export type HostPart = TextPart | VariablePart
/** One label of a host; text where there is no variable in it. */
export type HostLabel = string | HostPart[]

/** Where a URL goes, and the path that a URL variable brings along: empty, or `/v2/tenant`. */
export type Address = { origin: string; path: string }

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

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
function isHost(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { hostname } = new URL(text)
  return hostname.startsWith('[') || hostname.split('.').every((piece) => label.test(piece))
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
  if (!literal.every((piece) => label.test(piece)))
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
 * The origin as a definition names it: `https://api.acme.test`, `https://{account}.acme.test`, or `{base_url}` for a URL
 * variable. Variables stand there by name, with their filters: a URL that takes another variable into its host leads
 * instances elsewhere, and is another origin to confirm (DATA §6).
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

function portSuffix(scheme: Scheme, port: string): string {
  const own = scheme === 'https' ? 443 : 80
  return port === '' || Number(port) === own ? '' : `:${Number(port)}`
}

/** The variables that decide where the URL goes, those given to filters included. */
export function hostVariables(origin: OriginTemplate): string[] {
  if (origin.kind === 'literal') return []
  if (origin.kind === 'variable') return namesOfPart(origin.part)
  return origin.labels.flatMap(variablesIn).flatMap(namesOfPart)
}

/**
 * Renders where the URL goes, and refuses a value that would lead anywhere else (rule R14, DATA §6). What a third party
 * gave leads only to the allowed hosts, also as a single label.
 */
export function renderAddress(
  origin: OriginTemplate,
  scope: TemplateScope,
  context: TemplateContext,
  allowedHosts: readonly string[],
): Result<Address> {
  let secret = false
  const onSecret = (text: string, piece: boolean) => {
    secret = true
    context.onSecret?.(text, piece)
  }
  const rendering: Rendering = { scope, context: { ...context, onSecret }, allowedHosts, isSecret: () => secret }
  if (origin.kind === 'literal') return succeed({ origin: origin.origin, path: '' })
  return origin.kind === 'variable' ? renderUrlVariable(origin.part, rendering) : renderLabels(origin, rendering)
}

type Rendering = {
  scope: TemplateScope
  context: TemplateContext
  allowedHosts: readonly string[]
  isSecret: () => boolean
}

function renderLabels(
  { scheme, labels, port }: Extract<OriginTemplate, { kind: 'labels' }>,
  rendering: Rendering,
): Result<Address> {
  const { scope, context, allowedHosts, isSecret } = rendering
  const written: string[] = []
  for (const piece of labels) {
    const text = typeof piece === 'string' ? succeed(piece) : renderLabel(piece, rendering)
    if (!text.ok) return text
    written.push(text.value)
  }
  const rendered = `${scheme}://${written.join('.')}${portSuffix(scheme, port)}`
  // The parser has the last word: an origin that it reads differently is none.
  if (!URL.canParse(rendered) || new URL(rendered).origin !== rendered)
    return refuse('invalid_url', 'The host of the URL cannot be read once its values are in.')
  const learned = labels.flatMap(variablesIn).find((part) => isLearned(part, scope, context))
  if (!learned || matchesAllowedHosts(rendered, allowedHosts)) return succeed({ origin: rendered, path: '' })
  return notAllowed(nameOf(learned, scope), isSecret() ? null : rendered)
}

/** Each value by itself is checked as well, so that two of them cannot make up what neither may say. */
function renderLabel(piece: readonly HostPart[], { scope, context }: Rendering): Result<string> {
  let text = ''
  for (const part of piece) {
    const value = part.kind === 'text' ? succeed(part.text) : hostValue(part, scope, context)
    if (!value.ok) return value
    if (part.kind === 'variable' && !/^[a-z0-9-]{1,63}$/i.test(value.value)) return noLabel(part, scope)
    text += value.value.toLowerCase()
  }
  const [part] = variablesIn(piece)
  return label.test(text) || !part ? succeed(text) : noLabel(part, scope)
}

function noLabel(part: VariablePart, scope: TemplateScope): Result<never> {
  return refuse(
    'invalid_value',
    `${nameOf(part, scope)} is one part of a host name: letters, digits and - only, without dots.`,
  )
}

/** The variables of a label. */
export function variablesIn(piece: string | readonly HostPart[]): VariablePart[] {
  return typeof piece === 'string' ? [] : piece.filter((part) => part.kind === 'variable')
}

/** Null: what is made from a secret is not quoted. */
function notAllowed(name: string, origin: string | null): Result<never> {
  const host = origin === null ? 'a host that' : `${new URL(origin).host}, which`
  return refuse(
    'host_not_allowed',
    `${name} leads to ${host} is not among the connector's allowed hosts. Nothing was sent.`,
  )
}

function renderUrlVariable(part: VariablePart, { scope, context, allowedHosts, isSecret }: Rendering): Result<Address> {
  const value = hostValue(part, scope, context)
  if (!value.ok) return value
  const name = nameOf(part, scope)
  const address = readAddress(value.value)
  if (address === null)
    return refuse(
      'invalid_value',
      `${name} is the address of a server, such as https://shop.myapp.com, at most with a path: without ? and #.`,
    )
  return matchesAllowedHosts(address.origin, allowedHosts)
    ? succeed(address)
    : notAllowed(name, isSecret() ? null : address.origin)
}

const addressForm = /^(https?:\/\/[^\s/?#@\\]+)((?:\/[\w\-.~!$&'()*+,;=:@%]+)*)\/?$/i

/** An origin and a path of whole segments, neither of which leads out of it (RFC 3986 §5.2.4); null for everything else. */
function readAddress(text: string): Address | null {
  const [, server = '', path = ''] = hasControlCharacter(text) ? [] : (addressForm.exec(text) ?? [])
  if (server === '' || !isHost(server) || /%(?![0-9A-Fa-f]{2})|%2f|%5c/i.test(path)) return null
  return path.split('/').some(isDotSegment) ? null : { origin: new URL(server).origin, path }
}

/** RFC 3986 §5.2.4, and as WHATWG URL reads them also percent-encoded: these would climb out of the path. */
export function isDotSegment(segment: string): boolean {
  return /^(?:\.|%2e){1,2}$/i.test(segment)
}

/** A host cannot be left out, so an optional variable is needed here as well. */
function hostValue(part: VariablePart, scope: TemplateScope, context: TemplateContext): Result<string> {
  const value = valueOfPart(part, scope, context)
  if (!value.ok) return value
  if (value.value === null)
    return refuse('missing_value', `${nameOf(part, scope)} has no value, and the host of the request depends on it.`)
  return succeed(value.value)
}

function nameOf(part: VariablePart, scope: TemplateScope): string {
  const name = scope.get(part.name)?.label ?? part.name
  return name === part.name || name === '' ? part.name : `${name} (${part.name})`
}
