import { oneParam, readListParams, type SearchParams } from '@/lib/platform/lists/list-page'
import { importChanges, importItemSorts, importLineSorts } from './import-schema'
import { reportKinds, type ReportKind } from './openapi/report'

/** Reads the filter of the report from the address. Invalid parameters are ignored. */
export function readImportLineFilter(search: SearchParams) {
  const kind = oneParam(search, 'kind') as ReportKind
  const { q, after } = readListParams(search, importLineSorts, 'position')
  return { q, after, sort: 'position' as const, kind: reportKinds.includes(kind) ? kind : null }
}

/** The same for the endpoints of a preview. An empty text is the entity type without a name, so `none` stands for it. */
export function readImportItemFilter(search: SearchParams) {
  const { q, after } = readListParams(search, importItemSorts, 'position')
  const textOf = (name: string) => oneParam(search, name).replaceAll('\0', '').slice(0, 200) || null
  const tag = textOf('tag')
  const chosen = oneParam(search, 'chosen')
  const change = oneParam(search, 'change')
  return {
    q,
    after,
    sort: 'position' as const,
    tag: tag === withoutTag ? '' : tag,
    method: textOf('method'),
    chosen: chosen === 'yes' ? true : chosen === 'no' ? false : null,
    change: importChanges.find((one) => one === change) ?? null,
    conflicting: change === bothChanged,
  }
}
export type ImportItemFilter = ReturnType<typeof readImportItemFilter>

/** In the address, for what the document and people here have both changed. */
export const bothChanged = 'both'

/** In the address, for endpoints without an entity type. */
export const withoutTag = '-'
