import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import LinkHeader from 'http-link-header'
import type { OutboundResponse } from '../http-messages'
import type { Pagination, PaginationOf } from '../pagination-schema'
import { findByNameOrPath, recordsIn } from '../responses/json-path'
import { structureOf } from '../responses/response'
import { findInResponses, textOfValue } from '../responses/response-source'
import { createSecretSearch } from '../secret-search'
import type { EndReason } from './end-reasons'
import type { PagePosition } from './page-position'

export type NextPage =
  | {
      kind: 'page'
      position: PagePosition
      /** To be remembered for `isSeen`. */
      key: string
    }
  | { kind: 'end'; reason: EndReason }

export type PageRead = {
  position: PagePosition
  response: OutboundResponse
  /** Where the records are. */
  dataPath: string
  /**
   * Whether an earlier page of the same records returned this key: the value that leads to the next page, or a digest
   * of the content where pages are counted.
   */
  isSeen: (key: string) => boolean
  /** The secrets of the exchange. */
  secrets: readonly string[]
}

/**
 * The page after the one that was read, or why reading ends (RUNS §5): its records are empty, it names no next page,
 * it was read before, or the page limit is reached.
 */
export function nextPage(pagination: Pagination, page: PageRead): NextPage {
  if (pagination.type === 'none') return endBecause('one_response')
  const records = countedRecords(page)
  if (records === 0) return endBecause('no_records')
  if ('more' in pagination && saysNoMore(pagination.more, page.response)) return endBecause('no_more')
  const isCounted = pagination.type === 'page_number' || pagination.type === 'offset'
  if (pagination.type === 'offset' && records === null) return endBecause('not_countable')
  const named = nextValue(pagination, page, records ?? 0)
  if (named === null) return endBecause('no_next_page')
  const value = isCounted ? named : withoutSecrets(named, page.secrets)
  if (value === null) return endBecause('secret')
  const key = isCounted ? digestOf(page.response) : value
  if (page.isSeen(key)) return endBecause(isCounted ? 'same_page' : 'seen_before')
  if (page.position.number >= pagination.mostPages) return endBecause('page_limit')
  return { kind: 'page', position: { number: page.position.number + 1, value }, key }
}

function endBecause(reason: EndReason): NextPage {
  return { kind: 'end', reason }
}

/** Null if nothing says where the records are. A data path that finds nothing means that there are none. */
function countedRecords({ response, dataPath }: PageRead): number | null {
  return recordsIn(structureOf(response), dataPath)?.length ?? (dataPath.trim() === '' ? null : 0)
}

/** `false`, `0`, `"false"` and null mean no. A response that does not say it at all means yes. */
function saysNoMore(source: string, response: OutboundResponse): boolean {
  if (source === '') return false
  const found = findInResponses([response], source)
  return found === null || ['false', '0', 'no'].includes(textOfValue(found).trim().toLowerCase())
}

function nextValue(
  pagination: Exclude<Pagination, PaginationOf<'none'>>,
  { position, response, dataPath }: PageRead,
  records: number,
): string | null {
  switch (pagination.type) {
    case 'page_number':
      return String(Number(position.value ?? pagination.first) + 1)
    case 'offset':
      // The server may return fewer records than it was asked for.
      return String(Number(position.value ?? pagination.first) + records)
    case 'link_header':
      return nextLink(response)
    case 'last_id':
      return present(findByNameOrPath(recordsIn(structureOf(response), dataPath)?.at(-1), pagination.from))
    default:
      return present(findInResponses([response], pagination.from))
  }
}

function present(found: unknown): string | null {
  const text = textOfValue(found).trim()
  return text === '' ? null : text
}

/** @see RFC 8288 §3 */
function nextLink(response: OutboundResponse): string | null {
  const links = response.headers.filter(([name]) => name.toLowerCase() === 'link').map(([, value]) => value)
  try {
    return LinkHeader.parse(links.join(', ')).rel('next')[0]?.uri ?? null
  } catch {
    return null
  }
}

/** An API that ignores its page number sends the same page again and again, so the content of pages is compared. */
function digestOf({ body }: OutboundResponse): string {
  return bytesToHex(sha256(body))
}

/**
 * Some APIs repeat the access token in the URL of the next page. The request sends the instance's own, so the parameter
 * is left out. Null if the secret is elsewhere.
 */
function withoutSecrets(value: string, secrets: readonly string[]): string | null {
  const find = createSecretSearch(secrets)
  if (find(value).length === 0) return value
  const [, address, query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(value) ?? []
  const pairs = query.split('&').filter((pair) => find(pair).length === 0)
  const rest = `${address}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}${fragment}`
  return find(rest).length === 0 && query !== '' ? rest : null
}
