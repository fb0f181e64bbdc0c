import type { EndpointDefinition, ParameterDefinition } from '../definitions'
import { parseTemplate } from '../templates/parse-template'
import { variablesOf } from '../templates/template'

/**
 * Finds endpoints of a connector that can serve as a method's *Test request*: they only read, and need nothing besides
 * the values of an instance.
 */

type Candidate = Pick<EndpointDefinition, 'name' | 'httpMethod' | 'url' | 'bodyFormat' | 'variables' | 'parameters'>

/**
 * The URL of a test request that does the same as the endpoint; null if the endpoint needs more than credentials.
 */
export function testUrlOf(endpoint: Candidate): string | null {
  if (endpoint.httpMethod !== 'GET' || endpoint.bodyFormat !== 'none') return null
  const own = new Set(endpoint.variables.map(({ key }) => key))
  if (endpoint.variables.some(({ required, defaultValue }) => required && defaultValue === '')) return null
  const always = endpoint.parameters.filter(({ required }) => required)
  const texts = [endpoint.url, ...always.map(({ value }) => value)]
  if (always.some(({ place }) => place !== 'url') || !texts.every((text) => isIndependent(text, own))) return null
  return withQuery(endpoint.url, always)
}

/** Whether a test request can use the text: it contains no variable of the endpoint and no flow value. */
function isIndependent(text: string, own: ReadonlySet<string>): boolean {
  const template = parseTemplate(text)
  if (!template.ok || template.value.parts.some(({ kind }) => kind === 'flow')) return false
  return !variablesOf(template.value).some((name) => own.has(name))
}

function withQuery(url: string, parameters: readonly ParameterDefinition[]): string {
  if (parameters.length === 0) return url
  const query = parameters.map(({ key, value }) => `${encodeURIComponent(key)}=${encodeLiteral(value)}`).join('&')
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}

/** Encodes the text around outputs, which stay templates. */
function encodeLiteral(value: string): string {
  return value
    .split(/(\{\{.*?\}\})/s)
    .map((piece) => (piece.startsWith('{{') ? piece : encodeURIComponent(piece)))
    .join('')
}

const describesOwnAccount =
  /(?:^|[^a-z])(?:me|myself|self|whoami|who am i|current|account|user ?info|profile|shop|store|tenant|organi[sz]ation|company|ping|status|verify|test)(?:[^a-z]|$)/i

/** Endpoints about the caller's own account come first, then those with the shortest URL, which are the cheapest. */
export function compareTestEndpoints(one: { name: string; url: string }, other: { name: string; url: string }): number {
  const rank = ({ name, url }: typeof one) => (describesOwnAccount.test(url) || describesOwnAccount.test(name) ? 0 : 1)
  return rank(one) - rank(other) || one.url.length - other.url.length || (one.name < other.name ? -1 : 1)
}
