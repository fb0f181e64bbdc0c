import type { MethodOptions } from '../method-options/options-schema'
import { renderTexts } from './own-values'
import type { SignedRequest, SignInput } from './types'
import { percentEncode } from '../encoding'
import { succeed, type Result } from '../result'
import { parseTemplate } from '../templates/parse-template'
import { variablesOf } from '../templates/template'
import { canonicalQuery } from '../urls/url'
import { checkSigned, withHeader, withQueryText } from '../signatures/request-parts'

/** A signature made from templates over the finished request, for schemes of individual vendors. */
export function signByTemplates({ request, options, scope, context }: SignInput): Result<SignedRequest> {
  const { placements } = options.signature
  const values = renderTexts(Object.fromEntries(placements.map(({ value }, index) => [String(index), value])), {
    scope,
    context,
  })
  if (!values.ok) return values
  const ready = namesQuery(options) ? { ...request, url: withCanonicalQuery(request.url) } : request
  const placed = placements.reduce((sent, { place, key }, index) => {
    const value = values.value[String(index)] ?? ''
    return place === 'header'
      ? withHeader(sent, key, value)
      : withQueryText(sent, `${percentEncode(key)}=${percentEncode(value)}`)
  }, ready)
  const checked = checkSigned(placed)
  if (!checked.ok) return checked
  return succeed({
    request: checked.value,
    credentialNames: { headers: placedKeys(options, 'header'), queryKeys: placedKeys(options, 'url') },
  })
}

/** The keys that the templates of a signature send in one location. */
export function placedKeys({ signature }: MethodOptions, wanted: 'header' | 'url'): string[] {
  return signature.placements.filter(({ place }) => place === wanted).map(({ key }) => key)
}

/**
 * Some third parties sign the query in the order in which it is sent, others sorted. A query that is sent in canonical
 * order is correct for both.
 */
function namesQuery({ signature, computed }: MethodOptions): boolean {
  const named = new Set(signature.placements.flatMap(({ value }) => namesIn(value)))
  // Iterating over a set includes the names that the loop adds: those used by computed values.
  for (const name of named) {
    const source = computed.find(({ key }) => key === name)?.value
    if (source !== undefined) namesIn(source).forEach((inner) => named.add(inner))
  }
  return named.has('request_query')
}

function namesIn(source: string): string[] {
  const template = parseTemplate(source)
  return template.ok ? variablesOf(template.value) : []
}

function withCanonicalQuery(address: string): string {
  const url = new URL(address)
  url.search = canonicalQuery(address)
  return url.href
}
