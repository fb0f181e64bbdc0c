import 'server-only'
import type { Actor } from '@/lib/domain/access/actor'
import { apiPath } from '@/lib/domain/api-path'
import { succeed, type Result } from '@/lib/domain/result'
import type { OnAudit } from '@/lib/operations/operation'
import { hasLongText, longJson } from './long-json'
import { isObject, merge } from './merge'
import { apiHeaders, type ApiRefusal } from './problem'
import { bytesOf, checkBodyNames, readBody, readQuery, readRevision } from './read-request'
import { parametersOf, type JsonObject, type PathValues, type Resource, type Route } from './route'

/** Gives an operation its input, out of a request, and turns its result into a response. */

/** A request whose sender and route are known. */
export type Asked = { request: Request; url: URL; actor: Actor; route: Route; path: PathValues }
export type Answered = Result<Response, ApiRefusal>

/** @param repeat the body, if it was read already, and what to do with each line of the audit log */
export async function perform(asked: Asked, repeat?: { body: JsonObject; onAudit: OnAudit }): Promise<Answered> {
  const input = await inputOf(asked, repeat?.body)
  if (!input.ok) return input
  const result = await run(asked, input.value, repeat?.onAudit)
  if (!result.ok) return { ok: false, error: await withRevisions(asked, input.value, result.error) }
  return respond(asked, result.value)
}

function run({ actor, route, request }: Asked, input: JsonObject, onAudit?: OnAudit): Promise<Result<unknown>> {
  if (route.receive) return route.receive(actor, input, bytesOf(request))
  return route.operation(actor, input, undefined, onAudit)
}

/** The input of the operation, out of address, query, body and `If-Match`. */
async function inputOf(asked: Asked, body?: JsonObject): Promise<Result<JsonObject, ApiRefusal>> {
  const { route, path, actor } = asked
  const given = await givenOf(asked, body)
  if (!given.ok) return given
  const revision = route.needsRevision ? readRevision(asked.request) : succeed(null)
  if (!revision.ok) return revision
  const view = await viewNeeded(asked)
  if (!view.ok) return view
  const { input: schema } = route.operation.definition
  const base = view.value && route.method === 'PATCH' ? baseOf(route, view.value) : (route.defaults ?? {})
  const input = {
    ...merge(base, given.value, schema),
    ...route.fixed(path),
    ...(revision.value !== null && { revision: revision.value }),
    ...(route.confirmsName && view.value && { typedName: nameOf(view.value) }),
  }
  return route.resolve ? route.resolve(actor, input) : succeed(input)
}

async function givenOf({ request, url, route }: Asked, read?: JsonObject): Promise<Result<JsonObject, ApiRefusal>> {
  const query = readQuery(url.searchParams, route)
  const clash = checkBodyNames(query, route)
  if (!clash.ok) return clash
  if (route.method === 'GET' || route.method === 'DELETE' || route.receive) return succeed(query)
  const body = read === undefined ? await readBody(request) : succeed(read)
  if (!body.ok) return body
  if (route.bodyIn !== undefined) return succeed({ ...query, [route.bodyIn]: body.value })
  const names = checkBodyNames(body.value, route)
  return names.ok ? succeed({ ...query, ...body.value }) : names
}

/** A change starts from the object as it is; deleting needs its name. */
async function viewNeeded({ route, path, actor }: Asked): Promise<Result<JsonObject | null>> {
  if (!route.resource || !(route.method === 'PATCH' || route.confirmsName)) return succeed(null)
  return readView(actor, route.resource, path)
}

export async function readView(actor: Actor, { operation, inputOf: of }: Resource, path: PathValues) {
  return operation(actor, of(path)) as Promise<Result<JsonObject>>
}

function baseOf({ operation, baseOf: own, hidden }: Route, view: JsonObject): JsonObject {
  if (own) return own(view)
  const { shape } = operation.definition.input
  return Object.fromEntries(Object.entries(view).filter(([name]) => name in shape && !hidden.includes(name)))
}

function nameOf(view: JsonObject): unknown {
  return view.name
}

/** Both revisions, for a program that has to decide (rule R12). */
async function withRevisions(asked: Asked, input: JsonObject, refusal: ApiRefusal): Promise<ApiRefusal> {
  const { route, path, actor } = asked
  if (refusal.code !== 'changed_by_someone_else' || !route.needsRevision || !route.resource) return refusal
  const view = await readView(actor, route.resource, path)
  if (!view.ok || typeof view.value.revision !== 'number') return refusal
  return {
    ...refusal,
    ...{ givenRevision: input.revision, currentRevision: view.value.revision },
    headers: { etag: `"${view.value.revision}"` },
  }
}

async function respond(asked: Asked, output: unknown): Promise<Answered> {
  const { route } = asked
  const refusal = isObject(output) ? route.refusalOf?.(output) : null
  if (refusal) return { ok: false, error: refusal }
  if (route.status === 204 || output === null) return succeed(new Response(null, { status: 204, headers: apiHeaders }))
  if (route.resource && route.method !== 'GET' && isObject(output))
    return respondWithView(asked, route.resource, output)
  return succeed(valueResponse(asked, output))
}

/** What an operation returns, as it is. */
export function valueResponse({ route, url }: Asked, output: unknown): Response {
  const headers: Record<string, string> = {}
  if (isObject(output) && typeof output.revision === 'number') headers.etag = `"${output.revision}"`
  if (isObject(output) && typeof output.nextCursor === 'string') headers.link = nextLink(url, output.nextCursor)
  return jsonResponse(Array.isArray(output) ? { items: output } : output, route.status, headers)
}

/** The created or changed object as it is now, with what the operation says besides. */
async function respondWithView(asked: Asked, of: Resource, output: JsonObject): Promise<Answered> {
  const path = pathOfCreated(asked.route, asked.path, output)
  const view = await readView(asked.actor, of, path)
  if (!view.ok) return view
  const { extra } = asked.route
  return succeed(viewResponse(asked.route, path, { ...(extra ? extra.of(output) : output), ...view.value }))
}

export function pathOfCreated({ createdId, resource }: Route, path: PathValues, output: JsonObject): PathValues {
  const own = parametersOf(resource!.path).at(-1)!
  const id = createdId ? createdId(output) : output.id
  return typeof id === 'string' ? { ...path, [own]: id } : path
}

/** @param path names the object */
export function viewResponse(route: Route, path: PathValues, body: JsonObject): Response {
  const address = route.resource!.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name]!))
  return jsonResponse(body, route.status, {
    ...(typeof body.revision === 'number' && { etag: `"${body.revision}"` }),
    ...(route.status === 201 && { location: `${apiPath}${address}` }),
  })
}

function nextLink(url: URL, cursor: string): string {
  const next = new URL(url)
  next.searchParams.set('after', cursor)
  return `<${next.pathname}${next.search}>; rel="next"`
}

function jsonResponse(value: unknown, status: number, headers: Record<string, string>): Response {
  return new Response(isObject(value) && hasLongText(value) ? longJson(value) : JSON.stringify(value), {
    status,
    headers: { ...apiHeaders, 'content-type': 'application/json', ...headers },
  })
}
