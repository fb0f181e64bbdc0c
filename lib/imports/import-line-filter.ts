import { z } from 'zod'
import { idOf } from '@/lib/operations/input'
import { oneParam, readListParams, type SearchParams, type SortColumns } from '@/lib/platform/lists/list-page'
import { listParamsOf } from '@/lib/platform/lists/list-schema'
import { reportKinds, type ReportKind } from './openapi/report'

export const importLineSorts = {
  position: { column: 'position', kind: 'number' },
} satisfies SortColumns

export const listImportLinesSchema = z.strictObject({
  connectorId: idOf('connector'),
  ...listParamsOf(importLineSorts),
  /** Null: all kinds. */
  kind: z.enum(reportKinds).nullable().default(null),
})

/** Reads the filter of the report from the address. Invalid parameters are ignored. */
export function readImportLineFilter(search: SearchParams) {
  const kind = oneParam(search, 'kind') as ReportKind
  const { q, after } = readListParams(search, importLineSorts, 'position')
  return { q, after, sort: 'position' as const, kind: reportKinds.includes(kind) ? kind : null }
}
