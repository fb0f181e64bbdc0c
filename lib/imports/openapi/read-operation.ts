import type { EndpointInput } from '@/lib/imports/document-schema'
import { counted } from '@/lib/domain/counted'
import { noPagination } from '@/lib/domain/pagination-schema'
import { httpMethods, type Direction, type HttpMethod } from '@/lib/domain/vocabulary'
import type { EndpointDraft } from './endpoint-draft'
import { definitionLimits, readingLimits } from './limits'
import type { EndpointNames } from './name-operations'
import type { OwnServers } from './own-servers'
import { childOf, hasOwn, placeOf, type Node, type ObjectNode } from './nodes'
import { readBody, readBodyOfVersion2, readFormOfVersion2 } from './read-body'
import { reportCallbacks, type FoundOperation } from './read-operations'
import { readPagination } from './read-pagination'
import { readParameters } from './read-parameters'
import { readPath } from './read-path'
import { readResponses } from './read-responses'
import type { Accepted, Security } from './read-security'
import { isJson, plainType } from './media-types'
import { flagMember, listMember, objectMember, textMember, type Reader } from './reader'
import { reportUnreadOfOperation } from './report-unread'
import { soundEndpoint } from './sound-endpoint'
import { isTooLong, labelOf, lineOf, quote, textOf } from './texts'

/** Where an endpoint comes from. */
export type EndpointSource = {
  pointer: string
  operationId: string
  method: HttpMethod
  path: string
  tags: string[]
}

export type OperationReading = {
  endpoint: EndpointInput
  source: EndpointSource
  /** Its schemas, which get their names later. */
  request: Node | null
  response: Node | null
}

export type OperationContext = {
  security: Security
  names: EndpointNames
  /** Keys that belong to the connector and its methods. */
  taken: readonly string[]
  ownServers: OwnServers
}

/** Reads an operation into an endpoint; null, with a line in the report, if it cannot be one. */
export function readOperation(
  reader: Reader,
  found: FoundOperation,
  context: OperationContext,
): OperationReading | null {
  const { node, method, path } = found
  const httpMethod = httpMethods.find((known) => known === method)
  if (httpMethod === undefined) {
    reader.report.add(
      'not_imported',
      node,
      `Patchbay cannot send the HTTP method ${quote(method)}, so this endpoint was left out.`,
    )
    return null
  }
  const accepted = context.security.accepts(node)
  const draft: EndpointDraft = {
    variables: [],
    parameters: [],
    bodyFormat: 'none',
    body: '',
    taken: new Set(context.taken),
  }
  const parameters = readParameters(reader, { path: found.pathNode, operation: node }, draft, accepted.places)
  const url = readPath(reader, path, {
    operation: node,
    parameters: parameters.path,
    draft,
    server: context.ownServers.urlFor(found),
  })
  if (url === null) return null
  const request = readRequest(reader, node, parameters, draft)
  const isOne = path.replace(/\/+$/, '').endsWith('}')
  const response = readResponses(reader, node, isOne)
  acceptHeader(draft, response.mediaTypes)
  reportCallbacks(reader, node)
  reportUnreadOfOperation(reader, node)
  const operationId = lineOf(textMember(reader, node, 'operationId'), readingLimits.operationId)
  const direction = directionOf(httpMethod, operationId, textMember(reader, node, 'summary'))
  const names = { summary: textMember(reader, node, 'summary'), operationId, method: httpMethod, path }
  const tags = listMember(reader, node, 'tags').flatMap(({ value }) =>
    typeof value === 'string' ? [labelOf(value, definitionLimits.entityType)] : [],
  )
  const endpoint: EndpointInput = {
    name: context.names.take(names),
    entityType: tags[0] ?? '',
    direction,
    method: httpMethod,
    url,
    bodyFormat: draft.bodyFormat,
    body: draft.body,
    dataPath: direction === 'receive' ? response.dataPath : '',
    pagination:
      direction === 'receive' && !isOne ? readPagination(reader, node, { draft, request, response }) : noPagination,
    deprecated: flagMember(reader, node, 'deprecated'),
    description: describe(reader, node),
    scopes: accepted.scopes,
    variables: draft.variables,
    parameters: draft.parameters,
    accepts: acceptedMethods(reader, node, accepted),
  }
  const sound = soundEndpoint(reader, node, endpoint)
  const source = sourceOf(reader, found, { httpMethod, operationId, tags })
  return sound && { endpoint: sound, source, request, response: response.schema }
}

