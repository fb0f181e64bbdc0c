import Ajv2020 from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { errorCodes } from '@/lib/domain/errors'
import { httpStatusOf } from '@/lib/operations/http-status'
import { everyOperation, type AnyOperation } from './every-operation'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** The definitions of the operations are enough to generate an OpenAPI document. */

type Json = Record<string, unknown>

/** OpenAPI 3.1, with every operation as a POST, because operations do not define routes. */
function openApiOf(operations: readonly AnyOperation[]) {
  const statuses = [...new Set(errorCodes.map((code) => httpStatusOf[code]))].sort()
  const refusals = Object.fromEntries(statuses.map((status) => [status, { $ref: '#/components/responses/Refusal' }]))
  const content = (schema: z.ZodType, io: 'input' | 'output') => ({
    'application/json': { schema: z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as Json },
  })
  return {
    openapi: '3.1.1',
    info: { title: 'Patchbay', version: '1' },
    paths: Object.fromEntries(
      operations.map(({ name, input, output }) => [
        `/${name}`,
        {
          post: {
            operationId: name,
            requestBody: { required: true, content: content(input, 'input') },
            responses: { 200: { description: 'Done', content: content(output, 'output') }, ...refusals },
          },
        },
      ]),
    ),
  }
}

/** Keywords that only describe a schema and restrict nothing. */
const annotations = ['$schema', 'title', 'description', 'default', 'format', 'examples']

/** A schema, and everything in it, each with its path. */
function schemasIn(schema: unknown, path: string): { path: string; schema: unknown }[] {
  const own = { path, schema }
  if (typeof schema !== 'object' || schema === null) return [own]
  const named = (of: unknown) =>
    Object.entries((of ?? {}) as Json).flatMap(([name, part]) => schemasIn(part, `${path}/${name}`))
  const parts = Object.entries(schema as Json).flatMap(([key, part]) => {
    if (key === 'properties' || key === '$defs') return named(part)
    if (['anyOf', 'oneOf', 'allOf', 'prefixItems'].includes(key))
      return (part as unknown[]).flatMap((one) => schemasIn(one, path))
    if (key === 'items') return schemasIn(part, `${path}/[]`)
    return key === 'additionalProperties' && part !== false ? schemasIn(part, `${path}/{}`) : []
  })
  return [own, ...parts]
}

/** The paths of schemas that restrict nothing or accept unknown properties. */
function gapsIn(schema: unknown, path: string): string[] {
  return schemasIn(schema, path).flatMap((found) => {
    if (found.schema === false) return []
    if (typeof found.schema !== 'object' || found.schema === null) return [`${found.path} says nothing`]
    const own = found.schema as Json
    if (Object.keys(own).every((key) => annotations.includes(key))) return [`${found.path} says nothing`]
    if (own.type === 'array' && own.items === undefined && own.prefixItems === undefined)
      return [`${found.path} holds anything`]
    const closed = own.additionalProperties === false || (own.properties === undefined && own.additionalProperties)
    return own.type === 'object' && !closed ? [`${found.path} is open`] : []
  })
}

const secretName = /sealed|secret|password|passphrase|hash|verifier|cookie|token|(private|access|api)key|keypem|pkcs12/i

/** Properties that are named like a secret and can contain a text. */
function secretsIn(schema: unknown, path: string): string[] {
  const canHoldText = (found: unknown) =>
    schemasIn(found, '').some(({ schema: part }) => [(part as Json).type].flat().includes('string'))
  return schemasIn(schema, path)
    .filter((found) => secretName.test(found.path.split('/').at(-1) ?? '') && canHoldText(found.schema))
    .map((found) => found.path)
}

/** Of a method's definition: templates such as `{{ password }}` and paths, in which no literal secret is stored (R10). */
const templates = [
  ...['basic/password', 'signature/accessKeyId', 'signature/secretAccessKey', 'signature/sessionToken'],
  ...['tokenPath', 'refreshTokenPath'],
]

