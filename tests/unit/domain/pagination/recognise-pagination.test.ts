import { describe, expect, it } from 'vitest'
import { recognisePagination } from '@/lib/domain/pagination/recognise-pagination'
import type { PagePlace } from '@/lib/domain/vocabulary'
import labelled from '@/tests/fixtures/pagination-labels.json'

type Label = { type: string; parameter?: string; from?: string; place?: string }
type Operation = {
  path: string
  parameters: string[]
  body?: string[]
  response: string[]
  headers?: string[]
  label: Label
  alsoRight?: Label[]
}

const operations = labelled.operations as Operation[]

function recognised({ parameters, body = [], response, headers = [] }: Operation) {
  const places: Record<string, PagePlace> = { query: 'url', header: 'header' }
  const sent = parameters.flatMap((parameter) => {
    const [location = '', ...name] = parameter.split(' ')
    const place = places[location]
    return place ? [{ place, name: name.join(' ') }] : []
  })
  const inBody = body.map((name) => ({ place: 'body' as const, name }))
  return recognisePagination({ sent: [...sent, ...inBody], received: response, headers })
}

function isRight(operation: Operation): boolean {
  const found = (recognised(operation) ?? { type: 'none' }) as Label
  return [operation.label, ...(operation.alsoRight ?? [])].some(
    ({ type, parameter, from, place }) =>
      type === found.type &&
      (parameter === undefined || parameter === found.parameter) &&
      (from === undefined || from === found.from) &&
      (place === undefined || type === 'body_cursor' || place === found.place),
  )
}

describe('Pagination is recognised from names', () => {
  const wrong = operations.filter((operation) => !isRight(operation)).map(({ path }) => path)

  it('on at least 80 of 100 operations that were labelled by hand', () => {
    expect(operations).toHaveLength(100)
    expect(wrong.length, `wrong: ${wrong.join(', ')}`).toBeLessThanOrEqual(20)
  })

  it('and is not seen in operations without pages', () => {
    const none = operations.filter(({ label }) => label.type === 'none')
    expect(none.length).toBeGreaterThan(20)
    expect(none.filter((operation) => !isRight(operation)).map(({ path }) => path)).toEqual([])
  })

  it.each([
    ['a start and an end', ['start', 'end', 'limit']],
    ['dates', ['from', 'to', 'limit']],
    ['an offset without a size', ['offset']],
    ['a page in a header', []],
  ])('is not seen in %s', (_what, sent) => {
    const inUrl = sent.map((name) => ({ place: 'url' as const, name }))
    const inHeader = { place: 'header' as const, name: 'Page' }
    expect(recognisePagination({ sent: [...inUrl, inHeader], received: ['$[]'], headers: [] })).toBeNull()
  })

  it.each([
    [
      'a Link header',
      { sent: [{ place: 'url' as const, name: 'per_page' }], received: ['$[]'], headers: ['Link'] },
      { type: 'link_header' },
    ],
    [
      'a page in brackets',
      { sent: [{ place: 'url' as const, name: 'page[number]' }], received: ['$.data[]'], headers: [] },
      { type: 'page_number', parameter: 'page[number]' },
    ],
    [
      'a cursor of GraphQL',
      {
        sent: [{ place: 'body' as const, name: 'variables.after' }],
        received: ['$.data.orders.nodes[]', '$.data.orders.pageInfo.endCursor', '$.data.orders.pageInfo.hasNextPage'],
        headers: [],
      },
      {
        ...{ type: 'body_cursor', parameter: 'variables.after', from: '$.data.orders.pageInfo.endCursor' },
        more: '$.data.orders.pageInfo.hasNextPage',
      },
    ],
  ])('also by %s', (_what, operation, pagination) => {
    expect(recognisePagination(operation)).toMatchObject(pagination)
  })
})
