import type { Pagination } from '@/lib/domain/pagination-schema'
import { mostPagesByDefault, type PaginationType } from '@/lib/domain/vocabulary'

const usualParameters: Partial<Record<PaginationType, string>> = {
  page_number: 'page',
  offset: 'offset',
}

/** A pagination of another type, with what both types have as it was. */
export function paginationOfType(type: PaginationType, before: Pagination): Pagination {
  const given = before as { from?: string; parameter?: string; more?: string }
  const place = 'place' in before ? before.place : 'url'
  const ends = { mostPages: 'mostPages' in before ? before.mostPages : mostPagesByDefault }
  const more = { more: given.more ?? '', ...ends }
  const isUsual = given.parameter === usualParameters[before.type]
  const parameter = (given.parameter !== undefined && !isUsual && given.parameter) || usualParameters[type] || ''
  const from = given.from ?? ''
  switch (type) {
    case 'none':
      return { type }
    case 'page_number':
      return { type, place, parameter, first: 1, ...more }
    case 'offset':
      return { type, place, parameter, first: 0, ...more }
    case 'next_url':
      return { type, from, ...ends }
    case 'link_header':
      return { type, ...ends }
    case 'body_cursor':
      return { type, from, parameter, ...more }
    default:
      return { type, from, place, parameter, ...more }
  }
}