/** Properties that are named like a secret but contain none. */
const noSecrets = [
  '/discover_server/tokenUrl',
  // The whole output: what happened to the tokens of each instance.
  '/revoke_connector_tokens',
  // When it ends and how it is renewed.
  '/get_instance/token',
  // The names of a person’s API keys.
  '/preview_person_removal/apiKeys',
  // The hash of a document, in which no secret is.
  '/apply_connector_document/documentHash',
  '/compare_connector_document/documentHash',
  '/get_connector/managedBy/documentHash',
  '/get_connector_document/documentHash',
  '/get_import/application/applied/documentHash',
  '/get_import/application/comparison/documentHash',
  // Which secrets wait, by the ids of their variables.
  '/get_instance/overtaken/yours/secretIds',
  ...templates.flatMap((name) => [`/get_method/options/${name}`, `/get_method_setup/method/options/${name}`]),
]

let operations: AnyOperation[]

beforeAll(async () => {
  operations = await everyOperation()
})

describe('An OpenAPI document of all operations', () => {
  test('contains each with a unique name', () => {
    const names = operations.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[a-z]+(_[a-z0-9]+)+$/.test(name))).toEqual([])
    expect(Object.keys(openApiOf(operations).paths)).toHaveLength(operations.length)
  })

  test('describes every input and output completely, and closes every object', () => {
    const { paths } = openApiOf(operations)
    const gaps = Object.entries(paths).flatMap(([path, { post }]) => [
      ...gapsIn(post.requestBody.content['application/json'].schema, `${path} input`),
      ...gapsIn(post.responses[200].content['application/json'].schema, `${path} output`),
    ])
    expect(gaps).toEqual([])
  })

  test('has an input that is an object, and an output, for every operation', () => {
    for (const { input, output } of operations) {
      expect(input).toBeInstanceOf(z.ZodType)
      expect(output).toBeInstanceOf(z.ZodType)
    }
    const inputs = Object.values(openApiOf(operations).paths).map(
      ({ post }) => post.requestBody.content['application/json'].schema,
    )
    const noObjects = inputs.filter((schema) => schema.type !== 'object' && !('oneOf' in schema || 'anyOf' in schema))
    expect(noObjects).toEqual([])
  })

  test('has no output with a property for a secret', () => {
    const found = Object.entries(openApiOf(operations).paths).flatMap(([path, { post }]) =>
      secretsIn(post.responses[200].content['application/json'].schema, path),
    )
    expect([...new Set(found)].sort()).toEqual([...noSecrets].sort())
  })

  test('contains JSON Schemas that a validator accepts', () => {
    const validator = addFormats(new Ajv2020({ strict: false, allErrors: true }))
    for (const { post } of Object.values(openApiOf(operations).paths)) {
      validator.compile(post.requestBody.content['application/json'].schema)
      validator.compile(post.responses[200].content['application/json'].schema)
    }
  })
})

describe('The checks themselves', () => {
  const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any' })

  test.each([
    ['anything', z.any(), ['x says nothing']],
    ['an unknown property', z.strictObject({ a: z.unknown() }), ['x/a says nothing']],
    ['a described unknown', z.strictObject({ a: z.unknown().describe('A') }), ['x/a says nothing']],
    ['a list of anything', z.array(z.unknown()), ['x/[] says nothing']],
    ['a record of anything', z.record(z.string(), z.unknown()), ['x/{} says nothing']],
    ['an alternative of anything', z.union([z.string(), z.any()]), ['x says nothing']],
    ['an open object in a list', z.array(z.looseObject({ a: z.string() })), ['x/[]/{} says nothing', 'x/[] is open']],
  ])('find %s', (_name, schema, gaps) => {
    expect(gapsIn(schemaOf(schema), 'x').sort()).toEqual([...gaps].sort())
  })

  test('find no gap in a closed schema', () => {
    const closed = z.strictObject({ a: z.array(z.string()), b: z.record(z.string(), z.int()), c: z.null() })
    expect(gapsIn(schemaOf(closed), 'x')).toEqual([])
  })

  test('find a secret at any depth, but not a flag that says whether there is one', () => {
    const schema = z.strictObject({
      hasPassword: z.boolean(),
      rows: z.array(z.strictObject({ secret: z.boolean(), sealedValue: z.string().nullable() })),
      tokens: z.array(z.string()),
    })
    expect(secretsIn(schemaOf(schema), 'x')).toEqual(['x/rows/[]/sealedValue', 'x/tokens'])
  })
})
