import {
  oneParam,
  readListParams,
  type ListParams,
  type SearchParams,
  type SortColumns,
} from '@/lib/platform/lists/list-page'

/** What the list can be ordered by; `group` (entity type, then name) is the order when the address says nothing. */
export const endpointSorts = {
  group: { column: 'entityType', kind: 'text' },
  name: { column: 'foldedName', kind: 'text' },
  updated: { column: 'updatedAt', kind: 'date' },
} as const satisfies SortColumns

/** `entityType` null: of every type. */
export type EndpointFilter = ListParams & { entityType: string | null }

/** An empty parameter means "any", so "without an entity type" needs a word of its own. */
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
