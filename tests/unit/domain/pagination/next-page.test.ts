import { describe, expect, it } from 'vitest'
import type { OutboundResponse } from '@/lib/domain/http-messages'
import { nextPage, type NextPage } from '@/lib/domain/pagination/next-page'
import { changeOf } from '@/lib/domain/pagination/page-change'
import { firstPage, type PagePosition } from '@/lib/domain/pagination/page-position'
import { paginationSchema, readPagination, type Pagination } from '@/lib/domain/pagination-schema'

const of = (given: object): Pagination => paginationSchema.parse(given)
const json = (body: unknown, headers: [string, string][] = []): OutboundResponse => ({
  status: 200,
  headers,
  body: new TextEncoder().encode(JSON.stringify(body)),
})

type After = { position?: PagePosition; seen?: string[]; dataPath?: string; secrets?: string[] }

function after(pagination: Pagination, response: OutboundResponse, given: After = {}): NextPage {
  const { position = firstPage(pagination), seen = [], dataPath = '$.orders', secrets = [] } = given
  return nextPage(pagination, { position, response, dataPath, secrets, isSeen: (key) => seen.includes(key) })
}

const orders = [{ id: 'a1' }, { id: 'a2' }]
const pageNumber = of({ type: 'page_number', parameter: 'page' })
const offset = of({ type: 'offset', parameter: 'offset' })
const nextUrl = of({ type: 'next_url', from: '$.next' })
const token = of({ type: 'next_token', from: '$.token', parameter: 'token' })
const link = of({ type: 'link_header' })
const lastId = of({ type: 'last_id', from: 'id', parameter: 'after' })
const cursor = of({ type: 'body_cursor', from: '$.page.end', parameter: 'variables.after', more: '$.page.more' })

describe('The next page', () => {
  it.each([
    ['page number', pageNumber, json({ orders }), '2'],
    ['offset', offset, json({ orders }), '2'],
    ['next-page URL', nextUrl, json({ orders, next: '/orders?page=2' }), '/orders?page=2'],
    ['next-page token', token, json({ orders, token: 'x y' }), 'x y'],
    ['a token that is a number', token, json({ orders, token: 12 }), '12'],
    ['Link header', link, json({ orders }, [['Link', '</orders?page=2>; rel="next"']]), '/orders?page=2'],
    [
      'Link header with several links in several headers',
      link,
      json({ orders }, [
        ['link', '<https://api.test/a>; rel=prev; title="<b>; rel=next"'],
        ['LINK', '<https://api.test/a,b?c=1>; rel="last next"'],
      ]),
      'https://api.test/a,b?c=1',
    ],
    ['last ID', lastId, json({ orders }), 'a2'],
    ['cursor', cursor, json({ orders, page: { end: 'c', more: true } }), 'c'],
    ['cursor without a word about more pages', cursor, json({ orders, page: { end: 'c' } }), 'c'],
  ])('is found by %s', (_what, pagination, response, value) => {
    expect(after(pagination, response)).toMatchObject({ kind: 'page', position: { number: 2, value } })
  })

  it('counts the records that arrived, because a server may return fewer than it was asked for', () => {
    const position = { number: 3, value: '40' }
    expect(after(offset, json({ orders }), { position })).toMatchObject({ position: { number: 4, value: '42' } })
  })

  it('counts a response that is a list without a data path', () => {
    expect(after(offset, json(orders), { dataPath: '' })).toMatchObject({ position: { value: '2' } })
  })
})

