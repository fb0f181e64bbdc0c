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

/** Where a URL goes, and the path that a URL variable brings along: empty, or `/v2/tenant`. */
export type Address = { origin: string; path: string; secrecy: Secrecy }

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
  // The parser has the last word: an origin that it reads differently is none.
  if (!URL.canParse(rendered) || new URL(rendered).origin !== rendered)
    return refuse('invalid_url', 'The host of the URL cannot be read once its values are in.')
  const untrusted = labels.flatMap(variablesIn).find((part) => isUntrusted(part, scope, context))
  if (!untrusted || matchesAllowedHosts(rendered, allowedHosts)) return succeed({ origin: rendered, path: '', secrecy })
  return notAllowed(nameOf(untrusted, scope), secrecy === 'none' ? rendered : null)
}

/** Each value by itself is checked as well, so that two of them cannot make up what neither may say. */
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
    `${nameOf(part, scope)} is one part of a host name: letters, digits and - only, without dots.`,
  )
}

/** Null: what is made from a secret is not quoted. */
function notAllowed(name: string, origin: string | null): Result<never> {
  const host = origin === null ? 'a host that' : `${new URL(origin).host}, which`
  return refuse(
    'host_not_allowed',
    `${name} leads to ${host} is not among the connector's allowed hosts. Nothing was sent.`,
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
      `${name} is the address of a server, such as https://shop.myapp.com, at most with a path: without ? and #.`,
    )
  return matchesAllowedHosts(address.origin, allowedHosts)
    ? succeed({ ...address, secrecy })
    : notAllowed(name, secrecy === 'none' ? address.origin : null)
}

const addressForm = /^(https?:\/\/[^\s/?#@\\]+)((?:\/[\w\-.~!$&'()*+,;=:@%]+)*)\/?$/i

/**
 * An origin and a path of whole segments, neither of which leads out of it (RFC 3986 §5.2.4); null for everything else.
 */
function readAddress(text: string): Omit<Address, 'secrecy'> | null {
  const [, server = '', path = ''] = hasControlCharacter(text) ? [] : (addressForm.exec(text) ?? [])
  if (server === '' || !isHost(server) || /%(?![0-9A-Fa-f]{2})|%2f|%5c/i.test(path)) return null
  return path.split('/').some(isDotSegment) ? null : { origin: new URL(server).origin, path }
}

/** A host cannot be left out, so an optional variable is needed here as well. */
function hostValue(part: VariablePart, scope: TemplateScope, context: TemplateContext): Result<Rendered> {
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
