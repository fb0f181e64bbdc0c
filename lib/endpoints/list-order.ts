import type { SortColumns } from '@/lib/lists/list-page'

/** What the list can be ordered by; `group` (entity type, then name) is the order when the address says nothing. */
export const endpointSorts = {
  group: { column: 'entityType', kind: 'text' },
  name: { column: 'foldedName', kind: 'text' },
  updated: { column: 'updatedAt', kind: 'date' },
} as const satisfies SortColumns
