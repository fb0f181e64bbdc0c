import type { JwtOptions } from '../method-options/options-schema'
import { refuse, succeed, type Result } from '../result'
import { renderTemplate } from '../templates/render-template'
import { parseTemplate } from '../templates/parse-template'
import type { TemplateContext, TemplateScope } from '../templates/template'
import { compactJws, readJwtAlgorithm, type JwtAlgorithm } from './compact-jws'
import { renderClaims, type RenderedClaim } from './claims'
import { renderHeader } from './header'

export type JwtInput = {
  jwt: JwtOptions
  scope: TemplateScope
  context: TemplateContext
  /** Claims that the protocol adds unless the method sets them; values as JSON. */
  standard?: readonly RenderedClaim[]
  /** Distinguishes two tokens of the same request (RFC 7519 §4.1.7). */
  purpose?: string
}

/** A year; a longer lifetime is a mistake. */
const longestLifetime = 366 * 24 * 60 * 60

/**
 * The JWT of a method: `{{ signed_jwt }}`, or the assertion of a client at a token endpoint.
 * @see RFC 7519 §7.1, RFC 7523 §3
 */
export function signJwt(input: JwtInput): Result<string> {
  const { jwt, context } = input
  const algorithm = algorithmOf(input)
  if (!algorithm.ok) return algorithm
  const header = renderHeader(jwt.header, algorithm.value, input)
  if (!header.ok) return header
  const payload = payloadOf(input)
  if (!payload.ok) return payload
  const key = render(jwt.key, input)
  if (!key.ok) return key
  if (key.value.trim() === '') return refuse('missing_value', 'The key to sign the JWT with is missing.')
  return compactJws(
    header.value,
    payload.value,
    { algorithm: algorithm.value, text: key.value, encoding: jwt.keyEncoding },
    context.signer,
  )
}

function algorithmOf(input: JwtInput): Result<JwtAlgorithm> {
  const text = render(input.jwt.algorithm, input)
  return text.ok ? readJwtAlgorithm(text.value.trim()) : text
}

function payloadOf(input: JwtInput): Result<string> {
  const own = renderClaims(input.jwt.claims, input)
  if (!own.ok) return own
  const automatic = automaticClaims(input)
  if (!automatic.ok) return automatic
  // An empty claim of the method removes an automatic claim, but not one that the protocol requires.
  const named = new Set(input.jwt.claims.map(({ name }) => name))
  const filled = new Set(own.value.map(([name]) => name))
  const standard = (input.standard ?? []).filter(([name]) => !filled.has(name))
  const all = [...standard, ...automatic.value.filter(([name]) => !named.has(name)), ...own.value]
  return succeed(`{${all.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`)
}

/**
 * The time of issue, the expiry and the ID, each the same for the whole request. @see RFC 7519 §4.1.4, §4.1.6 and §4.1.7
 */
function automaticClaims(input: JwtInput): Result<RenderedClaim[]> {
  const { now = '', uuid = '' } = input.context.reserved ?? {}
  const issuedAt = Math.floor(Date.parse(now) / 1000)
  const lifetime = lifetimeOf(input)
  if (!lifetime.ok) return lifetime
  const claims: RenderedClaim[] = []
  if (Number.isFinite(issuedAt)) {
    claims.push(['iat', String(issuedAt)])
    if (lifetime.value !== null) claims.push(['exp', String(issuedAt + lifetime.value)])
  }
  if (uuid !== '') claims.push(['jti', JSON.stringify(input.purpose ? `${uuid}-${input.purpose}` : uuid)])
  return succeed(claims)
}

function lifetimeOf(input: JwtInput): Result<number | null> {
  const text = render(input.jwt.lifetime, input)
  if (!text.ok) return text
  const trimmed = text.value.trim()
  if (trimmed === '') return succeed(null)
  const seconds = /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : 0
  if (seconds >= 1 && seconds <= longestLifetime) return succeed(seconds)
  return refuse('invalid_value', 'The lifetime of the JWT must be a whole number of seconds, from 1 to a year.')
}

function render(source: string, { scope, context }: Pick<JwtInput, 'scope' | 'context'>): Result<string> {
  const template = parseTemplate(source)
  if (!template.ok) return template
  const rendered = renderTemplate(template.value, scope, context)
  return rendered.ok ? succeed(rendered.value.text) : rendered
}
