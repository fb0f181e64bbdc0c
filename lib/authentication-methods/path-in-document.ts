import type { MethodInDocument } from './document-schema'

/** The document's names for fields of the form. */
const words: Record<string, string> = { httpMethod: 'method', phases: 'sentWith', place: 'in' }

/**
 * The path in a document for a field of the form. `phases.exchange.1.url` becomes `requests.exchange.1.url`, and
 * `parameters.3.phases` becomes `parameters.1.sentWith` if two of the type's own parameters come first.
 */
export function pathInDocument(field: string, { requests }: MethodInDocument, ownParameters: number): string {
  const [part = '', name = '', ...rest] = field.split('.')
  if (part === 'phases') return ['requests', name, ...requestPath(name, rest, requests)].join('.')
  if (part !== 'parameters') return field
  const index = Number(name) - ownParameters
  return index < 0 ? 'parameters' : ['parameters', index, ...rest.map(inDocument)].join('.')
}

/**
 * In a document one request is an object and several are a list. The form's field has no number for the first request.
 */
function requestPath(kind: string, rest: string[], requests: MethodInDocument['requests']): string[] {
  const isNumbered = /^\d+$/.test(rest[0] ?? '')
  const [step, ...inRequest] = isNumbered ? rest : ['0', ...rest]
  const isList = Array.isArray(requests[kind as keyof typeof requests])
  return [...(isList || isNumbered ? [step!] : []), ...inRequest.map(inDocument)]
}

function inDocument(name: string): string {
  return words[name] ?? name
}