function sourceOf(
  reader: Reader,
  { node, path }: FoundOperation,
  { httpMethod, operationId, tags }: { httpMethod: HttpMethod; operationId: string; tags: string[] },
): EndpointSource {
  if (tags.length > 1)
    reader.report.tally(
      'note',
      childOf(node, 'tags'),
      (count) =>
        `${counted(count, 'operation has', 'operations have')} several tags. The first one is the entity type.`,
      'tags',
    )
  return { pointer: placeOf(node), operationId, method: httpMethod, path, tags }
}

/** The description, with the link to more documentation as its last line. */
function describe(reader: Reader, operation: ObjectNode): string {
  const given = textMember(reader, operation, 'description')
  const documentation = objectMember(reader, operation, 'externalDocs')
  const link = documentation ? lineOf(textMember(reader, documentation, 'url'), definitionLimits.url) : ''
  const longest = definitionLimits.endpointDescription - (link === '' ? 0 : link.length + 1)
  if (isTooLong(given, longest))
    reader.report.add(
      'limit',
      childOf(operation, 'description'),
      `The description was cut after ${longest} characters.`,
    )
  return [textOf(given, longest), link].filter((text) => text !== '').join('\n')
}

function readRequest(
  reader: Reader,
  operation: ObjectNode,
  { body, form }: { body: ObjectNode | null; form: ObjectNode[] },
  draft: EndpointDraft,
): Node | null {
  if (reader.version !== '2.0') return readBody(reader, operation, draft)
  if (form.length > 0) readFormOfVersion2(reader, operation, form, draft)
  if (form.length > 0 && body !== null)
    reader.report.add('invalid', body, 'A request has either a body or a form. The form is used.')
  return form.length === 0 && body !== null ? readBodyOfVersion2(reader, operation, body, draft) : null
}

function acceptedMethods(reader: Reader, node: ObjectNode, { methods }: Accepted): string[] {
  if (methods.length === 0)
    reader.report.add(
      'not_imported',
      hasOwn(node, 'security') ? childOf(node, 'security') : node,
      'No authentication method could be imported for this endpoint, so no instance can call it yet.',
    )
  return methods
}

/** GET reads. A POST reads if its name says so: many APIs search and list by POST. */
function directionOf(method: HttpMethod, operationId: string, summary: string): Direction {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return 'receive'
  const reads =
    /^(?:\w+[._-])?(?:[Ll]ist|[Ss]earch|[Qq]uery|[Ff]ind|[Gg]et|[Ff]etch|[Dd]escribe|[Ll]ookup|[Rr]ead)(?![a-z])/
  const isRead = method === 'POST' && [operationId, summary].some((name) => reads.test(name))
  return isRead ? 'receive' : 'send'
}

/** Without an Accept header, an API with a media type of its own may send another one. */
function acceptHeader(draft: EndpointDraft, mediaTypes: readonly string[]): void {
  const special = mediaTypes.find((type) => isJson(type))
  const usual = mediaTypes.some((type) => plainType(type) === 'application/json' || type.includes('*'))
  if (special === undefined || usual || !/^[\w.+-]+\/[\w.+-]+$/.test(special)) return
  if (draft.parameters.length < definitionLimits.parameters)
    draft.parameters.push({ in: 'header', key: 'Accept', value: special, required: true })
}
