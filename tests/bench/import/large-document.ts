type LargeDocument = {
  operations: number
  /** Of the whole text; descriptions are made as long as that needs. */
  megabytes: number
}

type Json = Record<string, unknown>

const bytesPerMegabyte = 1024 * 1024

/**
 * An OpenAPI document of a large API, as text: for each resource a list with filters and pages, and the four operations
 * on one of its records, with schemas, examples and two ways of authentication.
 */
export function largeDocument({ operations, megabytes }: LargeDocument): string {
  const lengthWith = (description: number) => documentOf(operations, description).length
  const [none, short] = [lengthWith(0), lengthWith(100)]
  const missing = megabytes * bytesPerMegabyte - none
  return documentOf(operations, Math.max(0, Math.round((100 * missing) / (short - none))))
}

/** @param length of each description */
function documentOf(operations: number, length: number): string {
  const describe = describing(length)
  const paths: Record<string, Json> = {}
  const schemas: Json = { Problem: object({ title: string(describe()), status: { type: 'integer' } }) }
  for (let resource = 0; resource * 5 < operations; resource += 1) {
    const name = `Record${resource}`
    Object.assign(paths, resourcePaths(name, describe))
    schemas[name] = recordSchema(resource, describe)
  }
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Large API', version: '1' },
    servers: [{ url: 'https://api.large.test/v1' }],
    security: [{ key: [] }],
    components: { securitySchemes, schemas, parameters: shared },
    paths,
  })
}

const securitySchemes = {
  key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
  oauth: {
    type: 'oauth2',
    flows: {
      clientCredentials: {
        tokenUrl: 'https://api.large.test/token',
        scopes: { read: 'Read records', write: 'Change records' },
      },
    },
  },
}

const shared = {
  limit: { name: 'limit', in: 'query', description: 'Records of a page', schema: { type: 'integer', maximum: 100 } },
  cursor: { name: 'cursor', in: 'query', description: 'The cursor of the next page', schema: { type: 'string' } },
}

function resourcePaths(name: string, describe: () => string): Record<string, Json> {
  const of = { $ref: `#/components/schemas/${name}` }
  const read = [{ key: [] }, { oauth: ['read'] }]
  const write = [{ oauth: ['read', 'write'] }]
  const filters = ['status', 'owner', 'created_after', 'sort', 'expand'].map((filter) => ({
    ...{ name: filter, in: 'query', description: describe() },
    schema: filter === 'status' ? { type: 'string', enum: ['open', 'closed'] } : { type: 'string' },
  }))
  const id = { name: 'id', in: 'path', required: true, description: describe(), schema: { type: 'string' } }
  const trace = { name: 'X-Trace', in: 'header', description: describe(), schema: { type: 'string' } }
  const operation = (verb: string, more: Json): Json => ({
    ...{ operationId: `${verb}${name}`, summary: `${verb} ${name}`, description: describe(), tags: [name] },
    ...more,
  })
  const answer = (schema: Json, example: Json) => ({
    200: { description: describe(), content: { 'application/json': { schema, example } } },
    default: { description: 'Refused', content: json({ $ref: '#/components/schemas/Problem' }) },
  })
  const page = object({ data: { type: 'array', items: of }, next_cursor: string('The next page') })
  const parameters = ['limit', 'cursor'].map((key) => ({ $ref: `#/components/parameters/${key}` }))
  const one = answer(of, { id: '1', name, note: describe() })
  return {
    [`/${name}`]: {
      get: operation('list', { security: read, parameters: [...parameters, ...filters], responses: answer(page, {}) }),
      post: operation('create', { security: write, requestBody: { content: json(of) }, responses: one }),
    },
    [`/${name}/{id}`]: {
      parameters: [id],
      get: operation('get', { security: read, parameters: [trace], responses: one }),
      patch: operation('update', { security: write, requestBody: { content: json(of) }, responses: one }),
      delete: operation('delete', { security: write, responses: { 204: { description: 'Deleted' } } }),
    },
  }
}

const json = (schema: Json) => ({ 'application/json': { schema } })
const object = (properties: Json): Json => ({ type: 'object', properties })
const string = (description: string): Json => ({ type: 'string', description })

/** Some refer to others, as in an API of one subject. */
function recordSchema(resource: number, describe: () => string): Json {
  const fields = Object.fromEntries(
    Array.from({ length: 20 }, (_, field) => [`field_${field}`, string(describe())] as const),
  )
  const earlier = { $ref: `#/components/schemas/Record${Math.floor(resource / 2)}` }
  return { ...object({ id: string('The ID'), ...fields, related: earlier }), required: ['id', 'field_0'] }
}

const words = 'a record of this account which is read and changed by the people who may do so '

/** Descriptions of the same length, none the same as another. */
function describing(length: number): () => string {
  const text = words.repeat(Math.ceil(length / words.length)).slice(0, length)
  let count = 0
  return () => `${(count += 1)} ${text}`
}
