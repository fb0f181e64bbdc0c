import type { Pagination } from '../pagination-schema'
import type { PagePosition } from './page-position'

/** What the request of a page sends besides what the endpoint defines, or instead of it. */
export type PageChange =
  | { kind: 'none' }
  /** Absolute or relative to the request before; replaces the URL. */
  | { kind: 'address'; url: string }
  | { kind: 'parameter'; place: 'url' | 'header'; key: string; value: string }
  /** `value` is a number where the API counts. */
  | { kind: 'body'; path: string; value: string | number }

export const noChange: PageChange = { kind: 'none' }

/** How the request of a page differs from the one that the endpoint defines. */
export function changeOf(pagination: Pagination, { value }: PagePosition): PageChange {
  if (value === null || pagination.type === 'none') return noChange
  if (pagination.type === 'next_url' || pagination.type === 'link_header') return { kind: 'address', url: value }
  const counts = pagination.type === 'page_number' || pagination.type === 'offset'
  const place = pagination.type === 'body_cursor' ? 'body' : pagination.place
  if (place === 'body') return { kind: 'body', path: pagination.parameter, value: counts ? Number(value) : value }
  return { kind: 'parameter', place, key: pagination.parameter, value }
}
