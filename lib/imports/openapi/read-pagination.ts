import { counted } from '@/lib/domain/counted'
import { noPagination, type Pagination } from '@/lib/domain/pagination-schema'
import { recognisePagination, type OperationNames } from '@/lib/domain/pagination/recognise-pagination'
import { memberOf } from '@/lib/domain/responses/json-path'
import type { EndpointDraft } from './endpoint-draft'
import { readingLimits } from './limits'
import type { Node, ObjectNode } from './nodes'
import { readSchema, type SchemaFacts } from './read-schema'
import type { ResponseReading } from './read-responses'
import type { Reader } from './reader'

type Paged = {
  draft: EndpointDraft
  /** The schema of a JSON body. */
  request: Node | null
  response: ResponseReading
}

/** The pagination that the names of an operation suggest, noted in the report, because a person should check it. */
export function readPagination(reader: Reader, operation: ObjectNode, { draft, request, response }: Paged): Pagination {
  const found = recognisePagination({
    sent: [...sentOf(draft), ...(draft.bodyFormat === 'json' ? inBody(reader, request) : [])],
    received: response.schema ? pathsOf(reader, response.schema) : [],
    headers: response.headers,
  })
  if (found === null) return noPagination
  reader.report.tally(
    'note',
    operation,
    (count) =>
      `The pagination of ${counted(count, 'operation was', 'operations were')} recognised from names. Check it on the Pagination tab of the endpoint.`,
    'pagination',
  )
  return found
}

function sentOf({ bodyFormat, parameters }: EndpointDraft): OperationNames['sent'][number][] {
  return parameters.flatMap(({ in: place, key }) =>
    place === 'url' || place === 'header' || (place === 'body' && bodyFormat === 'form') ? [{ place, name: key }] : [],
  )
}

/** The fields of a JSON body, and those of the objects in it. */
function inBody(reader: Reader, request: Node | null): OperationNames['sent'][number][] {
  if (request === null) return []
  const names: string[] = []
  for (const [name, node] of readSchema(reader, request).properties) {
    names.push(name)
    for (const inner of readSchema(reader, node).properties.keys()) names.push(`${name}.${inner}`)
    if (names.length >= readingLimits.pagedNames) break
  }
  return names.map((name) => ({ place: 'body', name }))
}

/** The paths of the values in a response. Records are not read: what is in them says nothing about pages. */
function pathsOf(reader: Reader, schema: Node): string[] {
  const paths: string[] = []
  const add = (facts: SchemaFacts, path: string, depth: number) => {
    if (paths.length >= readingLimits.pagedNames) return
    if (facts.type === 'array') paths.push(`${path}[]`)
    else if (facts.properties.size === 0 || depth === readingLimits.pagedDepth) paths.push(path)
    else for (const [name, node] of facts.properties) add(readSchema(reader, node), path + memberOf(name), depth + 1)
  }
  add(readSchema(reader, schema), '$', 0)
  return paths
}
