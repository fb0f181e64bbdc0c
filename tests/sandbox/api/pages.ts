import { ApiFaultError } from './fault'

const defaultLimit = 50
const maximumLimit = 100

function wholeNumber(query: URLSearchParams, name: string, fallback: number, maximum: number): number {
  const text = query.get(name)
  if (text === null) return fallback
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new ApiFaultError(422, 'invalid_parameter', `${name} must be a whole number from 1`)
  return Math.min(number, maximum)
}

const writeCursor = (offset: number) => Buffer.from(`offset:${offset}`).toString('base64url')

function readCursor(cursor: string): number {
  const match = /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())
  if (!match) throw new ApiFaultError(422, 'invalid_cursor', 'The cursor is unknown')
  return Number(match[1])
}

/** `Link: <…>; rel="next"` (RFC 8288). */
function linkHeader(url: URL, page: number, lastPage: number): string {
  const link = (number: number, rel: string) => {
    const target = new URL(url)
    target.searchParams.delete('cursor')
    target.searchParams.set('page', String(number))
    return `<${target.href}>; rel="${rel}"`
  }
  const links = [link(1, 'first'), link(lastPage, 'last')]
  if (page > 1) links.unshift(link(page - 1, 'prev'))
  if (page < lastPage) links.unshift(link(page + 1, 'next'))
  return links.join(', ')
}

/** One page of a list, by page number or by cursor. */
export function pageOf<Item>(
  name: string,
  items: Item[],
  url: URL,
): { body: Record<string, unknown>; headers: Record<string, string> } {
  const query = url.searchParams
  const limit = wholeNumber(query, 'limit', defaultLimit, maximumLimit)
  const cursor = query.get('cursor')
  const offset = cursor === null ? (wholeNumber(query, 'page', 1, 1_000_000) - 1) * limit : readCursor(cursor)
  const page = Math.floor(offset / limit) + 1
  const lastPage = Math.max(1, Math.ceil(items.length / limit))
  const next = offset + limit
  return {
    body: {
      [name]: items.slice(offset, next),
      page,
      limit,
      total: items.length,
      next_cursor: next < items.length ? writeCursor(next) : null,
    },
    headers: { link: linkHeader(url, page, lastPage), 'x-total-count': String(items.length) },
  }
}