describe('Reading ends', () => {
  it.each([
    ['without pagination', of({ type: 'none' }), json({ orders }), 'one_response'],
    ['with an empty list', pageNumber, json({ orders: [] }), 'no_records'],
    ['if the data path finds nothing', pageNumber, json({}), 'no_records'],
    ['with an empty list, although a token follows', token, json({ orders: [], token: 't' }), 'no_records'],
    [
      'if the response says that there is no more',
      cursor,
      json({ orders, page: { end: 'c', more: false } }),
      'no_more',
    ],
    ['without a URL', nextUrl, json({ orders, next: null }), 'no_next_page'],
    ['with an empty token', token, json({ orders, token: '' }), 'no_next_page'],
    ['without a link to the next page', link, json({ orders }, [['Link', '</a>; rel="prev"']]), 'no_next_page'],
    ['with a Link header that cannot be read', link, json({ orders }, [['Link', '<a; rel=next']]), 'no_next_page'],
    ['if the last record has no ID', lastId, json({ orders: [{ id: '1' }, {}] }), 'no_next_page'],
  ])('%s', (_what, pagination, response, reason) => {
    expect(after(pagination, response)).toEqual({ kind: 'end', reason })
  })

  it('if an offset cannot be counted', () => {
    expect(after(offset, json({ orders }), { dataPath: '' })).toEqual({ kind: 'end', reason: 'not_countable' })
  })

  it('at the page limit', () => {
    const pagination = of({ ...pageNumber, mostPages: 3 })
    const at = (number: number) => after(pagination, json({ orders }), { position: { number, value: String(number) } })
    expect(at(2)).toMatchObject({ kind: 'page' })
    expect(at(3)).toEqual({ kind: 'end', reason: 'page_limit' })
  })

  it('if a page names one that was read before, also after a detour', () => {
    expect(after(token, json({ orders, token: 'a' }), { seen: ['a', 'b'] })).toEqual({
      kind: 'end',
      reason: 'seen_before',
    })
  })

  it('if an API that ignores the page number sends the same page again', () => {
    const first = after(pageNumber, json({ orders }))
    const key = first.kind === 'page' ? first.key : ''
    const position = { number: 2, value: '2' }
    expect(after(pageNumber, json({ orders }), { position, seen: [key] })).toEqual({ kind: 'end', reason: 'same_page' })
    expect(after(pageNumber, json({ orders: [{ id: 'a3' }] }), { position, seen: [key] })).toMatchObject({
      kind: 'page',
    })
  })
})

describe('A secret in what leads to the next page', () => {
  const secrets = ['s3cret-token-of-dana']

  it('is removed from the query of a URL, because the request sends its own', () => {
    const next = '/orders?a=1&access_token=s3cret-token-of-dana&after=x#f'
    expect(after(nextUrl, json({ orders, next }), { secrets })).toMatchObject({
      position: { value: '/orders?a=1&after=x#f' },
    })
  })

  it.each([
    ['a path', nextUrl, { next: '/s3cret-token-of-dana/orders?a=1' }],
    ['a token', token, { token: 's3cret-token-of-dana' }],
    ['an encoded token', token, { token: btoa('s3cret-token-of-dana') }],
  ])('ends the reading in %s', (_what, pagination, body) => {
    expect(after(pagination, json({ orders, ...body }), { secrets })).toEqual({ kind: 'end', reason: 'secret' })
  })
})

describe('All pages together', () => {
  const all = Array.from({ length: 23 }, (_, index) => ({ id: `r${index}` }))
  const size = 5

  /** A server for each type: which records it returns, and what it says about the next page. */
  const slices: Record<string, (start: number) => OutboundResponse> = {
    next_url: (start) => page(start, { next: start + size < all.length ? `?start=${start + size}` : null }),
    next_token: (start) => page(start, { token: start + size < all.length ? String(start + size) : '' }),
    body_cursor: (start) => page(start, { page: { end: String(start + size), more: start + size < all.length } }),
  }
  const page = (start: number, rest: object = {}) => json({ orders: all.slice(start, start + size), ...rest })

  function answer(pagination: Pagination, position: PagePosition): OutboundResponse {
    const change = changeOf(pagination, position)
    const value =
      change.kind === 'none' ? null : change.kind === 'address' ? change.url.split('=')[1]! : String(change.value)
    const { type } = pagination
    if (type === 'page_number') return page((Number(value) - 1) * size)
    if (type === 'offset') return page(Number(value))
    if (type === 'last_id') return page(value === null ? 0 : all.findIndex(({ id }) => id === value) + 1)
    return slices[type]!(Number(value ?? 0))
  }

  it.each([pageNumber, offset, nextUrl, token, lastId, cursor])('are read once each: $type', (pagination) => {
    const read: unknown[] = []
    const seen: string[] = []
    let position: PagePosition | null = firstPage(pagination)
    while (position !== null) {
      const response = answer(pagination, position)
      read.push(...(JSON.parse(new TextDecoder().decode(response.body)) as { orders: unknown[] }).orders)
      const next = after(pagination, response, { position, seen })
      if (next.kind === 'page') seen.push(next.key)
      position = next.kind === 'page' ? next.position : null
    }
    expect(read).toEqual(all)
  })
})

describe('A stored pagination', () => {
  it.each([[{}], [null], [{ type: 'page' }], [{ type: 'page_number' }]])(
    'that has no meaning is none: %j',
    (stored) => {
      expect(readPagination(stored)).toEqual({ type: 'none' })
    },
  )
})
