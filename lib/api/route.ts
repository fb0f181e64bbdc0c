import type { z } from 'zod'
import type { Actor } from '@/lib/domain/access/actor'
import type { OpenToKeys } from '@/lib/domain/access/api-keys'
import type { Permission } from '@/lib/domain/access/roles'
import type { Refusal, Result } from '@/lib/domain/result'
import type { OnAudit } from '@/lib/operations/operation'

/**
 * How operations are offered by HTTP. The builders below make a route in one line; responses, the OpenAPI document and
 * the access tests read the same object.
 */

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** The values of an address: `{ connectorId: '…' }`. */
export type PathValues = Record<string, string>

export type JsonObject = Record<string, unknown>

/** An operation as routes call it: its input is checked when it is called. */
export type RoutedOperation = {
  (actor: Actor, input: unknown, within?: undefined, onAudit?: OnAudit): Promise<Result<unknown>>
  definition: OpenToKeys & { name: string; permission: Permission; input: z.ZodObject; output: z.ZodType }
}

/** An object with an address of its own, and the operation that reads it. */
export type Resource = {
  path: string
  operation: RoutedOperation
  /** The operation's input. */
  inputOf: (path: PathValues) => JsonObject
}

/** Receives a file while it arrives, in the name of an operation. */
export type Receive = (actor: Actor, input: JsonObject, body: AsyncIterable<Uint8Array>) => Promise<Result<unknown>>

export type Route = {
  method: HttpMethod
  path: string
  operation: RoutedOperation
  /** Unique in the OpenAPI document. Default: the operation's name. */
  id: string
  /** One line for the reference. */
  summary: string
  /** What the address and the route decide. The body cannot name these properties of the input. */
  fixed: (path: PathValues) => JsonObject
  /** Properties that `fixed` sets, or that are set by `If-Match` and by deleting. */
  hidden: readonly string[]
  /** The body is this property of the input; the other properties are in the query. */
  bodyIn?: string
  /** What the body is merged into when something is created: what a program may leave out. */
  defaults?: JsonObject
  /** The body is a file of any type. The input is the query, and this takes the place of the operation. */
  receive?: Receive
  /** The object that is created, changed or deleted. */
  resource?: Resource
  /** What a change starts from, out of the object's view. Default: the properties that view and input share. */
  baseOf?: (view: JsonObject) => JsonObject
  /** The ID of the created object, out of the operation's output. Default: `id`. */
  createdId?: (output: JsonObject) => string
  /** What a response contains besides the object's view. Default: the operation's output. */
  extra?: { schema: z.ZodObject; of: (output: JsonObject) => JsonObject }
  /** The action in the audit log that names the created object. Default: the operation's name. */
  auditedAs?: string
  /** If it creates several objects: what a repeat with the same `Idempotency-Key` returns, out of their IDs. */
  again?: (actor: Actor, createdIds: readonly string[], path: PathValues) => Promise<Result<JsonObject>>
  /** Whether the change is based on a revision, which `If-Match` names (rule R12). */
  needsRevision?: true
  /** Deleting asks people for the name; a program that names the address has decided. */
  confirmsName?: true
  /** Properties of the body that may name objects by stable key; `resolve` replaces keys by IDs. */
  byKey?: readonly string[]
  resolve?: (actor: Actor, input: JsonObject) => Promise<Result<JsonObject>>
  /** Outcomes that a program has to see as a refusal. */
  refusalOf?: (output: JsonObject) => Refusal | null
  status: 200 | 201 | 204
}

type Options = Partial<
  Pick<
    Route,
    | 'bodyIn'
    | 'defaults'
    | 'resource'
    | 'baseOf'
    | 'createdId'
    | 'needsRevision'
    | 'resolve'
    | 'refusalOf'
    | 'status'
    | 'fixed'
    | 'method'
    | 'id'
    | 'byKey'
    | 'auditedAs'
    | 'extra'
    | 'again'
    | 'receive'
  >
> & { hides?: readonly string[] }

const parameter = /\{(\w+)\}/g

