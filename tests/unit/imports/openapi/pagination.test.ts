import { describe, expect, it } from 'vitest'
import { linesOf, mapped, withOperation } from '@/tests/support/mapped-open-api'

const query = (...names: string[]) => names.map((name) => ({ name, in: 'query', schema: { type: 'string' } }))
const object = (properties: object) => ({ type: 'object', properties })
const orders = { type: 'array', items: object({ id: { type: 'string' }, next: { type: 'string' } }) }
const json = (schema: object) => ({ description: 'OK', content: { 'application/json': { schema } } })
const paginationOf = (document: object) => mapped(document).connector.endpoints[0]!.pagination

describe('The pagination of an operation', () => {
  it('is proposed from the names of parameters and response, and noted in the report', () => {
    const operation = {
      parameters: query('limit', 'cursor'),
      responses: { 200: json(object({ orders, next_cursor: { type: 'string' }, has_more: { type: 'boolean' } })) },
    }
    const { connector, report } = mapped(withOperation(operation))
    expect(connector.endpoints[0]!.pagination).toMatchObject({
      ...{ type: 'next_token', parameter: 'cursor', place: 'url', from: '$.next_cursor', more: '$.has_more' },
    })
    expect(linesOf(report, 'note').join('\n')).toMatch(/pagination of 1 operation was recognised/i)
  })

  it('is read from a JSON body and from the headers of the response', () => {
    const operation = {
      requestBody: {
        content: { 'application/json': { schema: object({ paging: object({ offset: {}, limit: {} }) }) } },
      },
      responses: { 200: json(orders) },
    }
    const found = paginationOf(withOperation({ operationId: 'searchOrders', ...operation }, {}, ['/search', 'post']))
    expect(found).toMatchObject({ type: 'offset', place: 'body', parameter: 'paging.offset' })
    const headers = { Link: { schema: { type: 'string' } } }
    const linked = { responses: { 200: { ...json(orders), headers } } }
    expect(paginationOf(withOperation(linked))).toMatchObject({ type: 'link_header' })
  })

  it.each([
    ['one record', { parameters: query('page') }, ['/orders/{page}', 'get']],
    ['a change', { parameters: query('page', 'limit') }, ['/orders', 'post']],
    ['fields of the records', { responses: { 200: json(orders) } }, ['/orders', 'get']],
  ])('is not seen in %s', (_what, operation, place) => {
    expect(paginationOf(withOperation(operation, {}, place as [string, string]))).toEqual({ type: 'none' })
  })

  it('of a response that contains itself ends', () => {
    const components = { schemas: { Page: object({ next: { $ref: '#/components/schemas/Page' } }) } }
    const responses = { 200: json({ $ref: '#/components/schemas/Page' }) }
    expect(paginationOf(withOperation({ responses }, { components }))).toEqual({ type: 'none' })
  })
})
