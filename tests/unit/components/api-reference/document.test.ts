import { describe, expect, it } from 'vitest'
import { readDocument, search, type OpenApi } from '@/components/api-page/reference/document'

const parameter = { name: 'id', in: 'path', required: true, description: 'An ID.', schema: { type: 'string' } } as const
const openApi: OpenApi = {
  servers: [{ url: '/api/v1' }],
  tags: [
    { name: 'Instances', description: 'Credentials.' },
    { name: 'Flows', description: 'Process flows.' },
  ],
  paths: {
    '/flows': {
      get: {
        ...{ operationId: 'list_flows', tags: ['Flows'], summary: 'List flows', parameters: [] },
        description: 'List flows. Needs the permission “see”.',
        responses: {
          200: { description: 'Done.' },
          '4XX': { $ref: '#/components/responses/Problem', description: '' },
        },
      },
    },
    '/instances/{id}/call': {
      post: {
        ...{ operationId: 'call_endpoint', tags: ['Instances'], summary: 'Call an endpoint', parameters: [parameter] },
        description: 'Sends a request.',
        requestBody: { required: false, content: { '*/*': { schema: {} } } },
        responses: {
          '4XX': {
            description: 'Refused.',
            content: { '*/*': { schema: {} }, 'application/problem+json': { schema: { type: 'object' } } },
          },
        },
      },
    },
  },
  components: {
    schemas: { Problem: { type: 'object' } },
    responses: {
      Problem: {
        description: 'Refused: the code says why.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  },
}

describe('readDocument', () => {
  const { server, groups } = readDocument(openApi)

  it('has the operations by tag, in the order of the tags', () => {
    expect(server).toBe('/api/v1')
    expect(groups.map(({ name, operations }) => [name, operations.map(({ id }) => id)])).toEqual([
      ['Instances', ['call_endpoint']],
      ['Flows', ['list_flows']],
    ])
  })

  it('does not repeat the summary in the description', () => {
    expect(groups[1]!.operations[0]!.description).toBe('Needs the permission “see”.')
  })

  it('follows the reference of a response, and prefers a schema that says something', () => {
    const [called, listed] = groups.map(({ operations }) => operations[0]!)
    expect(called!.body).toEqual({ required: false, contentType: '*/*', schema: {} })
    expect(called!.responses).toEqual([{ status: '4XX', description: 'Refused.', schema: { type: 'object' } }])
    expect(listed!.responses).toEqual([
      { status: '200', description: 'Done.', schema: null },
      {
        status: '4XX',
        description: 'Refused: the code says why.',
        schema: { $ref: '#/components/schemas/Problem' },
      },
    ])
  })
})

describe('search', () => {
  const { groups } = readDocument(openApi)
  const found = (text: string) => search(groups, text).flatMap(({ operations }) => operations.map(({ id }) => id))

  it('finds every word in the summary, the method, the path, the ID or the group', () => {
    expect(found('')).toEqual(['call_endpoint', 'list_flows'])
    expect(found('CALL instances')).toEqual(['call_endpoint'])
    expect(found('get /flows')).toEqual(['list_flows'])
    expect(found('list_flows')).toEqual(['list_flows'])
    expect(found('call flows')).toEqual([])
  })
})
