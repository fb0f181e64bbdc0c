import type { EndpointDefinition, ParameterDefinition } from '../definitions'
import { parseTemplate } from '../templates/parse-template'
import { variablesOf } from '../templates/template'

/**
 * Which endpoints of a connector can serve as a method's *Test request*: they read, and need nothing that an instance
 * has not.
 */

type Candidate = Pick<EndpointDefinition, 'name' | 'httpMethod' | 'url' | 'bodyFormat' | 'variables' | 'parameters'>

/**
 * The URL of the test request that does what the endpoint does; null where the endpoint needs more than credentials.
 */
export function testUrlOf(endpoint: Candidate): string | null {
  if (endpoint.httpMethod !== 'GET' || endpoint.bodyFormat !== 'none') return null
  const own = new Set(endpoint.variables.map(({ key }) => key))
  if (endpoint.variables.some(({ required, defaultValue }) => required && defaultValue === '')) return null
  const always = endpoint.parameters.filter(({ required }) => required)
  const texts = [endpoint.url, ...always.map(({ value }) => value)]
  if (always.some(({ place }) => place !== 'url') || !texts.every((text) => namesNone(text, own))) return null
  return withQuery(endpoint.url, always)
}

/** A text that a test request can be given as it is: it names no variable of the endpoint, and no value of a flow. */
function namesNone(text: string, own: ReadonlySet<string>): boolean {
  const template = parseTemplate(text)
  if (!template.ok || template.value.parts.some(({ kind }) => kind === 'flow')) return false
  return !variablesOf(template.value).some((name) => own.has(name))
}

function withQuery(url: string, parameters: readonly ParameterDefinition[]): string {
  if (parameters.length === 0) return url
  const query = parameters.map(({ key, value }) => `${encodeURIComponent(key)}=${encodeLiteral(value)}`).join('&')
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}

/** Outputs stay templates; the text around them is written as a URL wants it. */
function encodeLiteral(value: string): string {
  return value
    .split(/(\{\{.*?\}\})/s)
    .map((piece) => (piece.startsWith('{{') ? piece : encodeURIComponent(piece)))
    .join('')
}

const tellsWhoItIs =
  /(?:^|[^a-z])(?:me|myself|self|whoami|who am i|current|account|user ?info|profile|shop|store|tenant|organi[sz]ation|company|ping|status|verify|test)(?:[^a-z]|$)/i

/** Those that say who one is come first, then the shortest address: the cheapest to ask. */
export function compareTestEndpoints(one: { name: string; url: string }, other: { name: string; url: string }): number {
  const rank = ({ name, url }: typeof one) => (tellsWhoItIs.test(url) || tellsWhoItIs.test(name) ? 0 : 1)
  return rank(one) - rank(other) || one.url.length - other.url.length || (one.name < other.name ? -1 : 1)
}
