import { hasControlCharacter } from '../encoding'
import { refuse, succeed, type Result } from '../result'
import { plain, strongest, type Rendered, type Secrecy } from '../secrecy'
import { isUntrusted, valueOfPart } from '../templates/render-output'
import type { TemplateContext, TemplateScope, VariablePart } from '../templates/template'
import { matchesAllowedHosts } from './allowed-hosts'
import {
  isDotSegment,
  isHost,
  hostLabel,
  portSuffix,
  variablesIn,
  type HostPart,
  type OriginTemplate,
} from './origin-template'

/** The origin of a URL, and the path from a URL variable: empty, or `/v2/tenant`. */
export type Address = { origin: string; path: string; secrecy: Secrecy }

/**
 * Renders the origin of the URL and refuses a value that would lead elsewhere (rule R14, DATA §6). A value from a third
 * party can lead only to the allowed hosts, even if it is a single label.
 */
export function renderAddress(
  origin: OriginTemplate,
  scope: TemplateScope,
  context: TemplateContext,
  allowedHosts: readonly string[],
): Result<Address> {
  if (origin.kind === 'literal') return succeed({ origin: origin.origin, path: '', secrecy: 'none' })
  const rendering: Rendering = { scope, context, allowedHosts }
  return origin.kind === 'variable' ? renderUrlVariable(origin.part, rendering) : renderLabels(origin, rendering)
}

type Rendering = {
  scope: TemplateScope
  context: TemplateContext
  allowedHosts: readonly string[]
}

function renderLabels(
  { scheme, labels, port }: Extract<OriginTemplate, { kind: 'labels' }>,
  rendering: Rendering,
): Result<Address> {
  const { scope, context, allowedHosts } = rendering
  const written: string[] = []
  let secrecy: Secrecy = 'none'
  for (const piece of labels) {
    const label = typeof piece === 'string' ? succeed(plain(piece)) : renderLabel(piece, rendering)
    if (!label.ok) return label
    written.push(label.value.text)
    secrecy = strongest(secrecy, label.value.secrecy)
  }
  const rendered = `${scheme}://${written.join('.')}${portSuffix(scheme, port)}`
  // The parser decides: an origin that it reads differently is invalid.
  if (!URL.canParse(rendered) || new URL(rendered).origin !== rendered)
    return refuse('invalid_url', 'With its values, the host of the URL is not valid.')
  const untrusted = labels.flatMap(variablesIn).find((part) => isUntrusted(part, scope, context))
  if (!untrusted || matchesAllowedHosts(rendered, allowedHosts)) return succeed({ origin: rendered, path: '', secrecy })
  return notAllowed(nameOf(untrusted, scope), secrecy === 'none' ? rendered : null)
}

/** Each value is also checked by itself, so that two values together cannot form what neither may contain. */
function renderLabel(piece: readonly HostPart[], { scope, context }: Rendering): Result<Rendered> {
  let text = ''
  let secrecy: Secrecy = 'none'
  for (const part of piece) {
    const value = part.kind === 'text' ? succeed(plain(part.text)) : hostValue(part, scope, context)
    if (!value.ok) return value
    if (part.kind === 'variable' && !/^[a-z0-9-]{1,63}$/i.test(value.value.text)) return noLabel(part, scope)
    text += value.value.text.toLowerCase()
    secrecy = strongest(secrecy, value.value.secrecy)
  }
  const [part] = variablesIn(piece)
  return hostLabel.test(text) || !part ? succeed({ text, secrecy }) : noLabel(part, scope)
}

function noLabel(part: VariablePart, scope: TemplateScope): Result<never> {
  return refuse(
    'invalid_value',
    `${nameOf(part, scope)} must be one part of a host name: letters, digits and - only, without dots.`,
  )
}

/** @param origin null if it contains a secret, which is not quoted */
function notAllowed(name: string, origin: string | null): Result<never> {
  const host = origin === null ? 'a host that' : `${new URL(origin).host}, which`
  return refuse(
    'host_not_allowed',
    `${name} leads to ${host} is not among the connector’s allowed hosts. Nothing was sent. Correct the value, or add the host to the connector.`,
  )
}

function renderUrlVariable(part: VariablePart, { scope, context, allowedHosts }: Rendering): Result<Address> {
  const value = hostValue(part, scope, context)
  if (!value.ok) return value
  const name = nameOf(part, scope)
  const { text, secrecy } = value.value
  const address = readAddress(text)
  if (address === null)
    return refuse(
      'invalid_value',
      `${name} must be the address of a server, such as https://shop.myapp.com, optionally with a path but without ? and #.`,
    )
  return matchesAllowedHosts(address.origin, allowedHosts)
    ? succeed({ ...address, secrecy })
    : notAllowed(name, secrecy === 'none' ? address.origin : null)
}

const addressForm = /^(https?:\/\/[^\s/?#@\\]+)((?:\/[\w\-.~!$&'()*+,;=:@%]+)*)\/?$/i

/**
 * An origin and a path of complete segments without dot segments (RFC 3986 §5.2.4); null for everything else.
 */
function readAddress(text: string): Omit<Address, 'secrecy'> | null {
  const [, server = '', path = ''] = hasControlCharacter(text) ? [] : (addressForm.exec(text) ?? [])
  if (server === '' || !isHost(server) || /%(?![0-9A-Fa-f]{2})|%2f|%5c/i.test(path)) return null
  return path.split('/').some(isDotSegment) ? null : { origin: new URL(server).origin, path }
}

/** A host cannot be left out, so even an optional variable needs a value here. */
function hostValue(part: VariablePart, scope: TemplateScope, context: TemplateContext): Result<Rendered> {
  const value = valueOfPart(part, scope, context)
  if (!value.ok) return value
  if (value.value === null)
    return refuse('missing_value', `${nameOf(part, scope)} has no value, but the host of the request needs one.`)
  return succeed(value.value)
}

function nameOf(part: VariablePart, scope: TemplateScope): string {
  const name = scope.get(part.name)?.label ?? part.name
  return name === part.name || name === '' ? part.name : `${name} (${part.name})`
}
