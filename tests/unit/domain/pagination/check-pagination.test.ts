import { describe, expect, it } from 'vitest'
import { checkPagination } from '@/lib/domain/pagination/check-pagination'
import { paginationSchema } from '@/lib/domain/pagination-schema'
import type { BodyFormat } from '@/lib/domain/vocabulary'

function check(given: object, format: BodyFormat = 'none') {
  const checked = checkPagination(paginationSchema.parse(given), format)
  return checked.ok ? null : checked.error.field
}

const numbered = { type: 'page_number', parameter: 'page' }
const token = { type: 'next_token', from: '$.next', parameter: 'token' }
const cursor = { type: 'body_cursor', from: '$.data.end', parameter: 'variables.after' }

describe('A pagination', () => {
  it.each<[string, object, BodyFormat?]>([
    ['none', { type: 'none' }],
    ['a page number in the URL', { ...numbered, parameter: 'page[number]' }],
    ['a token from a header, in a header', { ...token, from: 'header:X-Next', place: 'header', parameter: 'X-Page' }],
    ['a cursor in a JSON body', cursor, 'json'],
    ['a page number in a form', { ...numbered, place: 'body' }, 'form'],
    ['an ID by its literal name', { type: 'last_id', from: 'order-id', parameter: 'after' }],
  ])('can be saved: %s', (_what, given, format) => {
    expect(check(given, format)).toBeNull()
  })

  it.each<[string, object, BodyFormat, string]>([
    ['a path that cannot be read', { ...token, from: '$[' }, 'none', 'pagination.from'],
    ['a path that is too slow', { ...token, from: '$..a..b' }, 'none', 'pagination.from'],
    ['a variable in a path', { ...token, from: '{{ x }}' }, 'none', 'pagination.from'],
    ['an earlier request', { ...token, from: 'step1:$.next' }, 'none', 'pagination.from'],
    ['an invalid path for more pages', { ...token, more: '$[' }, 'none', 'pagination.more'],
    ['an invalid path of an ID', { type: 'last_id', from: '$[', parameter: 'after' }, 'none', 'pagination.from'],
    ['an invalid header', { ...numbered, place: 'header', parameter: 'a b' }, 'none', 'pagination.parameter'],
    ['the header Host', { ...numbered, place: 'header', parameter: 'Host' }, 'none', 'pagination.parameter'],
    ['a page in the body of a request without one', { ...numbered, place: 'body' }, 'none', 'pagination.place'],
    ['a page in an XML body', { ...numbered, place: 'body' }, 'xml', 'pagination.place'],
    ['a cursor without a body', cursor, 'none', 'pagination.type'],
    ['a place in a list', { ...cursor, parameter: 'list[0].after' }, 'json', 'pagination.parameter'],
  ])('is refused at its field: %s', (_what, given, format, field) => {
    expect(check(given, format)).toBe(field)
  })
})
