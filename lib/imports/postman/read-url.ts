import { isObject } from '@/lib/domain/is-object'
import { pairOf } from '../curl/read-address'
import { childOf, type Node, type ObjectNode } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { scalarText } from '../openapi/variables'
import { postmanLimits } from './limits'
import { descriptionPart, has, listPart, objectsPart, textPart } from './parts'

export type QueryParameter = { key: string; value: string; disabled: boolean; description: string; node: Node }
export type PathVariable = { value: string; description: string; node: Node }

/** The address of a request in its parts, with `{{variables}}` as they are written. */
export type PostmanUrl = {
  /** Scheme and host, or one variable for both. Empty if the address has only a path. */
  base: string
  /** Empty, or from the first slash. */
  path: string
  query: QueryParameter[]
  /** By the name in `:name`. */
  variables: ReadonlyMap<string, PathVariable>
  node: Node
}

/** A slash in `{{…}}` is part of a name; a variable at the beginning may be the whole origin. */
const form =
  /^((?:(?:[A-Za-z][A-Za-z0-9+.-]*|\{\{[^{}]*\}\}):\/\/)?(?:\{\{[^{}]*\}\}|[^/?#{}]|\{(?!\{))*)((?:\{\{[^{}]*\}\}|[^?#])*)(?:\?([^#]*))?/

/** Null, with a line in the report, if the request has no address. */
export function readUrl(report: Report, request: ObjectNode): PostmanUrl | null {
  const node = has(request, 'url') ? childOf(request, 'url') : request
  const parts = node !== request && isObject(node.value) ? (node as ObjectNode) : null
  const written = parts === null ? (node === request ? '' : scalarText(node.value)) : writtenIn(report, parts)
  if (written === null || written.trim() === '') {
    report.add('invalid', node, 'This request has no address, so it was left out.')
    return null
  }
  if (written.length > postmanLimits.address) {
    report.add('limit', node, 'The address of this request is too long to be imported, so it was left out.')
    return null
  }
  const [, given = '', path = '', query = ''] = form.exec(written.trim()) ?? []
  const base = given.replace(/^((?:[^/]*:\/\/)?)[^/]*@/, '$1')
  if (base !== given)
    report.add(
      'not_imported',
      node,
      'The user name and the password in the address were left out. Add Basic authentication.',
    )
  return {
    ...{ base, path, node },
    query: parts !== null && Array.isArray(parts.value.query) ? listedQuery(report, parts) : pairsOf(query, node),
    variables: parts === null ? new Map() : pathVariables(report, parts),
  }
}

/** The address as a whole; made of its parts where it is missing. */
function writtenIn(report: Report, url: ObjectNode): string {
  const raw = textPart(report, url, 'raw')
  if (raw !== '') return raw
  const joined = (key: string, separator: string) => {
    if (!Array.isArray(url.value[key])) return textPart(report, url, key)
    return listPart(report, url, key, postmanLimits.listed)
      .map(({ value }) => (isObject(value) ? scalarText(value.value) : scalarText(value)) ?? '')
      .join(separator)
  }
  const [protocol, host, port, path] = [
    joined('protocol', ''),
    joined('host', '.'),
    joined('port', ''),
    joined('path', '/'),
  ]
  const origin = `${protocol === '' ? '' : `${protocol.replace(/:\/\/$/, '')}://`}${host}${port === '' ? '' : `:${port}`}`
  return path === '' ? origin : `${origin}/${path.replace(/^\//, '')}`
}

function listedQuery(report: Report, url: ObjectNode): QueryParameter[] {
  return objectsPart(report, url, 'query', postmanLimits.listed).map((node) => ({
    ...{ key: decoded(textPart(report, node, 'key')), value: decoded(textPart(report, node, 'value')) },
    ...{ disabled: node.value.disabled === true, description: descriptionPart(report, node), node },
  }))
}

/** Postman sends what is encoded already as it is. Names of variables are not; a plus is a plus. */
function decoded(text: string): string {
  return text.replace(/\{\{[^{}]*\}\}|(?:%[0-9a-f]{2})+/gi, (found) => {
    if (found.startsWith('{{')) return found
    try {
      return decodeURIComponent(found)
    } catch {
      return found
    }
  })
}

function pairsOf(query: string, node: Node): QueryParameter[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .slice(0, postmanLimits.listed)
    .map((part) => ({ ...pairOf(part), disabled: false, description: '', node }))
}

function pathVariables(report: Report, url: ObjectNode): Map<string, PathVariable> {
  const variables = new Map<string, PathVariable>()
  for (const node of objectsPart(report, url, 'variable', postmanLimits.listed)) {
    const key = textPart(report, node, 'key') || textPart(report, node, 'id')
    if (key !== '')
      variables.set(key, { value: textPart(report, node, 'value'), description: descriptionPart(report, node), node })
  }
  return variables
}
