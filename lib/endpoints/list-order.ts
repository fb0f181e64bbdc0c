import {
  oneParam,
  readListParams,
  type ListParams,
  type SearchParams,
  type SortColumns,
} from '@/lib/platform/lists/list-page'

/** The sort orders of the list. Default: `group`, by entity type, then name. */
export const endpointSorts = {
  group: { column: 'entityType', kind: 'text' },
  name: { column: 'foldedName', kind: 'text' },
  updated: { column: 'updatedAt', kind: 'date' },
} as const satisfies SortColumns

/** `entityType`: null for all types. */
export type EndpointFilter = ListParams & { entityType: string | null }

/** An empty parameter means any type, so endpoints without an entity type need their own value. */
const withoutType = '—'

export function entityTypeParam(entityType: string): string {
  return entityType === '' ? withoutType : entityType
}

export function readEndpointFilter(search: SearchParams): EndpointFilter {
  const params = readListParams(search, endpointSorts, 'group')
  const type = oneParam(search, 'type').replaceAll('\0', '')
  return {
    ...params,
    sort: params.sort === '-group' ? 'group' : params.sort,
    entityType: type === '' ? null : type === withoutType ? '' : type,
  }
}
