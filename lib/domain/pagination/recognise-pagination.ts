import type { Pagination } from '../pagination-schema'
import { mostPagesByDefault, type PagePlace } from '../vocabulary'

/** What an operation sends and receives, by name. */
export type OperationNames = {
  /** Names in the query and in headers; in a JSON body, paths such as `paging.offset`. */
  sent: readonly { place: PagePlace; name: string }[]
  /** JSON paths of the values in the response, such as `$.meta.next`; a list ends with `[]`. */
  received: readonly string[]
  /** Names of response headers. */
  headers: readonly string[]
}

const words = (text: string) => text.split(' ')

/** In lower case without punctuation, the likeliest first. */
const names = {
  token: words(
    'pagetoken nexttoken nextpagetoken cursor nextcursor pagecursor after startingafter marker nextmarker continuationtoken paginationtoken continuation scrollid starttoken bookmark',
  ),
  page: words('page pagenumber pageno pagenum pageindex currentpage'),
  offset: words('offset skip startat startindex firstrow rowoffset pageoffset startrow start'),
  size: words(
    'limit pagesize perpage size maxresults max count rows rowcount pagelimit top take results maxitems itemsperpage resultsperpage maxrecords',
  ),
  nextToken: words(
    'nextpagetoken nexttoken nextcursor endcursor nextmarker nextpagecursor nextcontinuationtoken continuationtoken marker paginationtoken scrollid cursor after bookmark',
  ),
  nextUrl: words('nextlink nexturl nextpageurl nexthref odatanextlink nextpagelink nextpageuri nexturi'),
  more: words('hasmore hasnextpage hasnext morerecords moreresults'),
}

/**
 * The pagination that the names of an operation suggest, the surest way first: a token that is received and sent, a URL
 * of the next page, a page number, an offset with a size.
 * @returns null if nothing suggests one
 */
export function recognisePagination(operation: OperationNames): Pagination | null {
  return byToken(operation) ?? byUrl(operation) ?? byLink(operation) ?? byPageNumber(operation) ?? byOffset(operation)
}

const mostPages = mostPagesByDefault

function byToken(operation: OperationNames): Pagination | null {
  const sent = findSent(operation, names.token)
  if (!sent) return null
  const from = tokenSource(operation, sent.name)
  if (from === null) return null
  const more = moreOf(operation)
  if (sent.place === 'body') return { type: 'body_cursor', from, parameter: sent.name, more, mostPages }
  return { type: 'next_token', from, place: sent.place, parameter: sent.name, more, mostPages }
}

/** `$.next` is a token where a cursor is sent, and a URL elsewhere. */
function tokenSource({ received, headers }: OperationNames, sent: string): string | null {
  const path =
    findByName(received, names.nextToken) ??
    (folded(sent).includes('cursor') ? received.find((one) => lastName(one) === 'next') : undefined)
  if (path !== undefined) return path
  const header = headers.find((name) => names.nextToken.includes(folded(name)))
  return header === undefined ? null : `header:${header}`
}

function byUrl({ received }: OperationNames): Pagination | null {
  const from =
    findByName(received, names.nextUrl) ??
    received.find((path) => /(?:^|\.)_?links?\.next(?:\.href)?$/i.test(path)) ??
    received.find((path) => lastName(path) === 'next' && hasSibling(received, path, ['previous', 'prev', 'href']))
  return from === undefined ? null : { type: 'next_url', from, mostPages }
}

function byLink({ headers }: OperationNames): Pagination | null {
  return headers.some((name) => folded(name) === 'link') ? { type: 'link_header', mostPages } : null
}

function byPageNumber(operation: OperationNames): Pagination | null {
  const sent = findSent(operation, names.page)
  if (!sent || sent.place === 'header') return null
  // Spring, and what imitates it, calls the size `size` and counts pages from 0.
  const first = operation.sent.some(({ name }) => name === 'size') ? 0 : 1
  return { type: 'page_number', place: sent.place, parameter: sent.name, first, more: moreOf(operation), mostPages }
}

/** An offset without a size may mean something else. */
function byOffset(operation: OperationNames): Pagination | null {
  const sent = findSent(operation, names.offset)
  if (!sent || sent.place === 'header' || !findSent(operation, names.size)) return null
  // With an end, a start is a time.
  if (lastName(sent.name) === 'start' && findSent(operation, ['end'])) return null
  return { type: 'offset', place: sent.place, parameter: sent.name, first: 0, more: moreOf(operation), mostPages }
}

function moreOf({ received }: OperationNames): string {
  return findByName(received, names.more) ?? ''
}

/** The first name of the list that is sent; in a body before elsewhere, because a body is not sent by accident. */
function findSent({ sent }: OperationNames, known: readonly string[]): OperationNames['sent'][number] | undefined {
  const inOrder = [...sent].sort((one, other) => Number(other.place === 'body') - Number(one.place === 'body'))
  for (const name of known) {
    const found = inOrder.find((one) => folded(one.name) === name || lastName(one.name) === name)
    if (found) return found
  }
  return undefined
}

function findByName(paths: readonly string[], known: readonly string[]): string | undefined {
  for (const name of known) {
    const found = paths.find((path) => lastName(path) === name)
    if (found !== undefined) return found
  }
  return undefined
}

function hasSibling(paths: readonly string[], path: string, known: readonly string[]): boolean {
  const parent = path.slice(0, path.lastIndexOf('.') + 1)
  return paths.some(
    (other) => other.startsWith(parent) && !other.slice(parent.length).includes('.') && known.includes(lastName(other)),
  )
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** The last name of `$.meta.nextCursor`, `searchCriteria[currentPage]` or `page[number]`, folded. */
function lastName(path: string): string {
  return folded(
    path
      .replace(/\[\]$/, '')
      .split(/[.[\]]+/)
      .filter((part) => part !== '')
      .at(-1) ?? '',
  )
}
