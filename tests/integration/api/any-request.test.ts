import fc, { type Arbitrary } from 'fast-check'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { openApiDocument } from '@/lib/api/document/open-api'
import type { JsonSchema } from '@/lib/api/document/json-schema'
import { systemDb } from '@/lib/platform/db/client'
import { aProgram, sendWith } from '@/tests/support/api-program'
import { testDatabase } from '@/tests/support/database'
import { anHttpServer } from '@/tests/support/servers'
import { aWholeWorkspace, type WholeWorkspace } from '../security/whole-workspace'
import { anyText, fitting, spoilt } from './arbitrary'
import { addressOf } from './examples'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)
process.env.PATCHBAY_API_REQUESTS_PER_MINUTE = '1000000'

/**
 * 10,000 requests that are generated from the OpenAPI document, valid and invalid, over all its operations: never a fault
 * of the server, never a secret, never anything of another workspace.
 */

await testDatabase()

const requests = 10_000
/** In the name of everything in the other workspace. */
const foreignName = 'Samarkand'

type Operation = { id: string; method: string; path: string; parameters: Parameter[]; body: JsonSchema | null }
type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: JsonSchema }

/** A call has tests of its own (call.test.ts), because its response is that of a third party. */
const operations: Operation[] = Object.entries(openApiDocument().paths as Record<string, JsonSchema>)
  .flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, JsonSchema>).map(([method, operation]) => {
      const content = (operation.requestBody as { content?: Record<string, { schema: JsonSchema }> } | undefined)
        ?.content
      return {
        ...{ id: operation.operationId as string, method: method.toUpperCase(), path },
        parameters: operation.parameters as Parameter[],
        body: content ? Object.values(content)[0]!.schema : null,
      }
    }),
  )
  .filter(({ id }) => id !== 'call_endpoint')

let foreign: WholeWorkspace

beforeAll(async () => {
  foreign = await aWholeWorkspace('https://elsewhere.invalid')
  const { workspaceId } = foreign
  const data = (number: number) => ({ name: `${foreignName} ${number}`, foldedName: `samarkand ${number}` })
  for (const model of ['connector', 'authenticationMethod', 'endpoint', 'instance', 'flow'] as const) {
    const table = systemDb()[model] as unknown as {
      findMany: (args: object) => Promise<{ id: string }[]>
      update: (args: object) => Promise<unknown>
    }
    for (const [number, { id }] of (await table.findMany({ where: { workspaceId } })).entries())
      await table.update({ where: { id }, data: data(number) })
  }
})

type Sendable = { path: Record<string, unknown>; query: Record<string, unknown>; ifMatch: string | null; body: unknown }

/** Mostly what exists, sometimes what exists elsewhere, sometimes anything. */
function sendable({ parameters, body }: Operation, own: WholeWorkspace): Arbitrary<Sendable> {
  const named = (place: Parameter['in']) => parameters.filter((parameter) => parameter.in === place)
  const addresses = [addressOf(own), addressOf(foreign)] as const
  const path = fc.record(
    Object.fromEntries(
      named('path').map(({ name }) => [
        name,
        fc.oneof(
          { weight: 8, arbitrary: fc.constant(addresses[0][name]) },
          { weight: 1, arbitrary: fc.constant(addresses[1][name]) },
          { weight: 1, arbitrary: anyText },
        ),
      ]),
    ),
  )
  const query = fc.record(
    Object.fromEntries(named('query').map(({ name, schema }) => [name, spoilt(fitting(schema))])),
    { requiredKeys: named('query').flatMap(({ name, required }) => (required ? [name] : [])) },
  )
  const ifMatch = fc.constantFrom('"1"', '"1"', '"1"', '"2"', '"99999999999"', '*', null)
  return fc.record({ path, query, ifMatch, body: body === null ? fc.constant(undefined) : spoilt(fitting(body)) })
}

function addressed(path: string, values: Record<string, unknown>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(String(values[name])))
}

/** A lone surrogate cannot be part of an address. */
const encoded = (value: string) => encodeURIComponent(value.toWellFormed())

function queried(query: Record<string, unknown>): string {
  const parts = Object.entries(query).map(([name, value]) => {
    const shown = typeof value === 'string' ? value : JSON.stringify(value)
    return `${encoded(name)}=${encoded(shown ?? '')}`
  })
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** It asks a server that the program names, which may not exist. */
const mayFailElsewhere = ({ id }: Operation, status: number) =>
  id === 'discover_server' && (status === 502 || status === 504)

const runs = Math.ceil(requests / operations.length)

describe('any request', () => {
  test.each(operations.map((operation) => [operation.id, operation] as const))(
    'of %s has an answer',
    async (_id, operation) => {
      const { url } = await anHttpServer((_request, response) =>
        response.setHeader('content-type', 'application/json').end('{}'),
      )
      const own = await aWholeWorkspace(url)
      const { key } = await aProgram(own.administrator, { role: 'administrator' })
      await fc.assert(
        fc.asyncProperty(sendable(operation, own), async ({ path, query, ifMatch, body }) => {
          const answer = await sendWith(
            `Bearer ${key}`,
            operation.method,
            `${addressed(operation.path, path)}${queried(query)}`,
            {
              headers: ifMatch === null ? {} : { 'if-match': ifMatch },
              ...(body !== undefined && { body: JSON.stringify(body) }),
            },
          )
          const said = JSON.stringify(answer.body)
          if (!mayFailElsewhere(operation, answer.status)) expect(answer.status, said).toBeLessThan(500)
          expect(said).not.toContain('planted-')
          expect(said).not.toContain(foreignName)
        }),
        { numRuns: runs, endOnFailure: true },
      )
    },
    120_000,
  )
})
