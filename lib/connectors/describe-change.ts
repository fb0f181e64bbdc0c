import type { FieldsOf } from '@/lib/domain/field-list'
import { compareFields } from '@/lib/domain/history/compare-values'
import type { FieldChange } from '@/lib/domain/history/field-change'
import { connectorFields, type CreateConnector } from './schema'

type Details = Omit<FieldsOf<typeof connectorFields>, 'rateLimitUnit'> & {
  /** Null: there is no limit. */
  rateLimitUnit: FieldsOf<typeof connectorFields>['rateLimitUnit'] | null
}

/** What an edit of the basic details changed, for the audit log. */
export function describeChange(before: Details, after: Details, icon: CreateConnector['icon']): FieldChange[] {
  const changes = compareFields(
    { ...connectorFields, rateLimitUnit: connectorFields.rateLimitUnit.nullable() },
    before,
    after,
  )
  if (icon === 'keep') return changes
  return [...changes, { field: 'icon', how: icon === 'remove' ? 'removed' : 'replaced' }]
}
