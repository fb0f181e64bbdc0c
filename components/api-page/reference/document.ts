/** What the reference shows of an OpenAPI 3.1 document of ours (`lib/api/document`): its operations, by tag. */

/** JSON Schema (2020-12), as far as our documents use it. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
}

export type Parameter = {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description: string
  schema: Schema
}

type Content = Record<string, { schema: Schema }>
type OpenApiResponse = { $ref?: string; description: string; content?: Content }
type OpenApiOperation = {
  operationId: string
  tags: string[]
  summary: string
  description: string
  parameters: Parameter[]
  requestBody?: { required: boolean; content: Content }
  responses: Record<string, OpenApiResponse>
}

export type OpenApi = {
  servers: { url: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, OpenApiOperation>>
  components: { schemas: Record<string, Schema>; responses: Record<string, OpenApiResponse> }
}

export type Body = { required: boolean; contentType: string; schema: Schema }
export type Received = { status: string; description: string; schema: Schema | null }

export type Operation = {
  id: string
  method: string
  /** Below the address of the API: `/instances/{instanceId}`. */
  path: string
  summary: string
  description: string
  parameters: Parameter[]
  body: Body | null
  responses: Received[]
}

export type Group = { name: string; description: string; operations: Operation[] }

export type Schemas = Record<string, Schema>

/** `server` is the address that all paths follow. */
export type ApiDocument = { server: string; groups: Group[]; schemas: Schemas }

export function readDocument({ servers, tags, paths, components }: OpenApi): ApiDocument {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      tag: operation.tags[0],
      operation: readOperation(method, path, operation, components),
    })),
  )
  return {
    server: servers[0]!.url,
    schemas: components.schemas,
    groups: tags.map(({ name, description }) => ({
      ...{ name, description },
      operations: all.filter(({ tag }) => tag === name).map(({ operation }) => operation),
    })),
  }
}

function readOperation(
  method: string,
  path: string,
  { operationId, summary, description, parameters, requestBody, responses }: OpenApiOperation,
  components: OpenApi['components'],
): Operation {
  const [contentType, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
  return {
    ...{ id: operationId, method: method.toUpperCase(), path, summary, parameters },
    // It is the heading already.
    description: description.replace(`${summary}. `, ''),
    body: contentType && content ? { required: requestBody!.required, contentType, schema: content.schema } : null,
    responses: Object.entries(responses).map(([status, given]) => {
      const response = given.$ref ? components.responses[lastOf(given.$ref)]! : given
      const schemas = Object.values(response.content ?? {}).map(({ schema }) => schema)
      return { status, description: response.description, schema: schemas.find(saysSomething) ?? null }
    }),
  }
}

const lastOf = (reference: string) => reference.slice(reference.lastIndexOf('/') + 1)
const saysSomething = (schema: Schema) => Object.keys(schema).length > 0

/** The schema itself, if it is only the name of another one. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  return schema.$ref === undefined ? schema : { ...schemas[lastOf(schema.$ref)] }
}

/** The groups with the operations that contain every word, in their names, addresses or IDs. */
export function search(groups: Group[], text: string): Group[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const contains = ({ id, method, path, summary }: Operation, group: string) => {
    const all = `${id} ${method} ${path} ${summary} ${group}`.toLowerCase()
    return words.every((word) => all.includes(word))
  }
  return groups
    .map((group) => ({ ...group, operations: group.operations.filter((one) => contains(one, group.name)) }))
    .filter(({ operations }) => operations.length > 0)
}
