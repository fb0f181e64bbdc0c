import { z } from 'zod'
import { anyText } from '../text-schema'
import type { Pagination } from '../pagination-schema'

/** In characters: a URL, or a token. */
export const longestPageValue = 8_192

/** A page of an endpoint's records. Plain data, to be stored with the page. */
export const pagePosition = z.strictObject({
  number: z.int().min(1).describe('From 1'),
  value: anyText(longestPageValue)
    .nullable()
    .describe('The page number, offset, URL, token or ID that its request sends; null if it sends none'),
})
export type PagePosition = z.output<typeof pagePosition>

export function firstPage(pagination: Pagination): PagePosition {
  const isCounted = pagination.type === 'page_number' || pagination.type === 'offset'
  return { number: 1, value: isCounted ? String(pagination.first) : null }
}
