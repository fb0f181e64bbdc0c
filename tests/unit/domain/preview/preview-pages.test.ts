import { describe, expect, it } from 'vitest'
import { paginationSchema } from '@/lib/domain/pagination-schema'
import { previewPages } from '@/lib/domain/preview/preview-pages'

const pagesOf = (pagination: object, url = '/orders?a={{ b }}') =>
  previewPages({ httpMethod: 'GET', url, pagination: paginationSchema.parse(pagination) })

describe('The first two requests', () => {
  it('of an endpoint without pagination are not shown', () => {
    expect(pagesOf({ type: 'none' })).toEqual([])
  })

  it('by page number send both numbers', () => {
    expect(pagesOf({ type: 'page_number', parameter: 'page', first: 0 }, '/orders?page=9')).toEqual([
      { request: 'GET /orders?page=0', also: null },
      { request: 'GET /orders?page=1', also: null },
    ])
  })

  it.each([
    ['offset', { type: 'offset', parameter: 'skip' }, 'GET /orders?a={{ b }}&skip=‹number of records received›', null],
    ['URL', { type: 'next_url', from: '$.next' }, 'GET ‹URL at $.next›', null],
    ['link', { type: 'link_header' }, 'GET ‹URL of the link with rel="next"›', null],
    [
      'header',
      { type: 'next_token', from: '$.t', place: 'header', parameter: 'X-Page' },
      'GET /orders?a={{ b }}',
      'X-Page: ‹value at $.t›',
    ],
    [
      'body',
      { type: 'body_cursor', from: '$.end', parameter: 'variables.after' },
      'GET /orders?a={{ b }}',
      'variables.after = ‹value at $.end›, in the body',
    ],
    [
      'ID',
      { type: 'last_id', from: 'id', parameter: 'after' },
      'GET /orders?a={{ b }}&after=‹id of the last record›',
      null,
    ],
  ])('by %s say where the second comes from', (_what, pagination, request, also) => {
    expect(pagesOf(pagination)[1]).toEqual({ request, also })
  })
})
