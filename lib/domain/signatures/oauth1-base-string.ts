import { percentEncode } from '../encoding'
import type { OutboundRequest } from '../http-messages'
import { bodyBytes, compareTexts, isForm, pairsOf, type Pair } from './request-parts'

/**
 * The parts of a request that OAuth 1 signs: its method, its URL, and all parameters of its query, its form body and the
 * protocol, wherever the parameters of the protocol are sent.
 * @see RFC 5849 §3.4.1
 */
export function signatureBaseString(request: OutboundRequest, protocol: readonly Pair[]): string {
  const parameters = normalizedParameters(parametersOf(request, protocol))
  return [request.method.toUpperCase(), baseUri(request.url), parameters].map(percentEncode).join('&')
}

/** Scheme and host in lower case; the port only if it is not the default one (RFC 5849 §3.4.1.2). */
function baseUri(address: string): string {
  const { origin, pathname } = new URL(address)
  return origin + pathname
}

/** RFC 5849 §3.4.1.3.1. The realm is not a signed parameter. */
function parametersOf(request: OutboundRequest, protocol: readonly Pair[]): Pair[] {
  const form = isForm(request) ? pairsOf(new TextDecoder().decode(bodyBytes(request))) : []
  return [...pairsOf(new URL(request.url).search), ...protocol, ...form]
}

/** RFC 5849 §3.4.1.3.2: encoded first, then sorted by name and value. */
function normalizedParameters(parameters: readonly Pair[]): string {
  return parameters
    .map(([name, value]): Pair => [percentEncode(name), percentEncode(value)])
    .sort(([one, first], [other, second]) => compareTexts(one, other) || compareTexts(first, second))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}
