import type { Pagination } from '../pagination-schema'
import type { EndpointDefinition } from '../definitions'

/** The request of one page, as a person reads it before anything is sent. */
export type PagePreview = {
  /** HTTP method and URL, with the variables of the template as they are typed. */
  request: string
  /** What is sent in the headers or in the body; null if nothing is. */
  also: string | null
}

type Paged = Pick<EndpointDefinition, 'httpMethod' | 'url'> & { pagination: Pagination }

/**
 * The requests for the first two pages. What only a response can tell stands in ‹angle quotes›.
 * @returns none for an endpoint without pagination
 */
export function previewPages({ httpMethod, url, pagination }: Paged): PagePreview[] {
  if (pagination.type === 'none') return []
  const page = (value: string | null): PagePreview => {
    if (value === null) return { request: `${httpMethod} ${url}`, also: null }
    if (!('parameter' in pagination)) return { request: `${httpMethod} ${value}`, also: null }
    const { parameter } = pagination
    const place = pagination.type === 'body_cursor' ? 'body' : pagination.place
    if (place === 'url') return { request: `${httpMethod} ${withPair(url, parameter, value)}`, also: null }
    const also = place === 'header' ? `${parameter}: ${value}` : `${parameter} = ${value}, in the body`
    return { request: `${httpMethod} ${url}`, also }
  }
  const isCounted = pagination.type === 'page_number' || pagination.type === 'offset'
  return [page(isCounted ? String(pagination.first) : null), page(secondValue(pagination))]
}

function secondValue(pagination: Exclude<Pagination, { type: 'none' }>): string {
  switch (pagination.type) {
    case 'page_number':
      return String(pagination.first + 1)
    case 'offset':
      return pagination.first === 0
        ? '‹number of records received›'
        : `‹${pagination.first} + number of records received›`
    case 'link_header':
      return '‹URL of the link with rel="next"›'
    case 'next_url':
      return `‹URL at ${pagination.from}›`
    case 'last_id':
      return `‹${pagination.from} of the last record›`
    default:
      return `‹value at ${pagination.from}›`
  }
}

/** The URL of a template with a parameter instead of those with the same key. */
function withPair(url: string, key: string, value: string): string {
  const [address = '', query = ''] = url.split('?', 2)
  const others = query.split('&').filter((pair) => pair !== '' && pair.split('=')[0] !== key)
  return `${address}?${[...others, `${key}=${value}`].join('&')}`
}
