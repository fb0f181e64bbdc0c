import { z } from 'zod'
import { keysOf, line } from './text-schema'
import { mostPagesByDefault, pagePlaces, type PaginationType } from './vocabulary'

/** How an endpoint returns its records in pages (RUNS §5). */

const ends = {
  mostPages: z
    .int('Enter a whole number.')
    .min(1, 'Enter at least 1 page.')
    .max(100_000, 'Enter at most 100,000 pages.')
    .default(mostPagesByDefault)
    .describe('The page limit: no further page is requested'),
}

const more = {
  more: line(512)
    .trim()
    .default('')
    .describe('Where the response says whether there are more pages, such as $.has_more; empty: it does not say'),
}

const parameter = line(256).trim().min(1, 'Enter the name of the parameter.')

const sent = {
  place: z.enum(keysOf(pagePlaces)).default('url').describe('Where the parameter is sent'),
  parameter: parameter.describe('Its name; in a JSON body a path such as variables.after'),
}

const first = z.int('Enter a whole number.').min(0).max(1_000_000)

const source = (missing: string) => line(512).trim().min(1, missing)

export const paginationSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('page_number'), ...sent, first: first.default(1), ...more, ...ends }),
  z.strictObject({ type: z.literal('offset'), ...sent, first: first.default(0), ...more, ...ends }),
  z.strictObject({
    type: z.literal('next_url'),
    from: source('Enter where the response has the URL, such as $.next.').describe(
      'Where the response has the URL of the next page, absolute or relative',
    ),
    ...ends,
  }),
  z.strictObject({
    type: z.literal('next_token'),
    from: source('Enter where the response has the token, such as $.next_page_token.').describe(
      'Where the response has the token of the next page',
    ),
    ...sent,
    ...more,
    ...ends,
  }),
  z.strictObject({ type: z.literal('link_header'), ...ends }),
  z.strictObject({
    type: z.literal('last_id'),
    from: source('Enter where a record has its ID, such as id.').describe('Where a record has its ID'),
    ...sent,
    ...more,
    ...ends,
  }),
  z.strictObject({
    type: z.literal('body_cursor'),
    from: source('Enter where the response has the cursor, such as $.data.orders.pageInfo.endCursor.').describe(
      'Where the response has the cursor',
    ),
    parameter: parameter.describe('The path of the cursor in the JSON body, such as variables.after'),
    ...more,
    ...ends,
  }),
])

export type Pagination = z.output<typeof paginationSchema>
export type PaginationOf<Type extends PaginationType> = Extract<Pagination, { type: Type }>

export const noPagination: Pagination = { type: 'none' }

/**
 * The pagination of a stored endpoint. Before it had a meaning, any object could be stored; what cannot be read is no
 * pagination.
 */
export function readPagination(stored: unknown): Pagination {
  const read = paginationSchema.safeParse(stored)
  return read.success ? read.data : noPagination
}
