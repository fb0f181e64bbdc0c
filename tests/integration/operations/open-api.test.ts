import Ajv2020 from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { errorCodes } from '@/lib/domain/errors'
import { httpStatusOf } from '@/lib/operations/http-status'
import { everyOperation, type AnyOperation } from './every-operation'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/** The operations say enough of themselves for an OpenAPI document to be made of them alone. */

type Json = Record<string, unknown>

/** OpenAPI 3.1, every operation as a POST: which routes there are is not the operations' business. */
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

/** Places in a JSON Schema that say nothing, or let unknown properties through. */
function gapsIn(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  if (Array.isArray(schema)) return schema.flatMap((part, index) => gapsIn(part, `${path}/${index}`))
  const own = schema as Json
  const isOpen = own.type === 'object' && own.properties !== undefined && own.additionalProperties !== false
  const parts = Object.entries(own).flatMap(([key, part]) =>
    key === 'properties' || key === '$defs'
      ? Object.entries(part as Json).flatMap(([name, inner]) => [
          ...(Object.keys(inner as Json).length === 0 ? [`${path}/${name} says nothing`] : []),
          ...gapsIn(inner, `${path}/${name}`),
        ])
      : ['items', 'anyOf', 'oneOf', 'allOf', 'prefixItems', 'additionalProperties'].includes(key)
        ? gapsIn(part, `${path}/${key}`)
        : [],
  )
  return isOpen ? [`${path} is open`, ...parts] : parts
}

let operations: AnyOperation[]

beforeAll(async () => {
  operations = await everyOperation()
})

describe('An OpenAPI document of all operations', () => {
  test('has each under a name of its own', () => {
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

  test('holds JSON Schemas that a validator accepts', () => {
    const validator = addFormats(new Ajv2020({ strict: false, allErrors: true }))
    for (const { post } of Object.values(openApiOf(operations).paths)) {
      validator.compile(post.requestBody.content['application/json'].schema)
      validator.compile(post.responses[200].content['application/json'].schema)
    }
  })
})
