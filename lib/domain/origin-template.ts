import { hasControlCharacter } from './encoding'
import { splitParts } from './split-parts'
import { matchesAllowedHosts } from './allowed-hosts'
import { refuse, succeed, type Result } from './result'
import { isLearned, valueOfPart } from './render-template'
import type { FilterArgument, TemplateContext, TemplatePart, TemplateScope, VariablePart } from './templates'

/** Where a URL goes: its scheme, host and port, before values go in (DATA §6). */

export type Scheme = 'http' | 'https'

export type OriginTemplate =
  | { kind: 'literal'; origin: string }
  /** Variables that are each exactly one DNS label, in front of a literal suffix: `{{account}}.myapp.com`. */
  | { kind: 'labels'; scheme: Scheme; labels: (string | VariablePart)[]; port: string }
  /** A URL variable alone at the start, whose origin must match the connector's allowed hosts. */
  | { kind: 'variable'; part: VariablePart }

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** Second levels under which anybody can register: `{{shop}}.co.uk` would be any shop of the country. */
const registries = /^(?:ac|co|com|edu|gov|net|ne|or|org)\.[a-z]{2}$/

export function parseOrigin(scheme: Scheme, authority: readonly TemplatePart[]): Result<OriginTemplate> {
  if (authority.length === 0) return refuse('invalid_url', `The URL has no host after ${scheme}://.`)
  if (authority.some((part) => part.kind === 'flow')) {
    return refuse('invalid_url', 'A value of the flow cannot be part of the host: credentials only go to hosts that the connector names.')
  }
  const text = authority.map((part) => (part.kind === 'text' ? part.text : 'x')).join('')
  if (text.includes('@')) return refuse('invalid_url', 'The URL must not have a user name or password in it. Use an authentication method.')
  if (authority.every((part) => part.kind === 'text')) return literalOrigin(scheme, text)
  return labelOrigin(scheme, authority)
}

