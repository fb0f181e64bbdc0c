import { toPage } from './keyset'
import type { ListPage, ListParams, SortColumns } from './list-page'

export type Part = 'first' | 'rest'
const ofRest = 'rest.'

/**
 * A page of a list of which some items come first, each part in the same order: the rows that come first, page by page,
 * and after the last of them a page of the others. Each part is read by its own index.
 * @param read one page of a part, one row more than a page
 */
export async function firstThenRest<Row extends { id: string }>(
  params: ListParams,
  columns: SortColumns,
  total: number,
  read: (part: Part, params: ListParams) => Promise<Row[]>,
): Promise<ListPage<Row>> {
  const page = async (part: Part, own: ListParams) => toPage(await read(part, own), total, own, columns)
  const restFrom = async (after: string) => {
    const rest = await page('rest', { ...params, after })
    return { ...rest, nextCursor: rest.nextCursor && ofRest + rest.nextCursor }
  }
  if (params.after.startsWith(ofRest)) return restFrom(params.after.slice(ofRest.length))
  const first = await page('first', params)
  if (first.nextCursor !== null) return first
  const rest = await restFrom('')
  return { ...rest, items: [...first.items, ...rest.items] }
}
