import { describe, expect, it } from 'vitest'
import type { Operation, Parameter } from '@/components/api-page/reference/document'
import { missingIn, requestOf } from '@/components/api-page/reference/request-of'

const parameter = (place: Parameter['in'], name: string, required = false): Parameter => ({
  ...{ in: place, name, required, description: '', schema: { type: 'string' } },
})
const operation: Operation = {
  ...{ id: 'change_flow', method: 'PATCH', path: '/flows/{flowId}', summary: '', description: '', responses: [] },
  parameters: [
    parameter('path', 'flowId', true),
    parameter('query', 'confirmed'),
    parameter('header', 'If-Match', true),
  ],
  body: { required: true, contentType: 'application/merge-patch+json', schema: { type: 'object' } },
}
const entered = {
  values: { 'path.flowId': 'a/b $&', 'query.confirmed': 'a b', 'header.If-Match': '"3"' },
  ...{ body: '{}', contentType: 'application/merge-patch+json' },
}

describe('requestOf', () => {
  it('puts each value in its place, encoded for it, and authenticates with the key', () => {
    expect(requestOf('/api/v1', operation, entered, 'pb_key')).toEqual({
      method: 'PATCH',
      address: '/api/v1/flows/a%2Fb%20%24%26?confirmed=a+b',
      headers: {
        Authorization: 'Bearer pb_key',
        'If-Match': '"3"',
        'Content-Type': 'application/merge-patch+json',
      },
      body: '{}',
    })
  })

  it('leaves out what is empty, the body too', () => {
    const values = { ...entered.values, 'query.confirmed': '' }
    const request = requestOf('/api/v1', operation, { ...entered, values, body: ' ' }, 'pb_key')
    expect(request).toEqual({
      method: 'PATCH',
      address: '/api/v1/flows/a%2Fb%20%24%26',
      headers: { Authorization: 'Bearer pb_key', 'If-Match': '"3"' },
    })
  })
})

describe('missingIn', () => {
  it('names the required fields that are empty', () => {
    expect(missingIn(operation, entered)).toEqual([])
    expect(missingIn(operation, { ...entered, values: {}, body: '' })).toEqual([
      'path.flowId',
      'header.If-Match',
      'body',
    ])
  })
})
