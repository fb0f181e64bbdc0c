import type { MethodInDocument } from './document-schema'

/** What a document calls the fields of the form. */
const words: Record<string, string> = { httpMethod: 'method', phases: 'sentWith', place: 'in' }

/**
 * Where a document says what the form's field says: `phases.exchange.1.url` is `requests.exchange.1.url` there, and
 * `parameters.3.phases` is `parameters.1.sentWith`, where two of the type's own parameters come first.
 */
export function placeInDocument(field: string, { requests }: MethodInDocument, ownParameters: number): string {
  const [part = '', name = '', ...rest] = field.split('.')
  if (part === 'phases') return ['requests', name, ...requestPlace(name, rest, requests)].join('.')
  if (part !== 'parameters') return field
  const index = Number(name) - ownParameters
  return index < 0 ? 'parameters' : ['parameters', index, ...rest.map(inDocument)].join('.')
}

/** A document writes one request as an object and several as a list; the form's field has no number for the first. */
function requestPlace(kind: string, rest: string[], requests: MethodInDocument['requests']): string[] {
  const isNumbered = /^\d+$/.test(rest[0] ?? '')
  const [step, ...inRequest] = isNumbered ? rest : ['0', ...rest]
  const isList = Array.isArray(requests[kind as keyof typeof requests])
  return [...(isList || isNumbered ? [step!] : []), ...inRequest.map(inDocument)]
}

function inDocument(name: string): string {
  return words[name] ?? name
}
