import { percentEncode } from '../encoding'
import type { OutboundRequest } from '../http-messages'
import { bodyBytes, compareTexts, isForm, pairsOf, type Pair } from './request-parts'

/**
 * What OAuth 1 signs of a request: its method, its address, and every parameter of its query, its form body and the
 * protocol, whichever of the three the protocol's own parameters are sent in.
 * @see RFC 5849 §3.4.1
 */
export function signatureBaseString(request: OutboundRequest, protocol: readonly Pair[]): string {
  const parameters = normalizedParameters(parametersOf(request, protocol))
  return [request.method.toUpperCase(), baseUri(request.url), parameters].map(percentEncode).join('&')
}

/** Scheme and host in small letters, the port only where it is not the scheme's own (RFC 5849 §3.4.1.2). */
function baseUri(address: string): string {
  const { origin, pathname } = new URL(address)
  return origin + pathname
}

/** RFC 5849 §3.4.1.3.1. The realm is no protocol parameter and never gets here. */
function parametersOf(request: OutboundRequest, protocol: readonly Pair[]): Pair[] {
  const form = isForm(request) ? pairsOf(new TextDecoder().decode(bodyBytes(request))) : []
  return [...pairsOf(new URL(request.url).search), ...protocol, ...form]
}

/** RFC 5849 §3.4.1.3.2: encoded first, then sorted by name and, where names are equal, by value. */
function normalizedParameters(parameters: readonly Pair[]): string {
  return parameters
    .map(([name, value]): Pair => [percentEncode(name), percentEncode(value)])
    .sort(([one, first], [other, second]) => compareTexts(one, other) || compareTexts(first, second))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}
