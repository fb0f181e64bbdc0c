import { pickFields } from '@/lib/domain/field-list'
import { compareFields } from '@/lib/domain/history/compare-values'
import type { FieldChange } from '@/lib/domain/history/field-change'
import type { Variable } from '@/lib/platform/db/generated/client'
import { variableFields, type VariableInput } from './schema'

/**
 * What an edit changed, for the audit log. The default of a variable that is or was secret is not recorded, only that
 * it changed, because a credential may have been typed there by mistake.
 */
export function describeChange(before: Variable, after: VariableInput): FieldChange[] {
  const secret = before.secret || after.secret
  return compareFields(variableFields, pickFields(variableFields, before), after, (field) =>
    field === 'defaultValue' ? { secret, nameOf: () => after.key } : {},
  )
}
