import { counted } from '@/lib/domain/counted'
import { checkJsonPath, memberOf } from '@/lib/domain/responses/json-path'
import { definitionLimits } from './limits'
import { isJson, preferred } from './media-types'
import { childOf, hasOwn, type Node, type ObjectNode } from './nodes'
import { readSchema, type SchemaFacts } from './read-schema'
import { members, objectMember, objectOf, type Reader } from './reader'
import { isPlainLine } from './texts'

/** The schema of the successful response, and where its records are; empty if that is not obvious. */
export type ResponseReading = { schema: Node | null; dataPath: string; mediaTypes: string[]; headers: string[] }

const none: ResponseReading = { schema: null, dataPath: '', mediaTypes: [], headers: [] }

/** @param isOne whether the path leads to a single record, whose only list is a part of it */
export function readResponses(reader: Reader, operation: ObjectNode, isOne: boolean): ResponseReading {
  const responses = objectMember(reader, operation, 'responses')
  if (responses === null) return none
  const all = members(responses)
  const status = successful(all.map(([key]) => key))
  const [, node] = all.find(([key]) => key === status) ?? []
  const response = node ? objectOf(reader, node, 'A response') : null
  if (response === null) return none
  reportUnread(reader, response)
  if (all.length > 1)
    reader.report.tally(
      'note',
      childOf(operation, 'responses'),
      (count) =>
        `${counted(count, 'operation has', 'operations have')} several responses. The first successful one is read.`,
      'responses',
    )
  const { schema, mediaTypes } = contentOf(reader, response)
  const headers = hasOwn(response, 'headers') ? objectMember(reader, response, 'headers') : null
  return {
    ...{ schema, mediaTypes, headers: headers ? Object.keys(headers.value) : [] },
    dataPath: schema ? dataPathOf(reader, schema, isOne) : '',
  }
}

/** 200 before 201 and others, then 2XX, then the default. */
function successful(statuses: readonly string[]): string | undefined {
  const numbers = statuses.filter((status) => /^2\d\d$/.test(status)).sort()
  return (
    numbers[0] ?? statuses.find((status) => /^2xx$/i.test(status)) ?? statuses.find((status) => status === 'default')
  )
}

function reportUnread({ report }: Reader, response: ObjectNode): void {
  if (hasOwn(response, 'headers'))
    report.tally(
      'note',
      childOf(response, 'headers'),
      (count) => `${counted(count, 'response describes', 'responses describe')} headers, which are not kept.`,
      'headers',
    )
  if (hasOwn(response, 'links'))
    report.tally(
      'not_imported',
      childOf(response, 'links'),
      (count) =>
        `${counted(count, 'response has', 'responses have')} links to other operations, which are not imported.`,
      'links',
    )
}

function contentOf(reader: Reader, response: ObjectNode): { schema: Node | null; mediaTypes: string[] } {
  if (reader.version === '2.0')
    return { schema: hasOwn(response, 'schema') ? childOf(response, 'schema') : null, mediaTypes: [] }
  const content = objectMember(reader, response, 'content')
  const types = content ? members(content) : []
  const mediaTypes = types.map(([type]) => type)
  const chosen = preferred(mediaTypes)
  const [, node] = types.find(([type]) => type === chosen) ?? []
  const media = node ? objectOf(reader, node, 'A media type') : null
  const isReadable = chosen !== undefined && (isJson(chosen) || chosen.startsWith('*/'))
  return { schema: media && isReadable && hasOwn(media, 'schema') ? childOf(media, 'schema') : null, mediaTypes }
}

/** Names that hold the records in most APIs, the likeliest first. */
const recordNames = [
  ...['data', 'items', 'results', 'value', 'values', 'records', 'entries', 'rows', 'list', 'content', 'objects'],
  ...['elements', 'hits', 'edges', 'resources', 'result', 'response', 'documents', 'member', 'hydra:member'],
]

/** Objects that only wrap the records. */
const wrappers = ['data', 'result', 'results', 'response', 'payload', 'body', '_embedded', 'd', 'hits']

/** The path of the one obvious list: the response itself, a property with a usual name, or the only list. */
function dataPathOf(reader: Reader, schema: Node, isOne: boolean): string {
  const facts = readSchema(reader, schema)
  if (facts.type === 'array') return '$'
  if (isOne || facts.properties.has('id')) return ''
  const path = listWithin(reader, facts) ?? wrappedList(reader, facts)
  return path !== null && isPlainLine(path, definitionLimits.dataPath) && checkJsonPath(path).ok ? path : ''
}

function listWithin(reader: Reader, facts: SchemaFacts): string | null {
  const lists = [...facts.properties]
    .filter(([, node]) => readSchema(reader, node).type === 'array')
    .map(([name]) => name)
  const usual = recordNames.find((name) => lists.includes(name))
  const [only, ...others] = lists
  if (usual !== undefined) return `$${memberOf(usual)}`
  return only !== undefined && others.length === 0 && !isSideList(only) ? `$${memberOf(only)}` : null
}

function wrappedList(reader: Reader, facts: SchemaFacts): string | null {
  const lists = [...facts.properties].some(([, node]) => readSchema(reader, node).type === 'array')
  for (const name of lists ? [] : wrappers) {
    const node = facts.properties.get(name)
    const inner = node ? readSchema(reader, node) : null
    if (inner?.type === 'array') continue
    const path = inner ? listWithin(reader, inner) : null
    if (path !== null) return `$${memberOf(name)}${path.slice(1)}`
  }
  return null
}

/** Lists that accompany a record and are not the records themselves. */
function isSideList(name: string): boolean {
  return /^(?:errors?|warnings?|messages|links|_links|included|tags|scopes|roles|permissions|meta)$/i.test(name)
}