/** `/connectors/{connectorId}/endpoints` → `['connectorId']` */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(parameter)].map(([, name]) => name!)
}

/** Any operation: what a route reads of it. */
type Routable = { definition: Omit<RoutedOperation['definition'], 'input'> & { input: z.ZodType } }

/** Checked when it is called: by then its input is only known to be JSON. */
function routed(operation: Routable): RoutedOperation {
  return operation as unknown as RoutedOperation
}

/** The path values that are properties of the operation's input. */
function ownValues(operation: RoutedOperation, path: PathValues): JsonObject {
  const { shape } = operation.definition.input
  return Object.fromEntries(Object.entries(path).filter(([name]) => name in shape))
}

function routeOf(
  method: HttpMethod,
  path: string,
  operation: RoutedOperation,
  summary: string,
  { hides = [], fixed, ...options }: Options,
): Route {
  const own = parametersOf(path).filter((name) => name in operation.definition.input.shape)
  return {
    method,
    path,
    operation,
    summary,
    status: 200,
    id: operation.definition.name,
    ...options,
    fixed: fixed ?? ((values) => ownValues(operation, values)),
    hidden: [...own, ...hides, ...(options.needsRevision ? ['revision'] : [])],
  }
}

export function resource(path: string, operation: Routable, inputOf?: Resource['inputOf']): Resource {
  const reading = routed(operation)
  return {
    path,
    operation: reading,
    inputOf: inputOf ?? ((values) => ownValues(reading, values)),
  }
}

/** `GET` of an object. */
export function read(of: Resource, summary: string, { hides = [], ...options }: Options = {}): Route {
  const own = Object.keys(of.inputOf(Object.fromEntries(parametersOf(of.path).map((name) => [name, name]))))
  return routeOf('GET', of.path, of.operation, summary, {
    ...{ resource: of, fixed: of.inputOf, hides: [...own, ...hides] },
    ...options,
  })
}

/** `GET` of a list, or of something that is not an object with a revision. */
export function list(path: string, operation: Routable, summary: string, options: Options = {}): Route {
  return routeOf('GET', path, routed(operation), summary, options)
}

/** `POST` that creates an object and returns it. It may be repeated with the same `Idempotency-Key`. */
export function create(path: string, operation: Routable, of: Resource, summary: string, options: Options = {}): Route {
  return routeOf('POST', path, routed(operation), summary, { status: 201, resource: of, ...options })
}

/** `POST` that creates several objects, all or none. It may be repeated with the same `Idempotency-Key`. */
export function createSeveral(
  path: string,
  operation: Routable,
  summary: string,
  options: Options & Required<Pick<Route, 'again'>>,
): Route {
  return routeOf('POST', path, routed(operation), summary, options)
}

/** Whether a request creates something, once per `Idempotency-Key`. */
export function isRepeatable({ resource: of, status, again }: Route): boolean {
  return again !== undefined || (of !== undefined && status === 201)
}

/** `PATCH`: changes what the body names, and returns the changed object. */
export function change(of: Resource, operation: Routable, summary: string, options: Options = {}): Route {
  return routeOf('PATCH', of.path, routed(operation), summary, { resource: of, ...options })
}

/** `DELETE` of an object. */
export function remove(of: Resource, operation: Routable, summary: string, options: Options = {}): Route {
  const deleting = routed(operation)
  const asksForName = 'typedName' in deleting.definition.input.shape
  return {
    ...routeOf('DELETE', of.path, deleting, summary, {
      resource: of,
      status: 204,
      hides: asksForName ? ['typedName'] : [],
      ...options,
    }),
    ...(asksForName && { confirmsName: true }),
  }
}

/** `POST` that does something and returns what came of it. */
export function act(path: string, operation: Routable, summary: string, options: Options = {}): Route {
  return routeOf('POST', path, routed(operation), summary, options)
}

/** `POST` of a file of any size, in the name of the operation that begins to receive it. */
export function upload(path: string, operation: Routable, receive: Receive, summary: string, id: string): Route {
  return routeOf('POST', path, routed(operation), summary, { receive, id })
}