function literalOrigin(scheme: Scheme, authority: string): Result<OriginTemplate> {
  const valid = /^(?:\[[0-9A-Fa-f:.]+\]|[^\s:[\]/?#@%]+)(?::\d{1,5})?$/.test(authority)
  if (!valid || !isHost(`${scheme}://${authority}`)) return refuse('invalid_url', `"${authority}" is not a host that can be called.`)
  return succeed({ kind: 'literal', origin: new URL(`${scheme}://${authority}`).origin })
}

/** WHATWG URL accepts hosts that no name server knows, such as `a,b.test`. */
function isHost(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { hostname } = new URL(text)
  return hostname.startsWith('[') || hostname.split('.').every((piece) => label.test(piece))
}

function labelOrigin(scheme: Scheme, authority: readonly TemplatePart[]): Result<OriginTemplate> {
  const [host = [], port, ...more] = splitParts(authority, ':')
  if (more.length > 0) return refuse('invalid_url', 'The host of the URL cannot be read.')
  const portText = port === undefined ? '' : readPort(port)
  if (portText === null) return refuse('invalid_url', 'The port of the URL must be a number that the connector names.')
  const labels: (string | VariablePart)[] = []
  for (const piece of splitParts(host, '.')) {
    const [part] = piece
    if (piece.length !== 1 || !part || part.kind === 'flow') return notOneLabel()
    labels.push(part.kind === 'text' ? part.text.toLowerCase() : part)
  }
  const literal = labels.filter((piece) => typeof piece === 'string')
  if (!literal.every((piece) => label.test(piece))) return refuse('invalid_url', 'The host of the URL has a part that is not a host name.')
  return checkSuffix(labels) ? succeed({ kind: 'labels', scheme, labels, port: portText }) : notOneLabel()
}

/** The port as it stands in an origin: empty for the scheme's own; null where it is not a literal number. */
function readPort(parts: readonly TemplatePart[]): string | null {
  const [part] = parts
  if (parts.length !== 1 || part?.kind !== 'text' || !/^\d{1,5}$/.test(part.text) || Number(part.text) > 65_535) return null
  return part.text
}

function notOneLabel(): Result<never> {
  return refuse(
    'invalid_url',
    'A variable in a host stands for exactly one part in front of a fixed domain, such as {{ account }}.myapp.com. For a whole host use a URL variable alone at the start, and the allowed hosts.',
  )
}

function checkSuffix(labels: readonly (string | VariablePart)[]): boolean {
  const last = labels.findLastIndex((piece) => typeof piece !== 'string')
  const suffix = labels.slice(last + 1) as string[]
  if (suffix.length === 1) return suffix[0] === 'localhost'
  return suffix.length > 1 && !/^\d+$/.test(suffix.at(-1) ?? '') && !registries.test(suffix.join('.'))
}

/**
 * The origin as a definition names it: `https://api.acme.test`, `https://{account}.acme.test`, or `{base_url}` for a URL
 * variable. Variables stand there by name, with their filters: a URL that takes another variable into its host leads
 * instances elsewhere, and is another origin to confirm (DATA §6).
 */
export function originPattern(origin: OriginTemplate): string {
  if (origin.kind === 'variable') return placeholder(origin.part)
  if (origin.kind === 'literal') return origin.origin
  const host = origin.labels.map((piece) => (typeof piece === 'string' ? piece : placeholder(piece).replaceAll('.', '%2E'))).join('.')
  return `${origin.scheme}://${host}${portSuffix(origin.scheme, origin.port)}`
}

function placeholder({ name, filters }: VariablePart): string {
  const calls = filters.map(({ name: filter, given }) => `|${filter}${given.length === 0 ? '' : `=${given.map(argumentText).join(',')}`}`)
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

/**
 * Renders where the URL goes, and refuses a value that would lead anywhere else (rule R14, DATA §6). What a third party
 * gave leads only to the allowed hosts, also as a single label.
 */
export function renderOrigin(
  origin: OriginTemplate,
  scope: TemplateScope,
  context: TemplateContext,
  allowedHosts: readonly string[],
): Result<string> {
  if (origin.kind === 'literal') return succeed(origin.origin)
  if (origin.kind === 'variable') return renderUrlVariable(origin.part, scope, context, allowedHosts)
  const labels: string[] = []
  for (const piece of origin.labels) {
    const rendered = typeof piece === 'string' ? succeed(piece) : renderLabel(piece, scope, context)
    if (!rendered.ok) return rendered
    labels.push(rendered.value)
  }
  const rendered = `${origin.scheme}://${labels.join('.')}${portSuffix(origin.scheme, origin.port)}`
  // The parser has the last word: an origin that it reads differently is none.
  if (!URL.canParse(rendered) || new URL(rendered).origin !== rendered)
    return refuse('invalid_url', 'The host of the URL cannot be read once its values are in.')
  const learned = origin.labels.find((piece) => typeof piece !== 'string' && isLearned(piece, scope, context))
  if (!learned || typeof learned === 'string' || matchesAllowedHosts(rendered, allowedHosts)) return succeed(rendered)
  return notAllowed(nameOf(learned, scope), rendered)
}

function notAllowed(name: string, origin: string): Result<never> {
  return refuse('host_not_allowed', `${name} leads to ${new URL(origin).host}, which is not among the connector's allowed hosts. Nothing was sent.`)
}

function renderLabel(part: VariablePart, scope: TemplateScope, context: TemplateContext): Result<string> {
  const value = hostValue(part, scope, context)
  if (!value.ok) return value
  const lower = value.value.toLowerCase()
  if (label.test(lower)) return succeed(lower)
  return refuse('invalid_value', `${nameOf(part, scope)} is one part of a host name: letters, digits and - only, without dots.`)
}

function renderUrlVariable(
  part: VariablePart,
  scope: TemplateScope,
  context: TemplateContext,
  allowedHosts: readonly string[],
): Result<string> {
  const value = hostValue(part, scope, context)
  if (!value.ok) return value
  const name = nameOf(part, scope)
  const origin = readOrigin(value.value)
  if (origin === null) return refuse('invalid_value', `${name} is the address of a server, such as https://shop.myapp.com, without a path.`)
  return matchesAllowedHosts(origin, allowedHosts) ? succeed(origin) : notAllowed(name, origin)
}

/** The origin of a text that is nothing but an origin; null for everything else. */
export function readOrigin(text: string): string | null {
  if (hasControlCharacter(text) || !/^https?:\/\/[^\s/?#@\\]+\/?$/i.test(text) || !isHost(text)) return null
  return new URL(text).origin
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
