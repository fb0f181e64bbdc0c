import { directionOf } from '@/lib/domain/requests/endpoint-lines'
import { httpMethods, type HttpMethod } from '@/lib/domain/vocabulary'
import type { EndpointInput } from '../document-schema'
import type { EndpointNames } from '../openapi/name-operations'
import { definitionLimits, readingLimits } from '../openapi/limits'
import { childOf, type ObjectNode } from '../openapi/nodes'
import type { Report } from '../openapi/report'
import { soundEndpoint } from '../openapi/sound-endpoint'
import { labelOf, quote, textOf } from '../openapi/texts'
import type { BaseUrl } from './base-url'
import type { PostmanDraft } from './draft'
import { descriptionPart, has, textPart } from './parts'
import { ownTypes, plainType, readBody } from './read-body'
import { contentTypeOf } from './read-headers'
import type { PostmanUrl } from './read-url'
import type { Secrets } from './secrets'
import { exampleOf, parametersOf, type Sent } from './sent'
import type { FoundRequest } from './walk-items'

/** A request of which the address and the credential were read. */
export type ReadRequest = FoundRequest & {
  url: PostmanUrl
  httpMethod: HttpMethod
  headers: Sent[]
  query: Sent[]
  /** Null if Patchbay has no method for its authentication. */
  method: string | null
}

type Context = {
  report: Report
  draft: PostmanDraft
  secrets: Secrets
  baseUrl: BaseUrl
  names: EndpointNames
}

/** The method of a request; null, with a line in the report, if an endpoint cannot have it. */
export function httpMethodOf(report: Report, request: ObjectNode): HttpMethod | null {
  const given = textPart(report, request, 'method').trim().toUpperCase() || 'GET'
  const method = httpMethods.find((known) => known === given)
  if (method === undefined)
    report.add(
      'not_imported',
      childOf(request, 'method'),
      `The HTTP method ${quote(given)} cannot be sent, so the request was left out.`,
    )
  return method ?? null
}

/** A request as an endpoint; null, with a line in the report, if it cannot be one. */
export function endpointOf(found: ReadRequest, context: Context): EndpointInput | null {
  const { report, draft, secrets } = context
  const { item, request, url, httpMethod, folders } = found
  draft.beginEndpoint()
  const placed = context.baseUrl.place(url.base, url.path, url.node)
  if (placed === null) {
    report.add('not_imported', item, 'This request was left out, because its host cannot be called.')
    return null
  }
  const path = pathTemplate(placed.path, url, context)
  const contentType = contentTypeOf(found.headers)
  const body = readBody(report, request, contentType?.value ?? '', (text, name, node) =>
    draft.template(text, name, node),
  )
  const headers = found.headers.filter((header) => header !== contentType)
  const type = body.contentType ?? contentType?.value ?? ''
  const isOwn = ownTypes[body.bodyFormat] !== undefined && plainType(type) === ownTypes[body.bodyFormat]
  const isMultipart = body.bodyFormat === 'multipart'
  if (type !== '' && !isOwn && !isMultipart) {
    const about = { key: 'Content-Type', disabled: false, description: '', node: contentType?.node ?? request }
    headers.push({ place: 'header', ...about, value: type })
  }
  const named = secrets.redacted(textPart(report, item, 'name'))
  const readable = secrets.redacted(placed.path).replace(/:(\w+)/g, '{$1}')
  const endpoint: EndpointInput = {
    name: context.names.take({ summary: named, operationId: '', method: httpMethod, path: readable || '/' }),
    description: descriptionOf(found, context),
    entityType: entityTypeOf(folders, secrets),
    ...{ direction: directionOf(httpMethod), method: httpMethod, url: `${placed.before}${path}` || '/' },
    ...{ bodyFormat: body.bodyFormat, body: body.body },
    parameters: parametersOf([...found.query, ...headers, ...body.fields], context),
    variables: draft.endpointVariables,
    accepts: found.method === null ? [] : [found.method],
  }
  const sound = soundEndpoint(context, item, endpoint)
  if (sound === null || !secrets.isIn(sound)) return sound
  report.add('not_imported', item, 'This request was left out, because a secret would become part of the endpoint.')
  return null
}

/** `:name` becomes a variable of the endpoint, unless its value is one of the collection. */
function pathTemplate(path: string, { variables, node }: PostmanUrl, { draft }: Context): string {
  return path
    .split('/')
    .map((segment) => {
      const name = /^:([\w.~-]+)$/.exec(segment)?.[1]
      if (name === undefined) return draft.template(segment, '', node).replaceAll('\\', '%5C')
      const given = variables.get(name)
      if (given?.value.includes('{{')) return draft.template(given.value, name, given.node)
      const example = exampleOf(name, given?.value ?? '')
      const help = [given?.description ?? '', example].filter((text) => text !== '').join('\n')
      return draft.endpointOutput(name, given?.node ?? node, help)
    })
    .join('/')
}

function descriptionOf({ item, request }: FoundRequest, { report, secrets }: Context): string {
  const text = descriptionPart(report, has(request, 'description') ? request : item)
  return textOf(secrets.redacted(text), definitionLimits.endpointDescription)
}

/** The folders of the request; where all of them are too long, the innermost. */
function entityTypeOf(folders: readonly string[], secrets: Secrets): string {
  const names = folders.map((name) => secrets.redacted(name).trim()).filter((name) => name !== '')
  const all = names.join(' / ')
  return labelOf(all.length <= definitionLimits.entityType ? all : (names.at(-1) ?? ''), definitionLimits.entityType)
}

/** What identifies the request when the collection is imported again. */
export function idOf({ item }: FoundRequest): string {
  const id = [item.value.id, item.value._postman_id, item.value.uid].find((given) => typeof given === 'string')
  return typeof id === 'string' ? id.slice(0, readingLimits.operationId) : ''
}
